import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { expected } from '../foundation/errors.js';
import type { TensorDataset } from './training/checkFit.js';

/** Keeps tfjs from printing advice and from checking every intermediate value. */
export function enableProduction(): void {
  tf.enableProdMode();
}

/** Number of trainable parameters of a model or a layer. */
export const countParameters = (model: Pick<tfl.LayersModel, 'trainableWeights'>): number =>
  model.trainableWeights.reduce(
    (sum, { shape }) => sum + shape.reduce((product: number, size) => product * size!, 1),
    0,
  );

/** Samples as tensors of float32: x of shape [numSamples, …], y likewise, both row-major. Dispose of them after use. */
export function datasetTensors(numSamples: number, x: Float64Array, y: Float64Array): TensorDataset {
  const tensor = (values: Float64Array) =>
    tf.tensor2d(Float32Array.from(values), [numSamples, values.length / numSamples]);
  return { x: tensor(x), y: tensor(y) };
}

/** Samples at a time: bounds the memory that a prediction takes. */
const BATCH = 4096;

/**
 * What a model of one input and one output says, without tensors.
 *
 * @param x  shape [samples, inputs]
 * @returns shape [samples, outputs], numbers of float32
 */
export function predictArray(model: tfl.LayersModel, x: Float64Array): Float64Array {
  const numInputs = model.inputs[0].shape[1]!;
  const numOutputs = model.outputs[0].shape[1]!;
  if (x.length % numInputs !== 0) throw expected('predict', `x of shape [samples, ${numInputs}]`, x.length);
  const numSamples = x.length / numInputs;
  const y = new Float64Array(numSamples * numOutputs);
  for (let from = 0; from < numSamples; from += BATCH) {
    const part = Float32Array.from(x.subarray(from * numInputs, (from + BATCH) * numInputs));
    const values = tf.tidy(() =>
      (model.apply(tf.tensor2d(part, [part.length / numInputs, numInputs])) as tf.Tensor).dataSync(),
    );
    y.set(values, from * numOutputs);
  }
  return y;
}
