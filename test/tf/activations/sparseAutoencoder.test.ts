import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { afaLoss, topAFA } from '../../../src/activations/topAFA.js';
import { Random } from '../../../src/foundation/random.js';
import { SparseAutoencoder } from '../../../src/tf/layers/SparseAutoencoder.js';
import { keepTopAFA } from '../../../src/tf/topAFA.js';
import { relativeError, useBackend } from '../environment.js';
import { itObeysTheLawsOfLayers } from '../layerLaws.js';

beforeAll(() => useBackend('cpu'));

const random = new Random(3);
const draw = (length: number, low = -1) => Float32Array.from({ length }, () => random.uniform(low, 1));

describe('Top-AFA on tensors', () => {
  it('keeps what it keeps on plain arrays, where nothing is equal', () => {
    const [batch, features] = [30, 9];
    const [activations, norms, target] = [draw(batch * features), draw(features, 0.2), draw(batch, 0.1)];
    const mask = topAFA({ activations, norms, target });
    expect(new Set(Array.from({ length: batch }, (_, row) => countOf(mask, row, features))).size).toBeGreaterThan(3);
    const got = keepTopAFA(
      tf.tensor2d(activations, [batch, features]),
      tf.tensor1d(norms),
      tf.tensor2d(target, [batch, 1]),
    );
    expect([...got.dataSync()]).toEqual([...activations.map((a, at) => a * mask[at])]);
  });
});

describe('SparseAutoencoder', () => {
  // a start far from inputs at which the choice of features steps, which differences would see
  itObeysTheLawsOfLayers({ construct: () => new SparseAutoencoder({ features: 2, seed: 3 }), shape: [2] });

  it('decodes the features that it keeps, and has the AFA loss of plain arrays', () => {
    const layer = new SparseAutoencoder({ features: 6, seed: 1 });
    const x = tf.tensor2d(draw(8 * 3), [8, 3]);
    const y = layer.apply(x) as tf.Tensor;
    const [, , decoder, centre] = layer.getWeights();
    const features = layer.encode(x) as tf.Tensor2D;
    const wanted = tf.add(tf.matMul(features, decoder as tf.Tensor2D, false, true), centre);
    expect(relativeError(y.dataSync(), wanted.dataSync())).toBeLessThan(1e-6);
    const norms = tf.sqrt(tf.sum(tf.square(decoder), 0)).dataSync() as Float32Array;
    const target = tf.sqrt(tf.sum(tf.square(x), 1)).dataSync() as Float32Array; // b is 0 at the start
    const { value } = afaLoss({ activations: features.dataSync() as Float32Array, norms, target });
    expect(relativeError(layer.afaLoss(x).dataSync(), [value])).toBeLessThan(1e-5);
  });

  it('learns to tell inputs by few features', async () => {
    const [inDim, features, samples] = [6, 12, 60];
    const dictionary = Array.from({ length: features }, () => draw(inDim));
    const data = new Float32Array(samples * inDim);
    for (let s = 0; s < samples; s++) {
      for (const k of [random.integer(features), random.integer(features)]) {
        dictionary[k].forEach((value, i) => {
          data[s * inDim + i] += value;
        });
      }
    }
    const x = tf.tensor2d(data, [samples, inDim]);
    const layer = new SparseAutoencoder({ features, seed: 5, inputShape: [inDim] });
    const model = tfl.sequential({ layers: [layer] });
    model.compile({ optimizer: tf.train.adam(0.05), loss: 'meanSquaredError' });
    const { history } = await model.fit(x, x, { epochs: 25, batchSize: samples, verbose: 0 });
    expect(history.loss[24]).toBeLessThan((history.loss[0] as number) / 5);
    const active = tf.mean(tf.sum(tf.cast(tf.greater(layer.encode(x), 0), 'float32'), 1)).dataSync()[0];
    expect(active).toBeLessThan(features / 2);
  });
});

const countOf = (mask: Float32Array, row: number, features: number): number =>
  mask.subarray(row * features, (row + 1) * features).reduce((a, b) => a + b);
