import type * as tf from '@tensorflow/tfjs-core';
import { findBackend, findBackendFactory, registerBackend, removeBackend, tensor, tidy } from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { onWebGpu, webGpuBackend } from './program.js';

/** Says whether, and why, the device on which tfjs computes has been lost. */
export interface DeviceWatch {
  readonly lost: () => Promise<string | undefined>;
}

/** Watches the device from now on; never lost where tfjs computes elsewhere. */
export function watchDevice(): DeviceWatch {
  let reason: string | undefined;
  if (onWebGpu()) {
    webGpuBackend().device.lost.then(({ message, reason: kind }) => {
      reason = message || kind || 'unknown';
    });
  }
  return {
    async lost() {
      // the news may come after the first failure that it causes
      for (let turns = 0; turns < 10 && reason === undefined; turns++) await new Promise((done) => setTimeout(done, 0));
      return reason;
    },
  };
}

/** tfjs's webgpu backends whose devices are gone. */
const gone = new WeakSet<object>();

/** Notes if the device of tfjs's webgpu backend is lost, so that it can be replaced. */
export function noteLoss(): void {
  const backend = webGpuBackend();
  backend.device.lost.then(() => gone.add(backend));
}

/** Lets tfjs make its webgpu backend anew, if the device of the one it has was lost. */
export function replaceLostBackend(): void {
  const backend = findBackend('webgpu');
  if (!backend || !gone.has(backend)) return;
  const factory = findBackendFactory('webgpu');
  removeBackend('webgpu');
  registerBackend('webgpu', factory, PRIORITY);
}

/** As tfjs registers it. */
const PRIORITY = 3;

/** Copies of all weights of a model on the host. */
export async function copyWeights(model: tfl.LayersModel): Promise<Float32Array[]> {
  return Promise.all(model.weights.map(async (weight) => Float32Array.from(await (weight.read() as tf.Tensor).data())));
}

/** Sets all weights of a model; they stay on the host until a device asks for them. */
export function restoreWeights(model: tfl.LayersModel, weights: readonly Float32Array[]): void {
  tidy(() => {
    model.weights.forEach((weight, k) => {
      const former = weight.read();
      weight.write(tensor(weights[k], former.shape, former.dtype as 'float32'));
    });
  });
}
