import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { extendGrid } from '../../src/basis/bspline/grid.js';
import { Random } from '../../src/foundation/random.js';
import { kan } from '../../src/tf/KAN.js';
import { KANLayer } from '../../src/tf/layers/KANLayer.js';
import { fit } from '../../src/tf/training/fit.js';
import { updateGrids } from '../../src/tf/training/grids.js';
import { useBackend } from './environment.js';

const random = new Random(1);
/** exp(sin πx + y²) on [−1, 1]². */
const samples = (count: number) => {
  const x = Float32Array.from({ length: 2 * count }, () => random.uniform(-1, 1));
  const y = Float32Array.from({ length: count }, (_, k) => Math.exp(Math.sin(Math.PI * x[2 * k]) + x[2 * k + 1] ** 2));
  return { x: tf.tensor2d(x, [count, 2]), y: tf.tensor2d(y, [count, 1]) };
};
type Model = ReturnType<typeof kan>;
const layersOf = (model: Model) => model.layers.filter((layer): layer is KANLayer => layer instanceof KANLayer);
const rootError = (history: readonly { validationLoss?: number }[]) =>
  Math.sqrt(history[history.length - 1].validationLoss!);

/** A network on more cells that computes what `model` computes. */
function onCells(model: Model, width: number[], cells: number): Model {
  const refined = kan({ width, basis: { name: 'bspline', grid: cells, outside: 'update' } });
  layersOf(refined).forEach((layer, k) => {
    const old = layersOf(model)[k];
    const { grid, degree } = old.basis.options as { grid: number; degree: number };
    const { coefficients, blocks } = old.parameters();
    const splines = { grid, degree, inDim: old.inDim, outDim: old.units, ends: blocks.grid, coefficients };
    const weights = old.getWeights(); // coefficients first, grid, base, mask
    layer.setWeights([
      tf.reshape(tf.tensor1d(Float32Array.from(extendGrid(splines, cells).coefficients)), layer.getWeights()[0].shape),
      ...weights.slice(1),
    ]);
  });
  return refined;
}

beforeAll(() => useBackend('cpu'));

describe('a KAN of B-splines', () => {
  it('learns exp(sin πx + y²) to a root mean square error of 5e-3 in 20 steps of L-BFGS', async () => {
    const [train, validation] = [samples(1000), samples(1000)];
    const model = kan({ width: [2, 5, 1], basis: { name: 'bspline', grid: 5 } });
    const { history, precision } = await fit(model, train, { validation, schedule: [{ method: 'lbfgs', steps: 20 }] });
    expect(precision).toBe('float64');
    expect(rootError(history)).toBeLessThan(5e-3);
  });

  it('gains a factor of 500 from G = 5 to G = 50 by grid extension', async () => {
    const [train, validation] = [samples(1000), samples(1000)];
    const width = [2, 1, 1];
    let model = kan({ width, seed: 1, basis: { name: 'bspline', grid: 5, outside: 'update' } });
    const errors: number[] = [];
    for (const [cells, steps] of [
      [5, 10],
      [10, 10],
      [20, 10],
      [50, 10],
    ] as const) {
      if (cells > 5) model = onCells(model, width, cells);
      const { history } = await fit(model, train, { validation, schedule: [{ method: 'lbfgs', steps }] });
      errors.push(rootError(history));
    }
    expect(errors[0] / errors[3]).toBeGreaterThan(500);
  });
});

describe('updateGrids', () => {
  it('puts every grid around its samples and keeps the function there', () => {
    const model = kan({ width: [2, 2, 1], seed: 4, basis: { name: 'bspline', grid: 20, range: [-4, 4] } });
    const { x } = samples(200);
    const before = (model.predict(x) as tf.Tensor).dataSync();
    expect(updateGrids(model, x)).toBe(true);
    const after = (model.predict(x) as tf.Tensor).dataSync();
    const worst = Math.max(...after.map((value, k) => Math.abs(value - before[k])));
    expect(worst).toBeLessThan(0.02);
    expect(updateGrids(model, x)).toBe(false);
  });

  it('is what fit does where samples leave a grid that is to follow them, and only there', async () => {
    const gridsAfter = async (outside: 'update' | 'extend') => {
      const model = kan({ width: [2, 1], basis: { name: 'bspline', range: [-0.5, 2], outside } });
      const result = await fit(model, samples(50), { schedule: [{ method: 'lbfgs', steps: 2, maxIterations: 3 }] });
      expect(result.precision).toBe('float64');
      expect(result.history[1].loss).toBeLessThan(result.history[0].loss);
      return [...layersOf(model)[0].parameters().blocks.grid];
    };
    expect(await gridsAfter('extend')).toEqual([-0.5, 2, -0.5, 2]);
    const [low, high, ...second] = await gridsAfter('update');
    expect(low).toBeLessThan(-0.9);
    expect([high, second[1]]).toEqual([2, 2]);
  });
});
