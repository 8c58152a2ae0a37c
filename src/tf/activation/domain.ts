import * as tf from '@tensorflow/tfjs-core';
import { type OutsideDomain, outside, ROUNDING } from '../../activation/layer.js';
import { onHost } from '../host.js';

/**
 * The argument of an acos within [−1, 1]: clamped, or checked where the tensors can be read. On a device they cannot, and
 * what lies outside becomes NaN.
 */
export function withinDomain(encoded: tf.Tensor, outsideDomain: OutsideDomain = 'throw'): tf.Tensor {
  if (outsideDomain === 'throw') {
    if (!onHost()) return encoded;
    const reach = tf.tidy(() => tf.max(tf.abs(encoded)).dataSync()[0]);
    if (!(reach <= 1 + ROUNDING)) throw outside(reach, 'it reaches', 'in a tensor');
  }
  return tf.clipByValue(encoded, -1, 1);
}

/** √(1 − e²), its slope kept finite at e = ±1. */
export const sineOf = (cosine: tf.Tensor): tf.Tensor => tf.sqrt(tf.maximum(tf.sub(1, tf.square(cosine)), LEAST));

const LEAST = 2 ** -46;
