import { field } from '../job';
import { FIRST, MEXICAN_HAT, NUMBERS, SECOND, SECOND_SUMS, SIZE, VARIANT } from '../../features/layout';
import { falling } from '../exponential';
import { fma } from '../products';
import { addTo, all } from './vector';

/** e^(−u²/2) for |u| up to 13: beyond, it and its products with powers of u are nothing to float32. */
// @ts-ignore: decorator
@inline
function bell(u: v128): v128 {
  return falling(f32x4.mul(f32x4.mul(u, u), all(0.5)));
}

// @ts-ignore: decorator
@inline
function near(u: v128): v128 {
  return f32x4.max(f32x4.min(u, all(13)), all(-13));
}

export function waveletValues(x: v128, i: i32, to: usize): void {
  const size = field(SIZE);
  const hat = field(VARIANT) == MEXICAN_HAT;
  const factor = v128.load32_splat(<usize>field(NUMBERS));
  let place: usize = field(FIRST) + 4 * i * size;
  let dilation: usize = field(SECOND) + 4 * i * size;
  for (let k = 0; k < size; k++, place += 4, dilation += 4) {
    const u = near(f32x4.mul(f32x4.sub(x, v128.load32_splat(place)), v128.load32_splat(dilation)));
    const shape = hat ? f32x4.mul(factor, f32x4.sub(all(1), f32x4.mul(u, u))) : f32x4.neg(u);
    v128.store(to + 16 * k, f32x4.mul(shape, bell(u)));
  }
}

export function waveletSlope(x: v128, i: i32, upstream: usize, sums: usize): v128 {
  const size = field(SIZE);
  const hat = field(VARIANT) == MEXICAN_HAT;
  const factor = v128.load32_splat(<usize>field(NUMBERS));
  let place: usize = field(FIRST) + 4 * i * size;
  let dilation: usize = field(SECOND) + 4 * i * size;
  let onPlace = sums + 16 * i * size;
  let onDilation = onPlace + field(SECOND_SUMS);
  let sum = all(0);
  for (let k = 0; k < size; k++, place += 4, dilation += 4, onPlace += 16, onDilation += 16) {
    const distance = f32x4.sub(x, v128.load32_splat(place));
    const scale = v128.load32_splat(dilation);
    const u = near(f32x4.mul(distance, scale));
    const square = f32x4.mul(u, u);
    const shape = hat
      ? f32x4.mul(f32x4.mul(factor, u), f32x4.sub(square, all(3)))
      : f32x4.sub(square, all(1));
    const slope = f32x4.mul(v128.load(upstream + 16 * k), f32x4.mul(shape, bell(u)));
    const byX = f32x4.mul(slope, scale);
    sum = f32x4.add(sum, byX);
    addTo(onPlace, f32x4.neg(byX));
    addTo(onDilation, f32x4.mul(slope, distance));
  }
  return sum;
}
