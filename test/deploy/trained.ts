import * as tf from '@tensorflow/tfjs-core';
import { ansatze } from '../../circuits/ansatz/table.js';
import { observable } from '../../circuits/pauli.js';
import type { MeasuredLayer, MeasuredNetwork } from '../../src/deploy/network.js';
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

/** A layer of any ansatz with random numbers. */
export function randomLayer(
  random: Random,
  name: keyof typeof ansatze,
  inDim: number,
  outDim: number,
  word = 'Z',
): MeasuredLayer {
  const circuit = ansatze[name].circuit(2);
  const edges = inDim * outDim;
  const uniform = (length: number, low: number, high: number) =>
    Float64Array.from({ length }, () => random.uniform(low, high));
  return {
    inDim,
    outDim,
    circuit,
    observable: observable(
      word === 'Z'
        ? 'Z'
        : [
            ['X', 0.5],
            ['Z', -0.7],
            ['', 0.2],
          ],
    ),
    parameters: uniform(edges * circuit.parameters.length, name === 'px' ? -0.4 : -1, name === 'px' ? 0.4 : 1),
    weight: uniform(edges, 0.5, 1),
    bias: uniform(edges, -0.1, 0.1),
    base: uniform(edges, -0.3, 0.3),
    baseActivation: 'silu',
  };
}
