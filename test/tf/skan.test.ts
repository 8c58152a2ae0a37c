import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/foundation/random.js';
import { KANConv2d } from '../../src/tf/layers/KANConv2d.js';
import { SKANLayer } from '../../src/tf/layers/SKANLayer.js';
import { modelArtifacts, modelFromArtifacts } from '../../src/tf/storage/model.js';
import { selectBases } from '../../src/tf/training/select.js';
import { useBackend } from './environment.js';
import { itObeysTheLawsOfLayers } from './layerLaws.js';

const pool = ['fourier', { name: 'chebyshev', degree: 2 }, { name: 'daruan', reps: 1 }] as const;
beforeAll(() => useBackend('cpu'));

describe('SKANLayer', () => {
  itObeysTheLawsOfLayers({ construct: () => new SKANLayer({ units: 2, pool, temperature: 0.7 }), shape: [2] });

  const random = new Random(5);
  const values = Float32Array.from({ length: 60 }, () => random.uniform(-2, 2));
  const samples = () => tf.tensor2d(values, [60, 1]);
  const model = (seed = 1) => tfl.sequential({ layers: [new SKANLayer({ units: 1, pool, seed, inputShape: [1] })] });
  const layerOf = (made: tfl.Sequential) => made.layers[0] as SKANLayer;

  it('keeps its function when members without a share are pruned, and its choice when it is saved', async () => {
    const made = model();
    const layer = layerOf(made);
    const selection = layer.weights.find(({ name }) => name.includes('selection'))!;
    selection.write(tf.tensor2d([[30, 0, 29]]));
    const predict = (one: tfl.LayersModel) => (one.predict(samples()) as tf.Tensor).dataSync();
    const before = predict(made);
    const trainable = layer.trainableWeights.length;
    layer.prune(1e-6);
    const after = predict(made);
    expect(Math.max(...after.map((value, k) => Math.abs(value - before[k])))).toBeLessThan(1e-6);
    expect(layer.trainableWeights.length).toBe(trainable - 1); // the coefficients of Chebyshev polynomials
    layer.prune();
    expect([layer.selected(), layer.trainableWeights.length]).toEqual([[0], 1]);
    const loaded = await modelFromArtifacts(await modelArtifacts(made));
    expect([...predict(loaded)]).toEqual([...predict(made)]);
    expect(loaded.trainableWeights.length).toBe(1);
  });

  it('selects what the data are made of, from at least nine starts of ten', async () => {
    const x = samples();
    const y = tf.sin(tf.mul(x, 3));
    const selected: number[] = [];
    for (let seed = 1; seed <= 10; seed++) {
      const made = model(seed);
      const schedule = [{ method: 'lbfgs', steps: 1 }] as const;
      const { history } = await selectBases(made, { x, y }, { temperatures: [1, 0.3, 0.05], schedule });
      selected.push(...layerOf(made).selected());
      if (selected[seed - 1] === 0) expect(history[0].loss).toBeLessThan(1e-4);
    }
    expect(selected.filter((member) => member === 0).length).toBeGreaterThanOrEqual(9);
  });
});

describe('The convolution of an SKANLayer', () => {
  const convolution = (seed: number, inputShape?: tfl.Shape) =>
    new KANConv2d({ layer: new SKANLayer({ units: 2, pool, temperature: 0.7, seed }), kernelSize: 2, inputShape });
  itObeysTheLawsOfLayers({ construct: () => convolution(4), shape: [3, 2, 1] });

  it('selects what its windows are made of, filter by filter, and is saved so', async () => {
    const random = new Random(8);
    const values = Float32Array.from({ length: 24 * 9 }, () => random.uniform(-2, 2));
    const x = tf.tensor4d(values, [24, 3, 3, 1]);
    const first = tf.slice(x, [0, 0, 0, 0], [24, 2, 2, 1]); // the first tap of each window
    const y = tf.concat([tf.sin(tf.mul(first, 3)), tf.square(tf.tanh(first))], 3); // of Fourier's, of Chebyshev's basis
    const model = tfl.sequential({ layers: [convolution(2, [3, 3, 1])] });
    const schedule = [{ method: 'lbfgs', steps: 1 }] as const;
    const { history } = await selectBases(model, { x, y }, { temperatures: [1, 0.3, 0.05], schedule });
    const selector = (of: tfl.LayersModel) => (of.layers[of.layers.length - 1] as KANConv2d).layer as SKANLayer;
    expect(selector(model).selected()).toEqual([0, 1]);
    expect(history[0].loss).toBeLessThan(1e-4);
    const loaded = await modelFromArtifacts(await modelArtifacts(model));
    expect(loaded.trainableWeights.length).toBe(model.trainableWeights.length);
    const predict = (one: tfl.LayersModel) => [...(one.predict(x) as tf.Tensor).dataSync()];
    expect(predict(loaded)).toEqual(predict(model));
  });
});
