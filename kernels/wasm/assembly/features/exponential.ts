// e^x = 2^n e^r with |r| ≤ ln 2/2: e^r − 1 by Taylor's series to r⁷, whose rest is below 6e-9. Beyond ±87 the exponent stays
// there: results are finite and, but for NaN, positive. The constants lie in memory (`../../features/constants.ts`).

import { constantOf } from '../sincos';
import { addProduct } from './vector';

/** 1.5·2²³ + n, whose low bits are n. */
// @ts-ignore: decorator
@inline
function rounded(x: v128): v128 {
  return addProduct(x, constantOf<f32>(0), constantOf<f32>(1));
}

/** 2^n. */
// @ts-ignore: decorator
@inline
function powerOf2(octaves: v128): v128 {
  return i32x4.add(i32x4.shl(octaves, 23), constantOf<f32>(10));
}

/** e^r − 1. */
// @ts-ignore: decorator
@inline
function rest(x: v128, octaves: v128): v128 {
  const n = f32x4.sub(octaves, constantOf<f32>(1));
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(n, constantOf<f32>(2))), f32x4.mul(n, constantOf<f32>(3)));
  let p = addProduct(constantOf<f32>(4), r, constantOf<f32>(5));
  p = addProduct(p, r, constantOf<f32>(6));
  p = addProduct(p, r, constantOf<f32>(7));
  p = addProduct(p, r, constantOf<f32>(8));
  p = addProduct(p, r, constantOf<f32>(9));
  return addProduct(f32x4.mul(p, r), r, r);
}

// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const y = f32x4.max(f32x4.min(x, constantOf<f32>(11)), f32x4.neg(constantOf<f32>(11)));
  const octaves = rounded(y);
  const power = powerOf2(octaves);
  return addProduct(power, rest(y, octaves), power);
}

/** 1/(1 + e^(−x)). */
// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  return f32x4.div(constantOf<f32>(10), f32x4.add(constantOf<f32>(10), exp(f32x4.neg(x))));
}

/** (e^(2x) − 1)/(e^(2x) + 1), the numerator without cancellation. */
export function tanh(x: v128): v128 {
  const most = constantOf<f32>(12);
  const y = f32x4.max(f32x4.min(f32x4.add(x, x), most), f32x4.neg(most));
  const octaves = rounded(y);
  const power = powerOf2(octaves);
  const one = constantOf<f32>(10);
  const less = addProduct(power, rest(y, octaves), f32x4.sub(power, one));
  return f32x4.div(less, f32x4.add(less, f32x4.add(one, one)));
}
