import * as tf from '@tensorflow/tfjs-core';
import type { MeasuredNetwork } from '../../src/deploy/network.js';
import { Random } from '../../src/foundation/random.js';
import { measuredNetwork } from '../../src/tf/measuredNetwork.js';
import { qkan } from '../../src/tf/QKAN.js';
import { fit } from '../../src/tf/training/fit.js';

/** What the networks of these tests learn: (sin 2a + b²)/2. */
export const wanted = (a: number, b: number): number => (Math.sin(2 * a) + b * b) / 2;

/** Seeded points of [−1, 1]² with their targets. */
export function points(seed: number, samples: number): { x: Float64Array; y: Float64Array } {
  const random = new Random(seed);
  const x = Float64Array.from({ length: 2 * samples }, () => random.uniform(-1, 1));
  return { x, y: Float64Array.from({ length: samples }, (_, b) => wanted(x[2 * b], x[2 * b + 1])) };
}

/** A QKAN [2, 2, 1] trained on the simulator. Needs a tfjs backend. */
export async function trainedModel() {
  const { x, y } = points(1, 60);
  const model = qkan({
    width: [2, 2, 1],
    reps: 1,
    seed: 1,
    preactivationTrainable: true,
  });
  const data = { x: tf.tensor2d(Float32Array.from(x), [60, 2]), y: tf.tensor2d(Float32Array.from(y), [60, 1]) };
  await fit(model, data, { schedule: [{ method: 'lbfgs', steps: 15 }] });
  tf.dispose([data.x, data.y]);
  return model;
}

export const trainedNetwork = async (): Promise<MeasuredNetwork> => measuredNetwork(await trainedModel());
