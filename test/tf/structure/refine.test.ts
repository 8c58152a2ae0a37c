import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/foundation/random.js';
import { kan } from '../../../src/tf/KAN.js';
import type { KANLayer } from '../../../src/tf/layers/KANLayer.js';
import { qkan } from '../../../src/tf/QKAN.js';
import { refine } from '../../../src/tf/structure/refine.js';
import { fit } from '../../../src/tf/training/fit.js';
import { updateGrids } from '../../../src/tf/training/grids.js';
import { useBackend } from '../environment.js';

await useBackend('wasm');

const random = new Random(4);
const x = tf.tensor2d(
  Float32Array.from({ length: 400 }, () => random.uniform(-1, 1)),
  [200, 2],
);
const y = tf.sin(tf.mul(tf.sum(x, 1, true), 3)) as tf.Tensor2D;
const outputs = (model: tfl.LayersModel) => [...(model.predict(x) as tf.Tensor).dataSync()];
const furthest = (a: number[], b: number[]) => Math.max(...a.map((value, k) => Math.abs(value - b[k])));
const spline = (grid: number) => kan({ width: [2, 3, 1], basis: { name: 'bspline', grid }, useBias: true, seed: 2 });

describe('grid extension of a network', () => {
  it('keeps the function where the new grid contains the old one, with masks, grids and options', async () => {
    const model = spline(4);
    updateGrids(model, x);
    (model.layers[0] as KANLayer).setMask([1, 0, 1, 1, 1, 1]);
    for (const factor of [1, 2, 5]) {
      const finer = await refine(model, 4 * factor);
      expect(furthest(outputs(finer), outputs(model))).toBeLessThan(2e-6);
      const [layer, before] = [finer.layers[0], model.layers[0]] as KANLayer[];
      expect(layer.basis.options).toEqual({ ...before.basis.options, grid: 4 * factor });
      const settings = ({ basis: _, ...rest }: object & { basis?: unknown }) => rest;
      expect(settings(layer.getConfig())).toEqual(settings(before.getConfig()));
      expect(layer.parameters().blocks).toEqual(before.parameters().blocks);
      expect(layer.basisLayer().mask).toEqual(before.basisLayer().mask);
    }
  });

  it('is near it where it does not, and training goes on from there to a lower loss', async () => {
    const model = spline(3);
    const before = await fit(model, { x, y }, { schedule: [{ method: 'lbfgs', steps: 5 }] });
    updateGrids(model, x);
    const finer = await refine(model, 10);
    expect(furthest(outputs(finer), outputs(model))).toBeLessThan(0.02);
    const after = await fit(finer, { x, y }, { schedule: [{ method: 'lbfgs', steps: 5 }] });
    expect(after.history[4].loss).toBeLessThan(0.1 * before.history[4].loss);
  });

  it('says what cannot be refined', async () => {
    await expect(refine(qkan({ width: [2, 1] }), 10)).rejects.toThrow(/refine: expected a model with layers of B-spl/);
    await expect(refine(spline(5), 3)).rejects.toThrow(/grid of at least the 5 cells that the layer ".*" has, got 3/);
    await expect(refine(spline(5), 5.5)).rejects.toThrow(/refine: expected grid to be an integer ≥ 1, got 5.5/);
  });
});
