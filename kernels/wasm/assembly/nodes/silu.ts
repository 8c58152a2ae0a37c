// silu(x) = x σ(x), and its derivative σ(x) (1 + x (1 − σ(x))). Within 4 ulps of the largest of |x| and 1.

import { CONSTANTS_EXP } from '../../layout';
import { constantOf, fma } from '../sincos';

// @ts-ignore: decorator
@inline
function exponential(index: i32): v128 {
  return v128.load32_splat(CONSTANTS_EXP + 4 * index);
}

/** 1/(1 + e^−x). An error of t counts for |t| σ (1 − σ) < 0.33 of itself. */
// @ts-ignore: decorator
@inline
function sigmoid(x: v128): v128 {
  const most = exponential(1);
  const rounder = constantOf<f32>(1);
  const t = f32x4.max(f32x4.min(f32x4.mul(x, exponential(0)), most), f32x4.neg(most));
  const rounded = f32x4.add(t, rounder);
  const f = f32x4.sub(t, f32x4.sub(rounded, rounder));
  let power = exponential(2);
  power = fma<f32>(power, f, exponential(3));
  power = fma<f32>(power, f, exponential(4));
  power = fma<f32>(power, f, exponential(5));
  power = fma<f32>(power, f, exponential(6));
  power = fma<f32>(power, f, exponential(7));
  power = fma<f32>(power, f, exponential(8));
  // the last bits of `rounded` are n: times 2ⁿ
  const scaled = i32x4.add(power, i32x4.shl(rounded, 23));
  const one = exponential(8);
  return f32x4.div(one, f32x4.add(one, scaled));
}

// @ts-ignore: decorator
@inline
export function silu(x: v128): v128 {
  return f32x4.mul(x, sigmoid(x));
}

// @ts-ignore: decorator
@inline
export function siluSlope(x: v128): v128 {
  const one = exponential(8);
  const value = sigmoid(x);
  return f32x4.mul(value, fma<f32>(x, f32x4.sub(one, value), one));
}
