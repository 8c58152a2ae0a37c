// e^x = 2^t with t = x·log₂e = n + f, |f| ≤ 1/2, kept to |t| ≤ 126: results are finite and, but for NaN, positive. Its error
// of |t| roundings falls on numbers that are the smaller for it: e^x for x < 0, sigmoids and tanh are within a few roundings
// of 1. The constants lie in memory (`../exponentialConstants.ts`).

import { CONSTANTS_EXP } from '../layout';
import { fma } from './products';
import { constantOf } from './sincos';

// @ts-ignore: decorator
@inline
function constant(index: i32): v128 {
  return v128.load32_splat(CONSTANTS_EXP + 4 * index);
}

// @ts-ignore: decorator
@inline
function one(): v128 {
  return constant(8);
}

/** t for e^(−x). */
// @ts-ignore: decorator
@inline
function exponent(x: v128): v128 {
  const most = constant(1);
  return f32x4.max(f32x4.min(f32x4.mul(x, constant(0)), most), f32x4.neg(most));
}

/** (2^f − 1)/f. */
// @ts-ignore: decorator
@inline
function quotient(f: v128): v128 {
  let p = fma<f32>(constant(2), f, constant(3));
  p = fma<f32>(p, f, constant(4));
  p = fma<f32>(p, f, constant(5));
  p = fma<f32>(p, f, constant(6));
  return fma<f32>(p, f, constant(7));
}

/** e^(−x). */
// @ts-ignore: decorator
@inline
export function falling(x: v128): v128 {
  const t = exponent(x);
  const rounder = constantOf<f32>(1);
  const rounded = f32x4.add(t, rounder);
  const f = f32x4.sub(t, f32x4.sub(rounded, rounder));
  // the last bits of `rounded` are n: times 2ⁿ
  return i32x4.add(fma<f32>(quotient(f), f, one()), i32x4.shl(rounded, 23));
}

/** 1/(1 + e^(−x)). */
// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  return f32x4.div(one(), f32x4.add(one(), falling(x)));
}

/** (1 − e^(−2x))/(1 + e^(−2x)), the numerator without cancellation. */
export function tanh(x: v128): v128 {
  const rounder = constantOf<f32>(1);
  const t = exponent(f32x4.add(x, x));
  const rounded = f32x4.add(t, rounder);
  const f = f32x4.sub(t, f32x4.sub(rounded, rounder));
  const power = i32x4.add(one(), i32x4.shl(rounded, 23));
  const less = fma<f32>(f32x4.mul(power, quotient(f)), f, f32x4.sub(power, one())); // e^(−2x) − 1
  return f32x4.neg(f32x4.div(less, f32x4.add(less, f32x4.add(one(), one()))));
}
