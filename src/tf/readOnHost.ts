import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { DaruanError } from '../foundation/errors.js';
import { selectBackend } from './backend.js';
import { onWebGpu } from './webgpu/program.js';

/** Throws where tensors stay on a device whose numbers are to be awaited. */
export function checkReadable(where: string, remedy: string): void {
  if (!onWebGpu()) return;
  throw new DaruanError(where, 'the tfjs backend "webgpu" cannot be read at once', remedy);
}

/**
 * What `read` makes of a model, wherever its tensors are. Functions that look into a model at once, such as `describeLayers`,
 * `edgeCurves`, `measuredNetwork` and `prune`, cannot do so while tfjs computes on a GPU: here the weights are awaited, then `read`
 * runs on the CPU, and tfjs goes back to the GPU. Do nothing else with tfjs meanwhile.
 *
 * @param tensors  what else is read: the tensors that `read` takes from elsewhere, such as samples
 * @example
 * const model = qkan({ width: [1, 2, 1], reps: 2, seed: 1 });
 * const x = tf.tensor2d([-1, 0, 1], [3, 1]);
 * const layers = await readOnHost(model, describeLayers);
 * const curves = await readOnHost(model, () => edgeCurves(model, x), [x]);
 */
export async function readOnHost<T>(
  model: tfl.LayersModel,
  read: (model: tfl.LayersModel) => T | Promise<T>,
  tensors: readonly tf.Tensor[] = [],
): Promise<T> {
  if (!onWebGpu()) return read(model);
  const all = [...model.weights.map((weight) => weight.read() as tf.Tensor), ...tensors];
  await Promise.all(all.map((tensor) => tensor.data())); // tfjs keeps what it has read, and can then move it
  const device = tf.getBackend();
  await selectBackend();
  try {
    return await read(model);
  } finally {
    await tf.setBackend(device);
  }
}
