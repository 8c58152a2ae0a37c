import * as tf from '@tensorflow/tfjs-core';
import { layerNorm, layerNormGradient, VARIANCE_FLOOR } from '../network/layerNorm.js';
import { onceDifferentiable } from './activation/chain.js';
import { apply } from './differentiable.js';
import { onHost } from './host.js';
import { numbersOf } from './numbers.js';

/**
 * Layer normalisation over the last axis, y = g·(x − mean)/√(variance + 10⁻⁵) + h. On the host in one loop: as tensor operations it
 * is thirty small ones with its gradient, and calling them takes longer than computing.
 *
 * @param x     shape [..., features]
 * @param gain, shift  shape [features]
 */
export const normalise = (x: tf.Tensor, gain: tf.Tensor, shift: tf.Tensor): tf.Tensor =>
  onHost() ? hostNormalise(x, gain, shift) : tensorNormalise(x, gain, shift);

export function hostNormalise(...inputs: [x: tf.Tensor, gain: tf.Tensor, shift: tf.Tensor]): tf.Tensor {
  const [{ shape }] = inputs;
  return apply(
    {
      forward: (...tensors) => {
        const [x, gain, shift] = numbersOf(...tensors);
        return tf.tensor(layerNorm(x, gain, shift), shape);
      },
      gradient: (dy, ...saved) => {
        const parts = onceDifferentiable('layerNorm', [dy, saved[0], saved[1]], (...all) => {
          const [upstream, x, gain] = numbersOf(...all);
          const gradient = layerNormGradient(x, gain, upstream);
          return [gradient.x, gradient.gain, gradient.shift];
        });
        return parts.map((part, k) => tf.reshape(part, saved[k].shape));
      },
    },
    ...inputs,
  );
}

export function tensorNormalise(x: tf.Tensor, gain: tf.Tensor, shift: tf.Tensor): tf.Tensor {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, VARIANCE_FLOOR))), gain), shift);
}
