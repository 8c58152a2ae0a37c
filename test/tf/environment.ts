import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
// tfjs-layers registers the gradients of tfjs's own operations.
import '@tensorflow/tfjs-layers';

/** Starts a tfjs backend for a test file, without tfjs's banner. */
export async function useBackend(name: 'cpu' | 'wasm'): Promise<void> {
  tf.enableProdMode();
  await tf.setBackend(name);
  await tf.ready();
}

/** The largest |a − b|, relative to the largest |b|. */
export function relativeError(got: ArrayLike<number>, wanted: ArrayLike<number>): number {
  if (got.length !== wanted.length) return Number.POSITIVE_INFINITY;
  let [difference, size] = [0, 0];
  for (let i = 0; i < wanted.length; i++) {
    difference = Math.max(difference, Math.abs(got[i] - wanted[i]));
    size = Math.max(size, Math.abs(wanted[i]));
  }
  return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference / size;
}
