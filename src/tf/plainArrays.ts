import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { expected } from '../foundation/errors.js';
import { checkReadable } from './readOnHost.js';
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
 * @throws on the tfjs backend "webgpu", which is to be awaited: `fetchPrediction`
 */
export function predictArray(model: tfl.LayersModel, x: Float64Array): Float64Array {
  checkReadable('predictArray', 'Await fetchPrediction(model, x).');
  const { y, parts } = partsOf(model, x);
  for (const { at, output } of parts) {
    y.set(output.dataSync(), at);
    output.dispose();
  }
  return y;
}

/** `predictArray`, from wherever the tensors are. */
export async function fetchPrediction(model: tfl.LayersModel, x: Float64Array): Promise<Float64Array> {
  const { y, parts } = partsOf(model, x);
  for (const { at, output } of parts) {
    y.set(await output.data(), at);
    output.dispose();
  }
  return y;
}

/** Room for all outputs; and the outputs of some samples after the other, with where they belong. */
function partsOf(model: tfl.LayersModel, x: Float64Array) {
  const numInputs = model.inputs[0].shape[1]!;
  const numOutputs = model.outputs[0].shape[1]!;
  if (x.length % numInputs !== 0) throw expected('predict', `x of shape [samples, ${numInputs}]`, x.length);
  const numSamples = x.length / numInputs;
  function* parts(): Generator<{ readonly at: number; readonly output: tf.Tensor }> {
    for (let from = 0; from < numSamples; from += BATCH) {
      const part = Float32Array.from(x.subarray(from * numInputs, (from + BATCH) * numInputs));
      const input: [number, number] = [part.length / numInputs, numInputs];
      yield { at: from * numOutputs, output: tf.tidy(() => model.apply(tf.tensor2d(part, input)) as tf.Tensor) };
    }
  }
  return { y: new Float64Array(numSamples * numOutputs), parts: parts() };
}
