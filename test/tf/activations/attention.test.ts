import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { onSimplex } from '../../../src/mitigation/simplex.js';
import { FourierTable } from '../../../src/tf/layers/FourierTable.js';
import { KArAt, type KArAtArgs, sharedKArAt } from '../../../src/tf/layers/KArAt.js';
import { KArAtOperators } from '../../../src/tf/layers/KArAtOperators.js';
import { Linear } from '../../../src/tf/layers/Linear.js';
import { projectSimplex } from '../../../src/tf/simplex.js';
import { modelArtifacts, modelFromArtifacts } from '../../../src/tf/storage/model.js';
import { relativeError, useBackend } from '../environment.js';
import { itObeysTheLawsOfLayers } from '../layerLaws.js';

beforeAll(() => useBackend('cpu'));

const layers: Record<string, Omit<KArAtArgs, 'heads'> & { heads?: number }> = {
  'of Fourier functions': { functions: { name: 'fourier', frequencies: 2 } },
  'of quantum activations, causal': { functions: { name: 'daruan', reps: 1 }, causal: true },
};

describe.each(Object.entries(layers))('KArAt %s', (_, args) => {
  itObeysTheLawsOfLayers({ construct: () => new KArAt({ heads: 1, rank: 1, seed: 3, ...args }), shape: [2, 2] });
});

/** Two blocks of attention with operators of their own or shared. */
const twoBlocks = (shared: boolean, [tokens, width] = [2, 2], options: Omit<KArAtArgs, 'heads'> = { rank: 1 }) => {
  const input = tfl.input({ shape: [tokens, width] });
  const operators = new KArAtOperators({ ...options, seed: 4 });
  const block = (x: tfl.SymbolicTensor, k: number) =>
    shared
      ? sharedKArAt(x, operators, { heads: 2, seed: k, name: `attention_${k}` })
      : (new KArAt({ heads: 2, ...options, seed: k }).apply(x) as tfl.SymbolicTensor);
  return tfl.model({ inputs: input, outputs: block(block(input, 1), 2) });
};

describe('Two blocks of attention that share their operators', () => {
  itObeysTheLawsOfLayers({ construct: () => twoBlocks(true) as unknown as tfl.layers.Layer, shape: [2, 2] });

  it('have their numbers once, also when they are saved and loaded', async () => {
    const [tokens, width, rank, frequencies] = [3, 4, 2, 3];
    const options = { functions: { name: 'fourier', frequencies }, rank } as const;
    const count = (shared: boolean) => twoBlocks(shared, [tokens, width], options).countParams();
    const operators = 2 * (2 * tokens * rank * frequencies + tokens * rank);
    expect(count(false) - count(true)).toBe(operators);
    const model = twoBlocks(true, [tokens, width], options);
    const loaded = await modelFromArtifacts(await modelArtifacts(model));
    expect(loaded.layers.filter((layer) => layer instanceof KArAtOperators).length).toBe(1);
    expect(loaded.countParams()).toBe(model.countParams());
  });

  it('are what blocks of their own are where the numbers are equal', () => {
    const x = tf.randomNormal([2, 3, 4], 0, 1, 'float32', 3);
    const [own, common] = [twoBlocks(false, [3, 4]), twoBlocks(true, [3, 4])];
    const [first, second] = own.layers.slice(1) as KArAt[];
    const sharedWeights = common.layers.find((layer) => layer instanceof KArAtOperators)!.getWeights();
    for (const [k, layer] of [first, second].entries()) {
      const parts = [`attention_${k + 1}_scores`, `attention_${k + 1}_mix`].map((name) =>
        common.getLayer(name).getWeights(),
      );
      layer.setWeights([...parts[0], ...sharedWeights, ...parts[1]]);
    }
    const [wanted, got] = [own, common].map((model) => (model.predict(x) as tf.Tensor).dataSync());
    expect([...got]).toEqual([...wanted]);
  });
});

describe('Kolmogorov-Arnold attention', () => {
  it('is W·sin(a) where the table is sines on the diagonal', () => {
    const table = new FourierTable({ units: 2, frequencies: 1 });
    const mixture = new Linear({ units: 4, useBias: false, seed: 1 });
    const a = tf.tensor2d([0.3, -1.1, 0.7, 2], [1, 4]);
    mixture.apply(table.apply(a) as tf.Tensor);
    const diagonal = Array.from({ length: 16 }, (_, at) => (at === 1 || at === 11 ? 1 : 0)); // β_00 and β_11
    table.setWeights([tf.tensor3d(diagonal, [2, 4, 2])]);
    const [w] = mixture.getWeights();
    const wanted = tf.matMul(tf.tensor2d([Math.sin(0.3), Math.sin(-1.1)], [1, 2]), w as tf.Tensor2D, false, true);
    const got = mixture.apply(table.apply(a) as tf.Tensor) as tf.Tensor;
    expect(relativeError(got.dataSync(), wanted.dataSync())).toBeLessThan(1e-6);
  });

  it('has 2NrG + Nr numbers an operator of Fourier functions, 2Nr(reps + 1) + Nr of quantum ones', () => {
    const count = (functions: KArAtArgs['functions']) => {
      const layer = new KArAt({ heads: 2, functions, rank: 3 });
      layer.apply(tf.zeros([1, 5, 4]));
      return layer.countParams() - (4 * 12 + 12) - (4 * 4 + 4);
    };
    expect(count({ name: 'fourier', frequencies: 7 })).toBe(2 * (2 * 5 * 3 * 7 + 5 * 3));
    const masks = 2 * 5 * 3; // of the quantum layers, which are not trained
    expect(count({ name: 'daruan', reps: 2 }) - masks).toBe(2 * (2 * 5 * 3 * 3 + 5 * 3));
  });

  it.each(['none', 'simplex'] as const)('sees no later token where it is causal, projection %s', (projection) => {
    const layer = new KArAt({ heads: 2, rank: 2, causal: true, projection, seed: 2 });
    const x = tf.randomNormal([1, 4, 4], 0, 1, 'float32', 5);
    const changed = tf.add(x, tf.tensor3d([0, 0, 0, 1], [1, 4, 1]));
    const [before, after] = [x, changed].map((input) => (layer.apply(input) as tf.Tensor).arraySync() as number[][][]);
    expect(after[0].slice(0, 3)).toEqual(before[0].slice(0, 3));
    expect(after[0][3]).not.toEqual(before[0][3]);
  });

  it('starts with outputs of the size of its values', () => {
    const layer = new KArAt({ heads: 2, rank: 12, seed: 1 });
    const x = tf.randomNormal([4, 24, 16], 0, 1, 'float32', 6);
    const spread = tf.moments(layer.apply(x) as tf.Tensor).variance.dataSync()[0];
    expect(spread).toBeGreaterThan(0.3);
    expect(spread).toBeLessThan(3);
  });

  it('does not take an open number of tokens', () => {
    const layer = new KArAt({ heads: 1 });
    expect(() => layer.build([null, null, 4])).toThrow('with a fixed number of tokens');
  });
});

describe('The projection to the simplex', () => {
  it('has its published values, and those of plain arrays', () => {
    const project = (row: number[]) => projectSimplex(tf.tensor2d([row])).dataSync();
    expect(relativeError(project([0.5, 1.2, -0.3]), [0.15, 0.85, 0])).toBeLessThan(1e-6);
    expect(relativeError(project([0.2, 0.3, 0.1]), [1 / 3, 13 / 30, 7 / 30])).toBeLessThan(1e-6);
    const row = [0.9, -0.2, 0.6, 0.1, 0.55];
    expect(relativeError(project(row), onSimplex(Float64Array.from(row), 1))).toBeLessThan(1e-6);
  });

  it('has the gradient of differences', () => {
    const row = [0.9, -0.2, 0.6, 0.1, 0.55];
    const weigh = (values: ArrayLike<number>) => Array.from(values).reduce((sum, v, k) => sum + v * Math.sin(k + 1), 0);
    const wanted = row.map((value, k) => {
      const at = (shift: number) =>
        weigh(
          onSimplex(
            Float64Array.from(row, (v, j) => (j === k ? value + shift : v)),
            1,
          ),
        );
      return (at(1e-4) - at(-1e-4)) / 2e-4;
    });
    const weights = tf.sin(tf.range(1, 6));
    const got = tf.grad((y) => tf.sum(tf.mul(projectSimplex(y as tf.Tensor2D), weights)))(tf.tensor2d([row]));
    expect(relativeError(got.dataSync(), wanted)).toBeLessThan(1e-6);
  });
});
