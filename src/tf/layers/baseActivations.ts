import * as tf from '@tensorflow/tfjs-core';
import { errorFunction, sigmoid, silu, tanh } from '../smooth.js';

/** The smooth function beside each quantum activation, base(x); `none` leaves the base path out. */
export const baseActivations = {
  silu,
  /** x·Φ(x), the exact form with the error function. */
  gelu: (x: tf.Tensor) => tf.mul(tf.mul(x, 0.5), tf.add(1, errorFunction(tf.mul(x, Math.SQRT1_2)))),
  relu: (x: tf.Tensor) => tf.relu(x),
  tanh,
  sigmoid,
  identity: (x: tf.Tensor) => x,
  none: undefined,
} as const satisfies Record<string, ((x: tf.Tensor) => tf.Tensor) | undefined>;

export type BaseActivation = keyof typeof baseActivations;
export const baseActivationNames = Object.keys(baseActivations) as BaseActivation[];
