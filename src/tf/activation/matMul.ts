import * as tf from '@tensorflow/tfjs-core';
import { apply } from '../differentiable.js';

/**
 * a·b whose gradient transposes its factors before multiplying. The gradient that tfjs derives passes transpose flags to
 * `matMul`, which the wasm backend executes about ten times slower.
 *
 * @param a  shape [m, k]
 * @param b  shape [k, n]
 */
export function multiplyTransposing(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return apply<tf.Tensor2D>(
    {
      forward: (left, right) => tf.matMul(left as tf.Tensor2D, right as tf.Tensor2D),
      gradient: (dy, left, right) => [
        multiplyTransposing(dy, tf.transpose(right as tf.Tensor2D)),
        multiplyTransposing(tf.transpose(left as tf.Tensor2D), dy),
      ],
    },
    a,
    b,
  );
}
