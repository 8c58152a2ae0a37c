import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { expected } from '../../foundation/errors.js';

/** The shape of a layer's only input. */
export function singleShape(where: string, inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
  if (Array.isArray(inputShape[0])) throw expected(where, 'one input tensor', `${inputShape.length} of them`);
  return inputShape as tfl.Shape;
}

/** The size of a layer's last input axis, the features. */
export function lastDimension(where: string, inputShape: tfl.Shape | tfl.Shape[]): number {
  const shape = singleShape(where, inputShape);
  const last = shape[shape.length - 1];
  if (shape.length < 2 || !last) {
    throw expected(where, 'an input of shape [batch, …, features]', `[${shape.join(', ')}]`);
  }
  return last;
}

/** The input as [rows, features], and its leading dimensions to restore afterwards. */
export function flatten(inputs: tf.Tensor | tf.Tensor[]): [tf.Tensor2D, number[]] {
  const x = Array.isArray(inputs) ? inputs[0] : inputs;
  const leading = x.shape.slice(0, -1);
  return [x.rank === 2 ? (x as tf.Tensor2D) : tf.reshape(x, [-1, x.shape[x.rank - 1]]), leading];
}
