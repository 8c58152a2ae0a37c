import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../../src/foundation/random.js';
import { hostAttention, tensorAttention } from '../../../src/tf/attention.js';
import {
  compareParameters,
  type FeedForward,
  grkanBlock,
  hqkanBlock,
  kanBlock,
  mlpBlock,
  qkanBlock,
} from '../../../src/tf/language/feedForward.js';
import { generate } from '../../../src/tf/language/generate.js';
import { crossEntropy, evaluateLanguageModel } from '../../../src/tf/language/loss.js';
import { type LanguageModelArgs, languageModel } from '../../../src/tf/language/model.js';
import { hostNormalise, tensorNormalise } from '../../../src/tf/layerNorm.js';
import { Linear } from '../../../src/tf/layers/Linear.js';
import { modelArtifacts, modelFromArtifacts } from '../../../src/tf/storage/model.js';
import { relativeError, useBackend } from '../environment.js';

/** A block that a user brings. */
const own: FeedForward = { name: 'own', build: (units, seed, name) => new Linear({ units, seed, name }) };
const blocks = {
  mlp: mlpBlock({ hidden: 6 }),
  hqkan: hqkanBlock({ latent: 2, reps: 2 }),
  qkan: qkanBlock({ hidden: [3], reps: 1 }),
  kan: kanBlock({ basis: 'chebyshev' }),
  grkan: grkanBlock({ hidden: 6, groups: 2 }),
  own,
};
const [vocabularySize, context] = [5, 6];
const build = (options: Partial<LanguageModelArgs> = {}) =>
  languageModel({ vocabularySize, context, width: 8, heads: 2, blocks: 2, feedForward: own, seed: 3, ...options });
const random = new Random(1);
const tokens = Int32Array.from({ length: 3 * context }, () => random.integer(vocabularySize));
const batch = (values = tokens) => tf.tensor2d(values, [3, context], 'int32');
const logitsOf = (model: ReturnType<typeof build>, x = batch()) => model.apply(x) as tf.Tensor3D;

beforeAll(() => useBackend('cpu'));

describe.each(Object.entries(blocks))('A language model with the block %s', (_, feedForward) => {
  it('sees no token that comes later', () => {
    const model = build({ feedForward });
    const before = logitsOf(model).arraySync();
    for (let t = 0; t < context; t++) {
      const changed = tokens.map((token, at) => (at % context > t ? (token + 1) % vocabularySize : token));
      const after = logitsOf(model, batch(changed)).arraySync();
      for (let b = 0; b < 3; b++) expect(after[b].slice(0, t + 1)).toEqual(before[b].slice(0, t + 1));
      if (t < context - 1) expect(after[0][t + 1]).not.toEqual(before[0][t + 1]);
    }
  });

  it('starts the same from its seed, and differently from another', () => {
    const [a, b, c] = [3, 3, 4].map((seed) => [...logitsOf(build({ feedForward, seed })).dataSync()]);
    expect(b).toEqual(a);
    expect(c).not.toEqual(a);
  });

  it.each([false, true])('saves, loads, and gives equal bits, weights tied: %s', async (tieWeights) => {
    const model = build({ feedForward, tieWeights });
    const loaded = await modelFromArtifacts(await modelArtifacts(model));
    expect([...logitsOf(loaded as never).dataSync()]).toEqual([...logitsOf(model).dataSync()]);
  });

  it('trains every weight', () => {
    const model = build({ feedForward, tieWeights: true });
    const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const { grads } = tf.variableGrads(() => crossEntropy(logitsOf(model), batch()), variables);
    for (const { name } of variables)
      expect(
        grads[name].dataSync().some((value) => value !== 0),
        name,
      ).toBe(true);
  });
});

describe('A language model', () => {
  it('takes shorter texts than its context: the first logits are the same', () => {
    const model = build();
    const [short, long] = [tf.slice2d(batch(), [0, 0], [3, 2]), batch()].map((x) => logitsOf(model, x));
    expect(relativeError(short.dataSync(), tf.slice(long, [0, 0, 0], [3, 2, -1]).dataSync())).toBeLessThan(1e-6);
  });

  it('has one table less where weights are tied', () => {
    const [tied, free] = [true, false].map((tieWeights) => build({ tieWeights }).countParams());
    expect(free - tied).toBe(vocabularySize * 8);
  });

  it('compares blocks by their parameters: a HQKAN of a quarter of the width has a seventh of a MLP', () => {
    const { block, beside, ratio } = compareParameters(hqkanBlock(), mlpBlock(), 64);
    expect(beside).toBe(2 * 64 * 256 + 256 + 64);
    expect(block).toBe(2 * 64 * 16 + 16 + 64 + 16 * 16 * 9);
    expect(ratio).toBeLessThan(1 / 3);
  });
});

describe('attention', () => {
  it('is the same on the host and by tensor operations, and so is its gradient', () => {
    const projections = tf.tensor3d(
      Float32Array.from({ length: 2 * 5 * 12 }, () => random.normal()),
      [2, 5, 12],
    );
    const [host, tensors] = [hostAttention, tensorAttention].map((attend) => {
      const weigh = (y: tf.Tensor) => tf.sum(tf.mul(y, tf.sin(tf.reshape(tf.range(1, y.size + 1), y.shape))));
      const gradient = tf.grad((x: tf.Tensor) => weigh(attend(x as tf.Tensor3D, 2)))(projections);
      return [attend(projections, 2), gradient].map((tensor) => tensor.dataSync());
    });
    host.forEach((values, k) => {
      expect(relativeError(values, tensors[k])).toBeLessThan(1e-5); // sums of 5 terms in float32
    });
  });
});

describe('normalise', () => {
  it('is the same on the host and by tensor operations, and so are its gradients', () => {
    const [x, gain, shift] = [[2, 3, 4], [4], [4]].map((shape) =>
      tf.reshape(tf.sin(tf.range(1, tf.util.sizeFromShape(shape) + 1)), shape),
    );
    const [host, tensors] = [hostNormalise, tensorNormalise].map((evaluate) => {
      const weigh = (y: tf.Tensor) => tf.sum(tf.mul(y, tf.cos(tf.reshape(tf.range(1, y.size + 1), y.shape))));
      const gradients = tf.grads((...inputs: tf.Tensor[]) => weigh(evaluate(inputs[0], inputs[1], inputs[2])));
      return [evaluate(x, gain, shift), ...gradients([x, gain, shift])].map((tensor) => tensor.dataSync());
    });
    host.forEach((values, k) => {
      expect(relativeError(values, tensors[k])).toBeLessThan(1e-5); // rows of 4 in float32
    });
  });
});

describe('crossEntropy', () => {
  it.each(['cpu', 'wasm'] as const)('is −log softmax at the labels, on %s', async (backend) => {
    await useBackend(backend);
    const logits = tf.tensor2d([
      [1, 2, 3],
      [1000, 0, -1000],
      [0, 0, 0],
    ]);
    const labels = tf.tensor1d([0, 1, 2], 'int32');
    const wanted = (-Math.log(Math.exp(1) / (Math.exp(1) + Math.exp(2) + Math.exp(3))) + 1000 + Math.log(3)) / 3;
    expect(Math.abs(crossEntropy(logits, labels).dataSync()[0] - wanted) / wanted).toBeLessThan(1e-6);
    const gradient = tf
      .grad((x: tf.Tensor) => crossEntropy(x, labels))(logits)
      .arraySync() as number[][];
    expect(relativeError(gradient[1], [1 / 3, -1 / 3, 0])).toBeLessThan(1e-6);
    await useBackend('cpu');
  });
});

describe('generate', () => {
  const draw = (options: object) => generate(build(), [0, 1], { length: 12, ...options });

  it('continues a text beyond the context, the same for the same seed', async () => {
    const [a, b, c] = [await draw({ seed: 1 }), await draw({ seed: 1 }), await draw({ seed: 2 })];
    expect(a).toHaveLength(12);
    expect(a.every((token) => token >= 0 && token < vocabularySize)).toBe(true);
    expect(b).toEqual(a);
    expect(c).not.toEqual(a);
  });

  it('takes the likeliest token at temperature 0, whatever the seed', async () => {
    const text = await draw({ temperature: 0, seed: 1 });
    expect(text).toEqual(await draw({ temperature: 0, seed: 2 }));
    expect(text).toEqual(await draw({ top: 1, seed: 3 }));
    const logits = [...(logitsOf(build(), tf.tensor2d([[0, 1]], [1, 2], 'int32')).dataSync() as Float32Array)].slice(
      -5,
    );
    expect(text[0]).toBe(logits.indexOf(Math.max(...logits)));
  });
});

describe('evaluateLanguageModel', () => {
  it('is the loss over all windows, whatever the batch; its exponential is the perplexity', async () => {
    const model = build();
    const text = Int32Array.from({ length: 50 }, (_, k) => (k * k) % vocabularySize);
    const [one, many] = [
      await evaluateLanguageModel(model, text, { context, batchSize: 3 }),
      await evaluateLanguageModel(model, text, { context }),
    ];
    expect(Math.abs(one.loss - many.loss)).toBeLessThan(1e-6);
    expect(many.perplexity).toBe(Math.exp(many.loss));
    expect(many.tokens).toBe(48);
  });
});
