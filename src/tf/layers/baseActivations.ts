import * as tf from '@tensorflow/tfjs-core';

/** The smooth function beside each quantum activation, base(x); `none` leaves the base path out. */
export const baseActivations = {
  silu: (x: tf.Tensor) => tf.mul(x, tf.sigmoid(x)),
  /** x·Φ(x), the exact form with the error function. */
  gelu: (x: tf.Tensor) => tf.mul(tf.mul(x, 0.5), tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2)))),
  relu: (x: tf.Tensor) => tf.relu(x),
  tanh: (x: tf.Tensor) => tf.tanh(x),
  sigmoid: (x: tf.Tensor) => tf.sigmoid(x),
  identity: (x: tf.Tensor) => x,
  none: undefined,
} as const satisfies Record<string, ((x: tf.Tensor) => tf.Tensor) | undefined>;

export type BaseActivation = keyof typeof baseActivations;
export const baseActivationNames = Object.keys(baseActivations) as BaseActivation[];
