import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { parseFormula } from '../../../src/data/formula.js';
import { createDataset } from '../../../src/data/sample.js';
import { kan } from '../../../src/tf/KAN.js';
import type { EdgeLayer } from '../../../src/tf/layers/edgeLayer.js';
import { datasetTensors, predictArray } from '../../../src/tf/plainArrays.js';
import { qkan } from '../../../src/tf/QKAN.js';
import { autoSymbolic, suggestEdge } from '../../../src/tf/structure/autoSymbolic.js';
import { prune } from '../../../src/tf/structure/prune.js';
import { fit } from '../../../src/tf/training/fit.js';
import { useBackend } from '../environment.js';

await useBackend('wasm');

const SAMPLES = 100;
const { train, test } = createDataset('exp(sin(pi*x1) + x2^2)', { numInputs: 2, seed: 1, trainSamples: SAMPLES });
const data = datasetTensors(SAMPLES, train.x, train.y);
const [x, y] = [data.x as tf.Tensor2D, data.y as tf.Tensor2D];

const networks = {
  KAN: () => kan({ width: [2, 3, 1], seed: 2, basis: { name: 'bspline', grid: 5 } }),
  QKAN: () =>
    qkan({ width: [2, 3, 1], seed: 1, preactivationTrainable: true, postactivationWeightTrainable: true, reps: 2 }),
};

describe('formulas of networks', { timeout: 60_000 }, () => {
  it.each(Object.entries(networks))('%s: training, pruning and reading find exp(sin(πx₁) + x₂²)', async (_, make) => {
    const model = make();
    await fit(model, data, { schedule: [{ method: 'lbfgs', steps: 3 }], regularisation: { strength: 0.01 } });
    const { model: pruned } = await prune(model, x);
    await fit(pruned, data, { schedule: [{ method: 'lbfgs', steps: 8 }] });
    const { formulas, loss } = autoSymbolic(pruned, x, { y });
    expect(formulas).toEqual(['exp(sin(3.142 * x1) + (x2)^2)']);
    expect(loss).toBeLessThan(1e-12); // y is rounded to float32
  });

  it('without y, it is what the edges look like: masked edges say nothing, batch normalisation is a part of edges', () => {
    const model = qkan({ width: [2, 2, 1], reps: 1, batchNormalization: true, seed: 3, baseActivation: 'none' });
    (model.layers[1] as EdgeLayer).setMask([1, 1, 1, 0]);
    const { formulas, edges, network, loss } = autoSymbolic(model, x, { digits: 12, library: ['sin', 'linear'] });
    expect([edges[0].map((edge) => edge?.name), edges[1].length]).toEqual([['sin', 'sin', 'sin', undefined], 2]);
    expect([network.length, loss]).toEqual([2, undefined]);
    const read = parseFormula(formulas[0], 2);
    const wanted = predictArray(model, test.x);
    // one repetition is one sine exactly
    wanted.slice(0, 50).forEach((value, s) => {
      expect(read([test.x[2 * s], test.x[2 * s + 1]])).toBeCloseTo(value, 4);
    });
  });

  it('suggests functions for one edge', () => {
    const model = qkan({ width: [2, 1], reps: 1, baseActivation: 'none', seed: 3 });
    const [first, second] = suggestEdge(model, x, { layer: 0, output: 0, input: 1 });
    expect(first.name).toBe('sin');
    expect(1 - first.r2).toBeLessThan(1e-6);
    expect(first.score).toBeLessThan(second.score);
  });

  it('says what it cannot read', () => {
    const model = kan({ width: [4, 4, 1], normalization: 'layer' });
    const wide = model.inputs[0].shape[1]!;
    expect(() => autoSymbolic(model, tf.zeros([9, wide]))).toThrow(
      /autoSymbolic: the layer ".*" normalises nodes with one another/,
    );
    expect(() => autoSymbolic(kan({ width: [2, 1] }), x, { y: x })).toThrow(/y of shape \[100, 1\], got "\[100, 2\]"/);
    expect(() => suggestEdge(kan({ width: [2, 1] }), x, { layer: 1, output: 0, input: 0 })).toThrow(
      /suggestEdge: expected layer to be an integer in 0 … 0, got 1/,
    );
  });
});
