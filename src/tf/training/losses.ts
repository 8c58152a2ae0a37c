import * as tf from '@tensorflow/tfjs-core';

/** Losses by name, each the mean over all entries: prediction and target of equal shape -> scalar. */
export const losses = {
  meanSquaredError: (prediction: tf.Tensor, target: tf.Tensor) =>
    tf.mean(tf.squaredDifference(prediction, target)) as tf.Scalar,
  meanAbsoluteError: (prediction: tf.Tensor, target: tf.Tensor) =>
    tf.mean(tf.abs(tf.sub(prediction, target))) as tf.Scalar,
  /** Targets are probabilities over the last axis, predictions are logits; natural logarithm. */
  softmaxCrossEntropy: (prediction: tf.Tensor, target: tf.Tensor) =>
    tf.neg(tf.mean(tf.sum(tf.mul(target, tf.logSoftmax(prediction)), -1))) as tf.Scalar,
} as const satisfies Record<string, Loss>;

export type LossName = keyof typeof losses;
export type Loss = (prediction: tf.Tensor, target: tf.Tensor) => tf.Scalar;
