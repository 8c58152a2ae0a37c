import { characterTokenizer } from '../../../src/data/characters.js';
import { markovText } from '../../../src/data/markovText.js';
import { ngramLoss } from '../../../src/data/ngram.js';
import {
  compareParameters,
  type FeedForward,
  grkanBlock,
  hqkanBlock,
  kanBlock,
  mlpBlock,
  qkanBlock,
} from '../../../src/tf/language/feedForward.js';
import { languageModel } from '../../../src/tf/language/model.js';
import { trainLanguageModel } from '../../../src/tf/language/train.js';
import type { Experiment, Job, Outcome } from '../experiment.js';
import { readText } from './read.js';

/** The size of a block whose number of parameters is the nearest to a budget from below. */
function largest(
  width: number,
  budget: number,
  sizes: readonly number[],
  block: (size: number) => FeedForward,
): FeedForward {
  const fitting = sizes.filter((size) => compareParameters(block(size), block(size), width).block <= budget);
  return block(Math.max(sizes[0], ...fitting));
}

const upTo = (most: number): readonly number[] => Array.from({ length: most }, (_, k) => k + 1);

/** A block of a third of the parameters of the MLP block, by the name that tables give it. */
const thirds: Readonly<Record<string, (size: number) => FeedForward>> = {
  'MLP, a third': (hidden) => mlpBlock({ hidden }),
  HQKAN: (latent) => hqkanBlock({ latent, ansatz: 'rpz', preactivationTrainable: true }),
  'HQKAN fixed': (latent) => hqkanBlock({ latent }),
  'HQKAN r = 1': (latent) => hqkanBlock({ latent, ansatz: 'rpz', reps: 1, preactivationTrainable: true }),
  QKAN: (nodes) => qkanBlock({ hidden: [nodes], ansatz: 'rpz', preactivationTrainable: true }),
  'KAN bspline': (nodes) => kanBlock({ hidden: [nodes], basis: 'bspline' }),
  'KAN fourier': (nodes) =>
    kanBlock({ hidden: [nodes], basis: { name: 'fourier', frequencies: 2 }, coefficientDeviation: 0.05 }),
  'GR-KAN': (hidden) => grkanBlock({ hidden }),
};

function blockNamed(name: string, width: number): FeedForward {
  if (name === 'MLP') return mlpBlock();
  const budget = compareParameters(mlpBlock(), mlpBlock(), width).block / 3;
  return largest(width, budget, upTo(2 * width), thirds[name]);
}

interface Text {
  readonly vocabularySize: number;
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

const read = new Map<string, Text>();

/** The first nine tenths of a text to train, the rest to validate: its beginning, as much as is asked for. */
function textOf({ data, numbers }: Job['settings']): Text {
  const key = data?.[0] ?? '';
  const known = read.get(key);
  if (known) return known;
  const source = data ? readText(data[0]) : markovText({ length: 20_000, letters: 12, order: 2, choices: 3, seed: 1 });
  const tokenizer = characterTokenizer(source);
  const tokens = tokenizer.encode(source);
  const split = Math.floor(0.9 * tokens.length);
  const text = {
    vocabularySize: tokenizer.vocabulary.length,
    train: tokens.subarray(0, split),
    validation: tokens.subarray(split, split + numbers.validation),
  };
  read.set(key, text);
  return text;
}

async function run(job: Job): Promise<Outcome> {
  const { context, width, heads, blocks, steps, batch, rate } = job.settings.numbers;
  const { vocabularySize, train, validation } = textOf(job.settings);
  if (job.model.endsWith('gram')) {
    const n = job.model === 'bigram' ? 2 : 3;
    const loss = ngramLoss(train, validation, { n, vocabularySize });
    return { metrics: { loss, perplexity: Math.exp(loss) }, parameters: 0 };
  }
  const feedForward = blockNamed(job.model, width);
  const model = languageModel({ vocabularySize, context, width, heads, blocks, feedForward, seed: job.seed });
  const { history } = await trainLanguageModel(model, train, {
    steps,
    batchSize: batch,
    learningRate: rate,
    seed: 100 + job.seed,
    validation,
  });
  const loss = history[history.length - 1].validationLoss ?? Number.NaN;
  model.dispose();
  const { block: parameters } = compareParameters(feedForward, feedForward, width);
  return { metrics: { loss, perplexity: Math.exp(loss) }, parameters };
}

const numbers = { context: 32, width: 32, heads: 4, blocks: 2, steps: 200, batch: 16, rate: 0.01, validation: 10_000 };

/** Text, character by character, by a transformer with every kind of feed-forward block. */
export const text: Experiment = {
  name: 'text',
  title: 'Text, character by character, by feed-forward block',
  about: ({ numbers: n, seeds, data }) =>
    `${data ? 'A text' : 'A made text (Markov source of order 2)'}: its first nine tenths to train, ${n.validation} characters of the rest to
validate. A transformer of ${n.blocks} blocks, width ${n.width}, ${n.heads} heads, context ${n.context}; ${n.steps} steps of AdamW, ${n.batch} windows each, highest
learning rate ${n.rate}. All but "MLP" (hidden 4 × width) have the largest feed-forward block of at most a third of its parameters, which are
those of one block in the table. HQKAN and QKAN use rpz, r = 3, with trained encodings; "HQKAN fixed" is pz with the encoding weights 1. Loss in nats a character after the last step, perplexity = e^loss. Mean ± standard deviation over
seeds ${seeds.join(', ')}, which draw initial values and windows.`,
  measures: [
    { metric: 'loss', title: 'validation loss' },
    { metric: 'perplexity', title: 'perplexity' },
  ],
  full: { tasks: ['text'], models: ['MLP', ...Object.keys(thirds)], seeds: [0, 1, 2, 3, 4], numbers },
  quick: {
    tasks: ['made text'],
    models: ['MLP', 'MLP, a third', 'HQKAN'],
    seeds: [0, 1, 2, 3, 4],
    numbers: { ...numbers, context: 8, width: 16, blocks: 1, steps: 12, validation: 1000 },
  },
  needs: 'a text file',
  run,
};
