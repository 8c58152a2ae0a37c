import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { describeLayers } from '../../src/tf/describe.js';
import { hqkan } from '../../src/tf/HQKAN.js';
import type { HQKAN } from '../../src/tf/layers/HQKAN.js';
import { useBackend } from './environment.js';

await useBackend('wasm');

const numbers = (tensor: unknown) => [...(tensor as tf.Tensor).dataSync()];

it('A network of hybrid blocks is its blocks, one after the other, each started from a stream of its own', () => {
  const make = (seed: number) => hqkan({ width: [2, 2, 2], latent: 3, reps: 2, seed });
  const model = make(1);
  const x = tf.tensor2d([0.3, -1, 2, 0.7], [2, 2]);
  const [first, second] = model.layers as HQKAN[];
  expect(numbers(model.predict(x))).toEqual(numbers(second.apply(first.apply(x))));
  const start = (block: HQKAN) => numbers(block.getWeights()[0]);
  expect(start(first)).not.toEqual(start(second));
  expect(numbers(make(1).predict(x))).toEqual(numbers(model.predict(x)));
  expect(numbers(make(2).predict(x))).not.toEqual(numbers(model.predict(x)));
});

it('The circuits of hybrid blocks are described in the order of the blocks', () => {
  const model = hqkan({ width: [2, 1, 2], latent: 3, depth: 2, reps: 1, seed: 1 });
  const layers = (model.layers as HQKAN[]).flatMap(({ activations }) => activations);
  const described = describeLayers(model);
  expect(described.map(({ inDim, outDim }) => [inDim, outDim])).toEqual([
    [3, 3],
    [3, 3],
    [3, 3],
    [3, 3],
  ]);
  expect(described.map(({ parameters }) => [...parameters])).toEqual(
    layers.map((layer) => [...Float32Array.from(layer.parameterRows())]),
  );
});
