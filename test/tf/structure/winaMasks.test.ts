import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { winaMask, winaScores } from '../../../src/analysis/sparsity.js';
import { Random } from '../../../src/foundation/random.js';
import { kan } from '../../../src/tf/KAN.js';
import type { KANLayer } from '../../../src/tf/layers/KANLayer.js';
import { qkan } from '../../../src/tf/QKAN.js';
import { setEdgeMasks, winaMasks } from '../../../src/tf/structure/winaMasks.js';
import { relativeError, useBackend } from '../environment.js';

await useBackend('wasm');

const random = new Random(4);
const rows = Array.from({ length: 10 }, () =>
  tf.tensor2d(
    Float32Array.from({ length: 3 }, () => random.uniform(-1, 1)),
    [1, 3],
  ),
);
const outputs = (model: tfl.LayersModel, x: tf.Tensor) => (model.predict(x) as tf.Tensor).dataSync();
/** Mean over inputs of the length of the output's error, each input with masks of its own. */
const errorOf = (model: tfl.LayersModel, masksFor: (x: tf.Tensor2D) => readonly ArrayLike<number>[]) => {
  const errors = rows.map((x) => {
    const wanted = outputs(model, x);
    const former = setEdgeMasks(model, masksFor(x));
    const got = outputs(model, x);
    setEdgeMasks(model, former);
    return Math.hypot(...got.map((value, k) => value - wanted[k]));
  });
  return errors.reduce((a, b) => a + b) / errors.length;
};

const models = {
  KAN: () => kan({ width: [3, 6, 2], basis: 'radial', seed: 3 }),
  'KAN behind batch normalisation': () => kan({ width: [3, 6, 2], normalization: 'batch', seed: 2 }),
  QKAN: () => qkan({ width: [3, 6, 2], reps: 2, thetaInitializer: 'smallGaussian', seed: 1 }),
};

describe('WINA masks of edges', () => {
  it.each(Object.entries(models))('%s: the error falls as more edges are kept, and is none at 1', (_, make) => {
    const model = make();
    const before = tf.memory().numTensors;
    winaMasks(model, rows[0], 0.5);
    expect(tf.memory().numTensors).toBe(before);
    const errors = [0.25, 0.5, 0.75, 1].map((keep) => errorOf(model, (x) => winaMasks(model, x, keep).masks));
    errors.slice(1).forEach((error, k) => {
      expect(error).toBeLessThan(errors[k]);
    });
    expect(errors[3]).toBe(0);
    const shuffled = (size: number) => {
      const mask = new Float64Array(size);
      for (let kept = 0; kept < 0.5 * size; ) {
        const at = random.integer(size);
        if (mask[at] === 0) kept++;
        mask[at] = 1;
      }
      return mask;
    };
    expect(errors[1]).toBeLessThan(0.75 * errorOf(model, () => [18, 12].map(shuffled))); // of masks at random
  });

  it('score edges as WINA scores inputs where all edges are linear', () => {
    const model = kan({ width: [3, 4, 2], basis: 'fourier', baseActivation: 'identity', seed: 5 });
    const [first, second] = model.layers as KANLayer[];
    for (const layer of [first, second]) {
      layer.setParameters(new Float64Array(layer.units * layer.inDim * layer.basis.size));
    }
    const weights = (layer: KANLayer) =>
      layer.weights
        .find(({ name }) => name.includes('base_weight'))!
        .read()
        .dataSync() as Float32Array;
    const [x] = rows;
    const hidden = (first.apply(x) as tf.Tensor).dataSync() as Float32Array;
    const { scores, masks } = winaMasks(model, x, 0.5);
    const input = x.dataSync();
    const norms = winaScores(Float64Array.of(1, 1, 1, 1), weights(second), 4);
    const wanted = weights(first).map((w, at) => Math.abs(w * input[at % 3]) * norms[Math.floor(at / 3)]);
    expect(relativeError(scores[0], wanted)).toBeLessThan(1e-6);
    // of one output's edges those are kept that its row of the matrix would keep
    const own = kan({ width: [4, 1], basis: 'fourier', baseActivation: 'identity' });
    const [layer] = own.layers as KANLayer[];
    layer.setParameters(new Float64Array(4 * layer.basis.size));
    const mask = winaMasks(own, tf.tensor2d(hidden, [1, 4]), 0.5).masks[0];
    expect([...mask]).toEqual([...winaMask(hidden, weights(layer), 4, 2)]);
    expect(masks.map((layerMask) => layerMask.reduce((a, b) => a + b))).toEqual([6, 4]);
  });

  it('leave edges that are masked already as they are', () => {
    const model = kan({ width: [3, 2], basis: 'chebyshev', seed: 1 });
    const mask = [1, 0, 1, 1, 0, 0];
    setEdgeMasks(model, [mask]);
    expect([...winaMasks(model, rows[0], 1).masks[0]]).toEqual(mask);
    const [half] = winaMasks(model, tf.concat(rows.slice(0, 3)) as tf.Tensor2D, 0.34).masks;
    expect(half.reduce((a, b) => a + b)).toBe(1);
    expect([1, 4, 5].map((at) => half[at])).toEqual([0, 0, 0]);
  });
});
