import * as tf from '@tensorflow/tfjs-core';
import { apply } from './differentiable.js';

/**
 * Top-AFA on tensors: activations a, of which in each row as many of the largest contributions (a_i‖d_i‖)² are kept as bring the
 * root of their sum nearest to the target; the others become 0. Equal contributions stay or go together. The choice has no slope:
 * what is kept hands its gradient on.
 *
 * @param activations  a, shape [batch, features]
 * @param norms        ‖d_i‖ of the decoder's columns, shape [features]
 * @param target       ‖x − b‖ of each row, shape [batch, 1]
 * @cost sorts every row
 * @see arXiv:2503.24277
 */
export function keepTopAFA(activations: tf.Tensor2D, norms: tf.Tensor, target: tf.Tensor2D): tf.Tensor2D {
  const mask = apply<tf.Tensor2D>(
    {
      forward: (a, d, length) =>
        tf.tidy(() => {
          const features = a.shape[1]!;
          const squares = tf.square(tf.mul(a, d));
          const sorted = tf.topk(squares, features).values;
          const miss = tf.abs(tf.sub(tf.sqrt(tf.cumsum(sorted, 1)), length));
          const last = tf.equal(tf.range(0, features, 1, 'int32'), tf.expandDims(tf.argMin(miss, 1), 1));
          const least = tf.sum(tf.mul(sorted, tf.cast(last, 'float32')), 1, true);
          return tf.cast(tf.greaterEqual(squares, least), 'float32') as tf.Tensor2D;
        }),
      gradient: (_, ...inputs) => inputs.map((input) => () => tf.zerosLike(input)),
    },
    activations,
    norms,
    target,
  );
  return tf.mul(activations, mask);
}
