import { field } from '../job';
import { NUMBERS, SIZE } from '../../features/layout';
import { falling } from '../exponential';
import { fma } from '../products';
import { all } from './vector';

/** The distance from centre k, in widths; the numbers are 1/width, then the centres. */
// @ts-ignore: decorator
@inline
function distance(x: v128, k: i32): v128 {
  const numbers: usize = field(NUMBERS);
  return f32x4.mul(f32x4.sub(x, v128.load32_splat(numbers + 4 + 4 * k)), v128.load32_splat(numbers));
}

export function radialValues(x: v128, to: usize): void {
  for (let k = 0; k < field(SIZE); k++) {
    const d = distance(x, k);
    v128.store(to + 16 * k, falling(f32x4.mul(d, d)));
  }
}

export function radialSlope(x: v128, upstream: usize): v128 {
  let sum = all(0);
  for (let k = 0; k < field(SIZE); k++) {
    const d = distance(x, k);
    const share = f32x4.mul(v128.load(upstream + 16 * k), falling(f32x4.mul(d, d)));
    sum = fma<f32>(share, f32x4.max(f32x4.min(d, all(100)), all(-100)), sum);
  }
  return f32x4.mul(sum, all(-2 * load<f32>(<usize>field(NUMBERS))));
}
