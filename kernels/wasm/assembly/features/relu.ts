import { field } from '../job';
import { FIRST, NUMBERS, SECOND, SECOND_SUMS, SIZE } from '../../features/layout';
import { addTo, all } from './vector';

export function reluValues(x: v128, i: i32, to: usize): void {
  const size = field(SIZE);
  const scale = v128.load32_splat(<usize>field(NUMBERS));
  const zero = all(0);
  let start: usize = field(FIRST) + 4 * i * size;
  let end: usize = field(SECOND) + 4 * i * size;
  for (let k = 0; k < size; k++, start += 4, end += 4) {
    const left = f32x4.sub(x, v128.load32_splat(start));
    const right = f32x4.sub(v128.load32_splat(end), x);
    const outside = v128.or(f32x4.le(left, zero), f32x4.le(right, zero));
    const product = v128.andnot(f32x4.mul(left, right), outside); // NaN stays NaN
    v128.store(to + 16 * k, f32x4.mul(f32x4.mul(product, product), scale));
  }
}

export function reluSlope(x: v128, i: i32, upstream: usize, sums: usize): v128 {
  const size = field(SIZE);
  const twice = all(2 * load<f32>(<usize>field(NUMBERS)));
  const zero = all(0);
  let start: usize = field(FIRST) + 4 * i * size;
  let end: usize = field(SECOND) + 4 * i * size;
  let onStart = sums + 16 * i * size;
  let onEnd = onStart + field(SECOND_SUMS);
  let sum = zero;
  for (let k = 0; k < size; k++, start += 4, end += 4, onStart += 16, onEnd += 16) {
    const left = f32x4.max(f32x4.sub(x, v128.load32_splat(start)), zero);
    const right = f32x4.max(f32x4.sub(v128.load32_splat(end), x), zero);
    const product = f32x4.mul(f32x4.mul(left, right), f32x4.mul(twice, v128.load(upstream + 16 * k)));
    const byLeft = f32x4.mul(product, right);
    const byRight = f32x4.mul(product, left);
    sum = f32x4.add(sum, f32x4.sub(byLeft, byRight));
    addTo(onStart, f32x4.neg(byLeft));
    addTo(onEnd, byRight);
  }
  return sum;
}
