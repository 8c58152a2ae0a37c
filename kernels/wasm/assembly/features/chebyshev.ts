import { field } from '../job';
import { DEGREE } from '../../features/layout';
import { tanh } from '../exponential';
import { fma } from '../products';
import { all } from './vector';

export function chebyshevValues(x: v128, to: usize): void {
  const t = tanh(x);
  const twice = f32x4.add(t, t);
  let last = all(1);
  let current = t;
  v128.store(to, last);
  for (let n = 1; n <= field(DEGREE); n++) {
    v128.store(to + 16 * n, current);
    const next = f32x4.sub(f32x4.mul(twice, current), last);
    last = current;
    current = next;
  }
}

/** T_n′ = n U_{n−1}, dt/dx = 1 − t². */
export function chebyshevSlope(x: v128, upstream: usize): v128 {
  const t = tanh(x);
  const twice = f32x4.add(t, t);
  let last = all(0);
  let current = all(1);
  let sum = last;
  for (let n = 1; n <= field(DEGREE); n++) {
    sum = fma<f32>(f32x4.mul(v128.load(upstream + 16 * n), all(<f32>n)), current, sum);
    const next = f32x4.sub(f32x4.mul(twice, current), last);
    last = current;
    current = next;
  }
  return f32x4.mul(sum, f32x4.sub(all(1), f32x4.mul(t, t)));
}
