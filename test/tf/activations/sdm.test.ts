import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { sdm, sdmLoss } from '../../../src/activations/sdm.js';
import { type SdmReference, similarityDistance } from '../../../src/activations/sdmNeighbours.js';
import { Random } from '../../../src/foundation/random.js';
import { Sdm } from '../../../src/tf/layers/Sdm.js';
import { relativeError, useBackend } from '../environment.js';
import { itObeysTheLawsOfLayers } from '../layerLaws.js';

beforeAll(() => useBackend('cpu'));

const [rows, classes, width, batch] = [40, 4, 3, 25];
const random = new Random(6);
/** Clusters about a corner each for three of four classes, some rows of which are misclassified. */
const labels = Array.from({ length: rows }, (_, row) => row % 3);
const reference: SdmReference = {
  exemplars: Float64Array.from({ length: rows * width }, (_, at) => {
    const [row, axis] = [Math.floor(at / width), at % width];
    return 5 + (labels[row] === axis ? 2 : 0) + random.normal(0, 0.4);
  }),
  width,
  labels,
  predicted: labels.map((label, row) => (row % 7 === 3 ? (label + 1) % 3 : label)),
};
const logits = Float64Array.from({ length: batch * classes }, () => random.normal());
const queries = Float64Array.from({ length: batch * width }, () => 5 + random.uniform(-0.5, 2.5));
const predicted = Array.from({ length: batch }, (_, row) => {
  const own = [...logits.subarray(row * classes, (row + 1) * classes)];
  return own.indexOf(Math.max(...own));
});
const tensors = () =>
  [
    tf.tensor2d(Float32Array.from(logits), [batch, classes]),
    tf.tensor2d(Float32Array.from(queries), [batch, width]),
  ] as const;
const made = () => {
  const layer = new Sdm({ rows });
  layer.apply(tensors() as unknown as tf.Tensor[]);
  layer.setReference(reference);
  return layer;
};

describe('Sdm', () => {
  itObeysTheLawsOfLayers({
    construct: () => {
      const input = tfl.input({ shape: [2] });
      const layer = new Sdm({ rows: 3 });
      const outputs = layer.apply([input, input]) as tfl.SymbolicTensor;
      const exemplars = Float64Array.of(-0.5, 0.4, 0.6, 0.5, 0.1, -0.9);
      layer.setReference({ exemplars, width: 2, labels: [0, 1, 1], predicted: [0, 1, 0] });
      return tfl.model({ inputs: input, outputs }) as unknown as tfl.layers.Layer;
    },
    shape: [2],
  });

  it('is the activation of plain arrays on the neighbours that plain arrays find', () => {
    const neighbours = similarityDistance(reference, queries, predicted);
    expect(new Set(neighbours.similarity).size).toBeGreaterThan(3);
    expect(new Set(neighbours.distance).size).toBeGreaterThan(3);
    const got = made().apply(tensors() as unknown as tf.Tensor[]) as tf.Tensor;
    expect(relativeError(got.dataSync(), sdm({ logits, classes, ...neighbours }))).toBeLessThan(1e-6);
  });

  it('has the loss of plain arrays, and its gradient', () => {
    const neighbours = similarityDistance(reference, queries, predicted);
    const wanted = sdmLoss({ logits, classes, ...neighbours }, predicted);
    const layer = made();
    const [z, x] = tensors();
    const loss = (input: tf.Tensor) => layer.loss([input as tf.Tensor2D, x], tf.tensor1d(predicted, 'int32'));
    const { value, grad } = tf.valueAndGrad(loss)(z);
    expect(relativeError(value.dataSync(), [wanted.value])).toBeLessThan(1e-6);
    expect(relativeError(grad.dataSync(), wanted.gradient)).toBeLessThan(2e-6);
  });

  it('is uniform until it knows training rows', () => {
    const probabilities = (new Sdm({ rows }).apply(tensors() as unknown as tf.Tensor[]) as tf.Tensor).dataSync();
    expect(new Set(probabilities)).toEqual(new Set([0.25]));
  });
});
