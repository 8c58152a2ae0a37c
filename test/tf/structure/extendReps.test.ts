import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { customAnsatz } from '../../../circuits/ansatz/custom.js';
import { type AnsatzName, ansatze } from '../../../circuits/ansatz/table.js';
import { circuit, op } from '../../../circuits/circuit.js';
import { Random } from '../../../src/foundation/random.js';
import { HQKAN } from '../../../src/tf/layers/HQKAN.js';
import type { QKANLayer } from '../../../src/tf/layers/QKANLayer.js';
import { type QKANArgs, qkan } from '../../../src/tf/QKAN.js';
import { extendReps } from '../../../src/tf/structure/extendReps.js';
import { fit } from '../../../src/tf/training/fit.js';
import { useBackend } from '../environment.js';

await useBackend('wasm');

const random = new Random(8);
const draw = (samples: number, inputs: number): tf.Tensor2D =>
  tf.tensor2d(
    Float32Array.from({ length: samples * inputs }, () => random.uniform(-0.9, 0.9)),
    [samples, inputs],
  );
const x = draw(40, 2);

/** A network whose every number differs from where it would start. */
function trained(args: Partial<QKANArgs>, spread = 0.4) {
  const model = qkan({ width: [2, 3, 1], reps: 2, seed: 3, postactivationWeightTrainable: true, ...args });
  for (const weight of model.trainableWeights) {
    const noise = Float32Array.from({ length: weight.read().size }, () => random.uniform(-spread, spread));
    weight.write(tf.add(weight.read(), tf.tensor(noise, weight.read().shape)));
  }
  return model;
}

const outputs = (model: tfl.LayersModel) => [...(model.predict(x) as tf.Tensor).dataSync()];
const furthest = (a: number[], b: number[]) => Math.max(...a.map((value, k) => Math.abs(value - b[k])));

const cases: readonly [ansatz: AnsatzName, preactivationTrainable: boolean, by: number][] = [
  ['pz', false, 1],
  ['pz', true, 3],
  ['rpz', false, 1],
  ['rpz', true, 2],
  ['mix', false, 2],
  ['mix', true, 1],
  ['real', true, 1],
];

describe('layer extension', () => {
  it.each(cases)('%s, trained encoding %s, by %i: changes no output beyond float32', async (ansatz, trainable, by) => {
    const model = trained({ ansatz, preactivationTrainable: trainable });
    const { model: extended } = await extendReps(model, by);
    expect((extended.layers[0] as QKANLayer).options.reps).toBe(2 + by);
    expect(furthest(outputs(extended), outputs(model))).toBeLessThan(1e-6);
    // and the new repetitions can be trained: some gradient of what they hold is not 0
    const { grads } = tf.variableGrads(() => tf.sum(extended.apply(x) as tf.Tensor) as tf.Scalar);
    const theta = extended.trainableWeights[0];
    const [rows] = (theta.shape as number[]).slice(-2);
    const last = tf.slice(grads[(theta.read() as tf.Variable).name], [0, 0, rows - by, 0]);
    expect(tf.max(tf.abs(last)).dataSync()[0]).toBeGreaterThan(1e-6);
  });

  it.each([[2], [4]])('px, by %i in pairs', async (by) => {
    const model = qkan({ width: [2, 1], ansatz: 'px', reps: 3, seed: 1 });
    expect(furthest(outputs((await extendReps(model, by)).model), outputs(model))).toBeLessThan(1e-6);
  });

  it('takes new weights 2^l and 3^l where the function does not see them', async () => {
    for (const weights of ['ones', 'powersOfTwo', 'powersOfThree'] as const) {
      const model = trained({ preactivationTrainable: true });
      const { model: extended } = await extendReps(model, 2, { weights });
      const encoding = extended.trainableWeights.find(({ name }) => name.includes('encoding_weight'))!;
      const base = { ones: 1, powersOfTwo: 2, powersOfThree: 3 }[weights];
      expect([...encoding.read().dataSync()].slice(2, 4)).toEqual([base ** 2, base ** 3]);
      expect(furthest(outputs(extended), outputs(model))).toBeLessThan(1e-6);
    }
  });

  it('keeps masks, groups, batch normalisation, and blocks around the activations', async () => {
    const model = trained({ batchNormalization: true, group: 2, baseActivation: 'tanh' });
    (model.layers[1] as QKANLayer).setMask([1, 0, 1, 1, 0, 1]);
    const { model: extended } = await extendReps(model, 2);
    const kept = extended.layers[1] as QKANLayer;
    expect(kept.getConfig()).toEqual({ ...model.layers[1].getConfig(), reps: 4 });
    expect([...kept.edgeFactors().weight].map((weight) => weight === 0)).toEqual([
      false,
      true,
      false,
      false,
      true,
      false,
    ]);
    expect(furthest(outputs(extended), outputs(model))).toBeLessThan(1e-6);
    const block = tfl.sequential({ layers: [new HQKAN({ units: 2, latent: 3, reps: 2, inputShape: [2], seed: 4 })] });
    expect(furthest(outputs((await extendReps(block, 1)).model), outputs(block))).toBeLessThan(1e-6);
  });

  it.each(['adam', 'lbfgs'] as const)('training by %s goes on from the loss that it had reached', async (method) => {
    const data = { x, y: tf.sum(tf.sin(tf.mul(x, 4)), 1, true) as tf.Tensor2D };
    const model = qkan({ width: [2, 2, 1], reps: 2, seed: 2, preactivationTrainable: true });
    const stage =
      method === 'adam' ? ({ method, steps: 60, learningRate: 0.02 } as const) : ({ method, steps: 3 } as const);
    const before = await fit(model, data, { schedule: [stage] });
    const state = { ...before.state, stage: 0, stepInStage: 0, optimiser: before.state.optimiser };
    const { model: extended, training } = await extendReps(model, 1, { training: state });
    expect(training!.parameters.length).toBe(extended.countParams() - 6); // but for the masks
    const after = await fit(extended, data, { schedule: [stage], resume: training! });
    const [reached, first] = [
      before.history[before.history.length - 1].loss,
      after.history[before.history.length].loss,
    ];
    expect(first).toBeLessThan(method === 'adam' ? reached * 1.05 : reached * (1 + 1e-9));
    expect(after.history[after.history.length - 1].loss).toBeLessThan(reached);
  });

  it.each([
    [{ ansatz: 'px' as const }, 1, /an even number of repetitions, which cancel in pairs, got 1\. Append 2\./],
    [{ ansatz: 'mix' as const }, 3, /an even number/],
    [{ ansatz: 'real' as const }, 2, /no repetition can be appended that keeps the function\. Train w and b/],
    [{ ansatz: 'mix' as const, weightInitializer: 'powersOfTwo' as const }, 2, /equal weights within each pair/],
  ])('refuses what would change the function: %j by %i', async (args, by, message) => {
    await expect(extendReps(qkan({ width: [1, 1], reps: 2, ...args }), by)).rejects.toThrow(message);
  });

  it('refuses weights that a layer has fixed, circuits of the user, and models without activations', async () => {
    const fixed = qkan({ width: [1, 1] });
    await expect(extendReps(fixed, 1, { weights: 'powersOfTwo' })).rejects.toThrow(/which this layer has fixed/);
    const own = customAnsatz(circuit({ numQubits: 1, data: ['x'], operations: [op('ry', [0], 'x + a')] }));
    await expect(extendReps(qkan({ width: [1, 1], ansatz: own }), 1)).rejects.toThrow(/Start anew/);
    const dense = tfl.sequential({ layers: [tfl.layers.dense({ units: 1, inputShape: [1] })] });
    await expect(extendReps(dense, 1)).rejects.toThrow(/a model with layers of quantum activations/);
  });

  it('every ansatz says how it grows', () => {
    expect(Object.values(ansatze).filter(({ growth }) => !growth?.single && !growth?.pair)).toEqual([]);
  });
});
