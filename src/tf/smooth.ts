import * as tf from '@tensorflow/tfjs-core';
import { apply } from './differentiable.js';

// Functions whose derivatives tfjs takes from a saved value, as a constant: its own are right once, and wrong from the second
// derivative on. These find the value anew from the input.

const smooth = (value: (x: tf.Tensor) => tf.Tensor, slope: (x: tf.Tensor) => tf.Tensor) => {
  const operation = (x: tf.Tensor): tf.Tensor =>
    apply({ forward: (input) => value(input), gradient: (dy, input) => [() => tf.mul(dy, slope(input))] }, x);
  return operation;
};

/** e^x, differentiable to any order. */
export const exponential = smooth(tf.exp, (x) => exponential(x));

/** σ(x) = 1/(1 + e^−x), differentiable to any order. */
export const sigmoid = smooth(tf.sigmoid, (x) => {
  const sigma = sigmoid(x);
  return tf.mul(sigma, tf.sub(1, sigma));
});

/** tanh x, differentiable to any order. */
export const tanh = smooth(tf.tanh, (x) => tf.sub(1, tf.square(tanh(x))));

/** The error function, differentiable to any order. */
export const errorFunction = smooth(tf.erf, (x) => tf.mul(2 / Math.sqrt(Math.PI), exponential(tf.neg(tf.square(x)))));

/** silu(x) = x σ(x). */
export const silu = (x: tf.Tensor): tf.Tensor => tf.mul(x, sigmoid(x));

/** silu′ = σ (1 + x (1 − σ)). */
export function siluSlope(x: tf.Tensor): tf.Tensor {
  const sigma = sigmoid(x);
  return tf.mul(sigma, tf.add(1, tf.mul(x, tf.sub(1, sigma))));
}

/** silu″ = σ (1 − σ) (2 + x (1 − 2σ)). */
export function siluCurvature(x: tf.Tensor): tf.Tensor {
  const sigma = sigmoid(x);
  const bend = tf.add(2, tf.mul(x, tf.sub(1, tf.mul(2, sigma))));
  return tf.mul(tf.mul(sigma, tf.sub(1, sigma)), bend);
}

/** Softmax over the last axis, differentiable to any order. */
export function softmax(x: tf.Tensor): tf.Tensor {
  return apply(
    {
      forward: (input) => tf.softmax(input),
      gradient: (dy, input) => [
        () => {
          const shares = softmax(input);
          const weighted = tf.mul(dy, shares);
          return tf.sub(weighted, tf.mul(shares, tf.sum(weighted, -1, true)));
        },
      ],
    },
    x,
  );
}
