import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { characterTokenizer } from '../../../src/data/characters.js';
import { markovText } from '../../../src/data/markovText.js';
import { ngramLoss } from '../../../src/data/ngram.js';
import { Random } from '../../../src/foundation/random.js';
import { useWasmKernels } from '../../../src/tf/kernel.js';
import { grkanBlock, hqkanBlock, kanBlock, mlpBlock } from '../../../src/tf/language/feedForward.js';
import { evaluateLanguageModel } from '../../../src/tf/language/loss.js';
import { languageModel } from '../../../src/tf/language/model.js';
import { type LanguageTrainingOptions, learningRateAt } from '../../../src/tf/language/settings.js';
import { type LanguageTrainingState, trainLanguageModel } from '../../../src/tf/language/train.js';
import { readCheckpoint, writeCheckpoint } from '../../../src/tf/storage/checkpoint.js';
import { useBackend } from '../environment.js';

const source = markovText({ length: 12_000, letters: 5, choices: 2, seed: 1 });
const tokens = characterTokenizer(source).encode(source);
const [text, validation] = [tokens.subarray(0, 10_000), tokens.subarray(10_000)];
const build = (feedForward = hqkanBlock({ latent: 2, reps: 1 })) =>
  languageModel({ vocabularySize: 5, context: 4, width: 8, heads: 2, blocks: 1, feedForward, seed: 1 });
const options: LanguageTrainingOptions = { steps: 6, batchSize: 2, seed: 5, warmup: 2 };
const weights = (model: ReturnType<typeof build>) => model.getWeights().map((weight) => [...weight.dataSync()]);

beforeAll(async () => {
  await useBackend('wasm');
  await useWasmKernels(1);
});

describe('trainLanguageModel', () => {
  it.each([
    mlpBlock({ hidden: 32 }),
    hqkanBlock({ latent: 6, reps: 2 }),
    kanBlock({ basis: 'fourier' }),
    grkanBlock({ hidden: 32 }),
  ])('makes a model with the block $name better than a model of pairs', async (feedForward) => {
    const model = languageModel({
      vocabularySize: 5,
      context: 6,
      width: 16,
      heads: 2,
      blocks: 1,
      feedForward,
      seed: 1,
    });
    const training = { steps: 60, batchSize: 24, learningRate: 0.02, seed: 2, validation };
    const { history } = await trainLanguageModel(model, text, training);
    const bigram = ngramLoss(text, validation, { n: 2, vocabularySize: 5 });
    expect(history[59].validationLoss).toBeLessThan(bigram - 0.1);
  });

  it('goes on from a checkpoint with the same bits', async () => {
    const whole = build();
    await trainLanguageModel(whole, text, options);
    const half = build();
    const abort = new AbortController();
    const { state, stopped } = await trainLanguageModel(half, text, {
      ...options,
      signal: abort.signal,
      onStep: ({ step }) => {
        if (step === 3) abort.abort();
      },
    });
    expect(stopped).toBe('aborted');
    expect(state.random).not.toEqual(new Random(5).state()); // every step draws other windows
    const saved = await writeCheckpoint({ model: half, training: state, notes: null });
    const { model, training } = await readCheckpoint<LanguageTrainingState>(saved);
    const { history } = await trainLanguageModel(model, text, { ...options, resume: training });
    expect(history.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(weights(model)).toEqual(weights(whole));
  });

  it('gives the same bits for the same seed', async () => {
    const [a, b] = [build(), build()];
    await trainLanguageModel(a, text, options);
    await trainLanguageModel(b, text, options);
    expect(weights(a)).toEqual(weights(b));
  });

  it('ends with the last good parameters where the loss is not finite', async () => {
    const model = build();
    const first = model.trainableWeights[0].read() as tf.Variable;
    let good: number[][] = [];
    const { stopped, message, history, state } = await trainLanguageModel(model, text, {
      ...options,
      onStep: ({ step }) => {
        if (step !== 2) return;
        good = weights(model);
        first.assign(tf.fill(first.shape, Number.NaN));
      },
    });
    expect([stopped, history.length]).toEqual(['not finite', 2]);
    expect(message).toContain('in step 3');
    expect(state.parameters.every(Number.isFinite)).toBe(true);
    expect(weights(model)).toEqual(good);
  });

  it('leaves no tensors behind', async () => {
    const model = build();
    await trainLanguageModel(model, text, { ...options, steps: 1 });
    const before = tf.memory().numTensors;
    await trainLanguageModel(model, text, { ...options, steps: 2, validation });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('records losses, norms, rates and validation', async () => {
    const model = build();
    const { history } = await trainLanguageModel(model, text, { ...options, validation, validateEvery: 4 });
    expect(history.map(({ validationLoss }) => validationLoss !== undefined)).toEqual(
      [1, 2, 3, 4, 5, 6].map((step) => step === 4 || step === 6),
    );
    expect(history[5].validationLoss).toBe((await evaluateLanguageModel(model, validation, { context: 4 })).loss);
    expect(history.every(({ gradientNorm, seconds }) => gradientNorm > 0 && seconds > 0)).toBe(true);
  });
});

describe('The learning rate', () => {
  it('rises to the highest, and falls to a tenth', () => {
    const settings = { learningRate: 2, warmup: 4, steps: 20 };
    const rates = Array.from({ length: 20 }, (_, k) => learningRateAt(k + 1, settings));
    expect(rates.slice(0, 4)).toEqual([0.5, 1, 1.5, 2]);
    expect(rates[19]).toBeCloseTo(0.2, 12);
    for (let k = 4; k < 20; k++) expect(rates[k]).toBeLessThan(rates[k - 1]);
  });
});
