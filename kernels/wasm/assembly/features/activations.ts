import { ACTIVATION_IDENTITY, ACTIVATION_RELU, ACTIVATION_SIGMOID, ACTIVATION_SILU } from '../../features/layout';
import { sigmoid, tanh } from '../exponential';
import { fma } from '../products';
import { all } from './vector';

export function activation(kind: i32, x: v128): v128 {
  if (kind == ACTIVATION_SILU) return f32x4.mul(x, sigmoid(x));
  if (kind == ACTIVATION_RELU) return f32x4.max(x, all(0));
  if (kind == ACTIVATION_SIGMOID) return sigmoid(x);
  return kind == ACTIVATION_IDENTITY ? x : tanh(x);
}

/** The value to `to`, the derivative to `to` + 16. */
export function activationAndSlope(kind: i32, x: v128, to: usize): void {
  if (kind == ACTIVATION_SILU) {
    const s = sigmoid(x);
    v128.store(to, f32x4.mul(x, s));
    v128.store(to, f32x4.mul(s, fma<f32>(x, f32x4.sub(all(1), s), all(1))), 16);
    return;
  }
  v128.store(to, activation(kind, x));
  v128.store(to, activationSlope(kind, x), 16);
}

/** The derivative. */
export function activationSlope(kind: i32, x: v128): v128 {
  const one = all(1);
  if (kind == ACTIVATION_SILU) {
    const s = sigmoid(x);
    return f32x4.mul(s, fma<f32>(x, f32x4.sub(one, s), one));
  }
  if (kind == ACTIVATION_RELU) return v128.and(f32x4.gt(x, all(0)), one);
  if (kind == ACTIVATION_SIGMOID) {
    const s = sigmoid(x);
    return f32x4.mul(s, f32x4.sub(one, s));
  }
  if (kind == ACTIVATION_IDENTITY) return one;
  const t = tanh(x);
  return f32x4.sub(one, f32x4.mul(t, t));
}
