/**
 * A small transformer learns made text with every kind of feed-forward block: 100,000 letters of a second-order Markov source,
 * which no model of pairs of letters can explain. Everything but the block is the same.
 */
import * as tf from '@tensorflow/tfjs-core';
import { characterTokenizer } from '../../src/data/characters.js';
import { markovText } from '../../src/data/markovText.js';
import { ngramLoss } from '../../src/data/ngram.js';
import { selectBackend } from '../../src/tf/backend.js';
import {
  compareParameters,
  type FeedForward,
  grkanBlock,
  hqkanBlock,
  kanBlock,
  mlpBlock,
  qkanBlock,
} from '../../src/tf/language/feedForward.js';
import { languageModel } from '../../src/tf/language/model.js';
import { trainLanguageModel } from '../../src/tf/language/train.js';
import { printTable, say } from './turns.js';

const TRAIN = 100_000;
const TEST = 10_000;
const SIZES = { context: 16, width: 32, heads: 2, blocks: 2 } as const;
const TRAINING = { steps: 160, batchSize: 24, learningRate: 0.02, validateEvery: 20 } as const;

const blocks: readonly FeedForward[] = [
  mlpBlock(),
  hqkanBlock({ reps: 3 }),
  qkanBlock({ hidden: [8], reps: 3 }),
  kanBlock({ hidden: [8], basis: 'bspline' }),
  kanBlock({ hidden: [8], basis: { name: 'fourier', frequencies: 2 }, coefficientDeviation: 0.05 }),
  grkanBlock(),
];

tf.enableProdMode();
const backend = await selectBackend();
const source = markovText({ length: TRAIN + TEST, letters: 12, order: 2, choices: 3, seed: 1 });
const tokenizer = characterTokenizer(source);
const tokens = tokenizer.encode(source);
const [text, validation] = [tokens.subarray(0, TRAIN), tokens.subarray(TRAIN)];
const vocabularySize = tokenizer.vocabulary.length;
const baseline = (n: number) => ngramLoss(text, validation, { n, vocabularySize });
const bigram = baseline(2);

const rows = [];
for (const feedForward of blocks) {
  const model = languageModel({ ...SIZES, vocabularySize, feedForward, seed: 1 });
  const { history } = await trainLanguageModel(model, text, { ...TRAINING, seed: 2, validation });
  const measured = history.filter(({ validationLoss }) => validationLoss !== undefined);
  const last = measured[measured.length - 1];
  const below = measured.find(({ validationLoss }) => validationLoss! < bigram);
  const { block, ratio } = compareParameters(feedForward, mlpBlock(), SIZES.width);
  rows.push([
    feedForward.name,
    String(block),
    `${(100 * ratio).toFixed(0)} %`,
    last.validationLoss!.toFixed(3),
    Math.exp(last.validationLoss!).toFixed(2),
    below ? String(below.step) : 'never',
    ((1000 * last.seconds) / last.step).toFixed(0),
  ]);
  model.dispose();
}
const { context, width, heads, blocks: depth } = SIZES;
const { steps, batchSize } = TRAINING;
say(`tfjs backend ${backend.name}; ${depth} blocks of width ${width}, ${heads} heads, context ${context}; ${steps} steps of
${batchSize} windows. Loss on ${TEST} letters more, in nats: ${bigram.toFixed(3)} of a bigram model, ${baseline(3).toFixed(3)} of a trigram model.\n`);
printTable(
  [
    'feed-forward',
    'parameters a block',
    'beside the MLP',
    'loss',
    'perplexity',
    'below bigram after steps',
    'ms a step',
  ],
  rows,
);
