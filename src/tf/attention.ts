import * as tf from '@tensorflow/tfjs-core';
import { type AttentionShape, causalAttention, causalAttentionGradient } from '../network/attention.js';
import { onceDifferentiable } from './activation/chain.js';
import { apply } from './differentiable.js';
import { onHost } from './host.js';
import { numbersOf } from './numbers.js';
import { softmax } from './smooth.js';

/**
 * Causal scaled dot-product attention: token t of the result depends on tokens 0 … t alone. On the host by one loop over the
 * past, since products of many small matrices are slow on tfjs's wasm backend; elsewhere by tensor operations.
 *
 * @param projections  queries, keys and values side by side, shape [batch, time, 3·width]
 * @returns shape [batch, time, width]
 */
export function attention(projections: tf.Tensor3D, heads: number): tf.Tensor3D {
  return onHost() ? hostAttention(projections, heads) : tensorAttention(projections, heads);
}

export function hostAttention(projections: tf.Tensor3D, heads: number): tf.Tensor3D {
  const [batch, time, columns] = projections.shape;
  const shape: AttentionShape = { batch, time, heads, width: columns / 3 };
  let weights: Float32Array;
  return apply<tf.Tensor3D>(
    {
      forward: (input) => {
        const result = causalAttention(shape, numbersOf(input)[0]);
        weights = result.weights;
        return tf.tensor3d(result.y, [batch, time, shape.width]);
      },
      gradient: (upstream, input) => {
        const [flat] = onceDifferentiable('attention', [upstream, input], (...all) => {
          const [dy, values] = numbersOf(...all);
          return [causalAttentionGradient(shape, values, weights, dy)];
        });
        return [tf.reshape(flat, input.shape)];
      },
    },
    projections,
  );
}

export function tensorAttention(projections: tf.Tensor3D, heads: number): tf.Tensor3D {
  const [batch, time, columns] = projections.shape;
  const size = columns / 3 / heads;
  const perHead = tf.transpose(tf.reshape(projections, [batch, time, 3, heads, size]), [2, 0, 3, 1, 4]);
  const [queries, keys, values] = tf.unstack(perHead); // [batch, heads, time, size]
  const scores = tf.mul(tf.matMul(queries, keys, false, true), 1 / Math.sqrt(size));
  const past = tf.linalg.bandPart(tf.ones([time, time]), -1, 0);
  const weights = softmax(tf.where(tf.cast(past, 'bool'), scores, tf.fill(scores.shape, -1e30)));
  return tf.reshape(tf.transpose(tf.matMul(weights, values), [0, 2, 1, 3]), [batch, time, columns / 3]);
}
