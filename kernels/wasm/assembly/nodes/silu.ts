// silu(x) = x σ(x), and its derivative σ(x) (1 + x (1 − σ(x))). Within 4 ulps of the largest of |x| and 1.

import { sigmoid } from '../exponential';
import { fma } from '../products';

// @ts-ignore: decorator
@inline
export function silu(x: v128): v128 {
  return f32x4.mul(x, sigmoid(x));
}

// @ts-ignore: decorator
@inline
export function siluSlope(x: v128): v128 {
  const one = f32x4.splat(1);
  const value = sigmoid(x);
  return f32x4.mul(value, fma<f32>(x, f32x4.sub(one, value), one));
}
