import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { gaussianAverages } from '../../src/analysis/gaussian.js';
import { baseFunctions } from '../../src/basis/baseFunctions.js';
import { type BasisName, basisNames } from '../../src/basis/table.js';
import { Random } from '../../src/foundation/random.js';
import { kan } from '../../src/tf/KAN.js';
import { AlphaDropout } from '../../src/tf/layers/AlphaDropout.js';
import { HQKAN } from '../../src/tf/layers/HQKAN.js';
import { KANLayer } from '../../src/tf/layers/KANLayer.js';
import { KArAt } from '../../src/tf/layers/KArAt.js';
import { QKANLayer } from '../../src/tf/layers/QKANLayer.js';
import { SKANLayer } from '../../src/tf/layers/SKANLayer.js';
import { SparseAutoencoder } from '../../src/tf/layers/SparseAutoencoder.js';
import { mlp } from '../../src/tf/MLP.js';
import { qkan } from '../../src/tf/QKAN.js';
import { fit } from '../../src/tf/training/fit.js';
import { updateGrids } from '../../src/tf/training/grids.js';
import { relativeError, useBackend } from './environment.js';

beforeAll(() => useBackend('cpu'));
afterEach(() => vi.restoreAllMocks());

/** Draws from N(0, 1). */
function draw(rows: number, columns: number): tf.Tensor2D {
  const random = new Random(2);
  const values = Float32Array.from({ length: rows * columns }, () => random.normal());
  return tf.tensor2d(values, [rows, columns]);
}

const varianceOf = (layer: tfl.layers.Layer) =>
  tf.mean(tf.moments(layer.apply(draw(200, 32)) as tf.Tensor, 0).variance).dataSync()[0];

/** Variance of the outputs of a layer 32 → 32 as it starts, for inputs from N(0, 1). */
const variances: Readonly<Record<BasisName, number>> = {
  bspline: 0.40426,
  fourier: 0.94464,
  radial: 0.53943,
  chebyshev: 0.33855,
  wavelet: 0.15239,
  relu: 0.11509,
  af: 0.65661,
  rational: 0.84865,
};

describe('Starts', () => {
  it('come from the seed alone: nothing draws from the generator that all share', async () => {
    const shared = vi.spyOn(Math, 'random').mockImplementation(() => {
      throw new Error('Math.random was called');
    });
    for (const make of [
      ...basisNames.map((basis) => () => kan({ width: [4, 2], basis })),
      () => qkan({ width: [4, 2] }),
      () => mlp({ width: [4, 3, 1], activation: 'nodewise' }),
      () => new HQKAN({ units: 2, latent: 2 }),
      () => new SKANLayer({ units: 2 }),
      () => new SparseAutoencoder({ features: 3 }),
      () => new AlphaDropout({ rate: 0.5 }),
    ]) {
      make().apply(tf.zeros([2, 4]), { training: true });
    }
    new KArAt({ heads: 1, rank: 2 }).apply(tf.zeros([1, 2, 4]));
    const data = { x: tf.zeros([4, 4]) as tf.Tensor2D, y: tf.ones([4, 2]) as tf.Tensor2D };
    await fit(qkan({ width: [4, 2] }), data, { schedule: [{ method: 'adam', steps: 1, batchSize: 2 }] });
    expect(shared).not.toHaveBeenCalled();
  });

  it('are the same in every process', () => {
    const first = (model: tfl.Sequential) => [...model.getWeights()[0].dataSync().slice(0, 2)];
    expect(first(kan({ width: [2, 1], basis: 'fourier', seed: 7 }))).toEqual([
      0.04526107385754585, -0.0016631180187687278,
    ]);
    expect(first(qkan({ width: [2, 1], seed: 7 }))).toEqual([0.041317518800497055, -0.0015182121424004436]);
  });

  it.each(Object.entries(variances) as [BasisName, number][])(
    'of KAN layers of %s give outputs the variance on record',
    (basis, wanted) => {
      expect(Math.abs(varianceOf(new KANLayer({ units: 32, basis, seed: 5 })) / wanted - 1)).toBeLessThan(1e-3);
    },
  );

  it('of QKAN layers give outputs the variance of their equal base functions, and of θ', () => {
    const start = { units: 32, thetaInitializer: 'smallGaussian', seed: 5 } as const;
    const [whole, bare] = [
      varianceOf(new QKANLayer(start)),
      varianceOf(new QKANLayer({ ...start, baseActivation: 'none' })),
    ];
    const { mean, square } = gaussianAverages(baseFunctions.silu, 1);
    expect(whole / bare).toBeLessThan(2);
    const base = 32 * 0.25 * (square - mean ** 2); // 32 times 0.5·SiLU
    expect(Math.abs((whole - bare) / base - 1)).toBeLessThan(0.5); // they are not independent
  });
});

describe('Layers', () => {
  it.each(basisNames.flatMap((basis) => (['auto', 'composed'] as const).map((route) => [basis, route] as const)))(
    'of %s, route %s, need no room for every function of every edge and sample',
    async (basis, route) => {
      const [batch, inDim, units] = [256, 4, 256];
      const layer = new KANLayer({ units, basis, route, seed: 1 });
      const x = tf.zeros([batch, inDim]);
      layer.apply(x);
      const before = tf.memory().numBytes;
      const { peakBytes } = await tf.profile(() => layer.apply(x) as tf.Tensor);
      const functions = Math.max(1, layer.basis.size / 2);
      expect(peakBytes - before).toBeLessThan(4 * batch * inDim * units * functions);
    },
  );

  it('whose splines have an output weight are not scaled twice when their grids are updated', () => {
    const basis = { name: 'bspline', grid: 20, range: [-4, 4] } as const;
    const model = kan({ width: [2, 2], seed: 4, basis, postactivationWeightTrainable: true });
    const [layer] = model.layers as KANLayer[];
    const weight = layer.weights.find(({ name }) => name.includes('post_weight'))!;
    weight.write(tf.fill([2, 2], 3));
    const x = draw(100, 2);
    const before = (model.predict(x) as tf.Tensor).dataSync();
    expect(updateGrids(model, x)).toBe(true);
    expect(relativeError((model.predict(x) as tf.Tensor).dataSync(), before)).toBeLessThan(0.02);
  });
});
