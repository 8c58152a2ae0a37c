import * as tf from '@tensorflow/tfjs-core';
import { apply } from './differentiable.js';

/**
 * The nearest point of the probability simplex to each row, max(y − λ, 0) with λ such that the row sums to 1.
 *
 * @param y  shape [rows, n]
 * @cost sorts every row
 * @see Condat, doi:10.1007/s10107-015-0946-6
 */
export function projectSimplex(y: tf.Tensor2D): tf.Tensor2D {
  return apply<tf.Tensor2D>(
    {
      forward: (input) =>
        tf.tidy(() => {
          const n = input.shape[1]!;
          const sorted = tf.topk(input, n).values;
          const candidates = tf.div(tf.sub(tf.cumsum(sorted, 1), 1), tf.range(1, n + 1));
          const inside = tf.cast(tf.greater(sorted, candidates), 'float32'); // 1 … 1 0 … 0
          const last = tf.sub(tf.sum(inside, 1, true), 1);
          const chosen = tf.cast(tf.equal(tf.range(0, n), last), 'float32');
          return tf.relu(tf.sub(input, tf.sum(tf.mul(candidates, chosen), 1, true))) as tf.Tensor2D;
        }),
      // on the support the rows lose their mean, elsewhere nothing moves
      gradient: (dy, input) => {
        const support = tf.cast(tf.greater(projectSimplex(input as tf.Tensor2D), 0), 'float32');
        const own = tf.mul(dy, support);
        const mean = tf.div(tf.sum(own, 1, true), tf.sum(support, 1, true));
        return [tf.mul(support, tf.sub(own, mean))];
      },
    },
    y,
  );
}
