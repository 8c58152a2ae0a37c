import * as tf from '@tensorflow/tfjs-core';

/**
 * 1 in the column of each token, 0 elsewhere, in float32, shape [tokens, size]. Made as integers: the wasm backend's
 * `tf.oneHot` writes those whatever type it is asked for.
 */
export const oneHotRows = (tokens: tf.Tensor, size: number): tf.Tensor2D =>
  tf.cast(tf.oneHot(tf.reshape(tokens, [-1]) as tf.Tensor1D, size), 'float32') as tf.Tensor2D;
