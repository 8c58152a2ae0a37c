import { split } from '../../../src/data/split.js';
import { type BooleanFunctionName, booleanDataset } from '../../../src/data/suites/boolean.js';
import type { Experiment, Job, Outcome } from '../experiment.js';
import { families } from '../models/families.js';
import type { Family } from '../models/matched.js';
import { aboutFamilies, aboutTraining, trainFamily } from './trainFamily.js';

const models: Readonly<Record<string, Family>> = families;

const tasks: Readonly<Record<string, readonly [BooleanFunctionName, bits: number]>> = {
  'parity of 6': ['parity', 6],
  'parity of 8': ['parity', 8],
  'parity of 3 of 8': ['sparseParity', 8],
  'majority of 7': ['majority', 7],
};

async function run(job: Job): Promise<Outcome> {
  const [name, bits] = tasks[job.task];
  const { train, test } = split(booleanDataset(name, bits), { testFraction: 0.5, seed: 1000 + job.seed });
  const { prediction, parameters } = await trainFamily(models[job.model], train, test.x, job);
  const wrong = prediction.filter((value, s) => Math.sign(value) !== test.y[s]).length;
  return { metrics: { error: (100 * wrong) / test.numSamples }, parameters };
}

const numbers = { budget: 200, steps: 5, iterations: 20 };

/** Boolean functions, of which half of all inputs are learned and the other half is asked for. */
export const parity: Experiment = {
  name: 'parity',
  title: 'Parity and other Boolean functions',
  about: (settings) =>
    `Bits are ±1, and so is their function: the product of all (parity) or of the first three, or the sign of the sum. A half of all
inputs, drawn by the seed, is learned; the error is the share of wrong signs on the other half, 50 % for guessing a parity.
${aboutFamilies(settings)}
${aboutTraining(settings)}.`,
  measures: [{ metric: 'error', title: 'test error, %', average: 'arithmetic' }],
  full: { tasks: Object.keys(tasks), models: Object.keys(models), seeds: [0, 1, 2, 3, 4], numbers },
  quick: {
    tasks: ['parity of 6'],
    models: ['MLP', 'MLP DARUAN', 'KAN bspline', 'QKAN rpz', 'HQKAN'],
    seeds: [0, 1, 2, 3, 4],
    numbers: { ...numbers, budget: 100, steps: 2 },
  },
  run,
};
