import { findError, findPoints, findSuite } from '../../../src/data/suites/find.js';
import { sampleTask, taskNamed } from '../../../src/data/suites/task.js';
import type { Experiment, Job, Outcome } from '../experiment.js';
import { activations } from '../models/families.js';
import type { Family } from '../models/matched.js';
import { aboutTraining, quickNumbers, trainFamily } from './trainFamily.js';

const models: Readonly<Record<string, Family>> = activations;
const suite = findSuite({ seed: 1 });
const named = (trigonometric: boolean): readonly string[] =>
  suite.filter((task) => task.trigonometric === trigonometric).map(({ name }) => name);

async function run(job: Job): Promise<Outcome> {
  const task = taskNamed(suite, job.task);
  const { train } = sampleTask(task, {
    trainSamples: job.settings.numbers.samples,
    testSamples: 0,
    seed: 1000 + job.seed,
  });
  const [, reach] = task.ranges[0];
  const points = findPoints().map((x) => x / reach);
  const { prediction, parameters } = await trainFamily(models[job.model], train, points, job);
  const error = findError(task, prediction);
  return { metrics: { error, failed: error < 0.1 ? 0 : 100 }, parameters };
}

/** Functions as those of FIND, by one activation. */
export const find: Experiment = {
  name: 'find',
  title: 'Functions of one number, as in FIND',
  about: (settings) =>
    `${suite.length} functions of seventeen kinds, some composed of two, on [−128, 128]; judged at the half-integers by
Σ(y − ŷ)²/Σy², where less than 0.1 is a success. One input, one edge, one output: each activation has the size whose number of trained
parameters is nearest to ${settings.numbers.budget}. Inputs are scaled to [−1, 1]; ${settings.numbers.samples} samples. DARUAN is rpz with trained encodings and
SiLU beside it; the encoding weights of "wide" start at 1, 2, 4, …, the others at 1.
${aboutTraining(settings)}, which draw samples and initial values.`,
  measures: [
    { metric: 'error', title: 'Σ(y − ŷ)²/Σy²' },
    { metric: 'failed', title: 'failed, %', average: 'arithmetic' },
  ],
  groups: { trigonometric: named(true), others: named(false) },
  full: {
    tasks: suite.map(({ name }) => name),
    models: Object.keys(models),
    seeds: [0, 1, 2, 3, 4],
    numbers: { budget: 24, steps: 10, iterations: 20, samples: 500 },
  },
  quick: {
    tasks: suite.slice(9, 11).map(({ name }) => name),
    models: Object.keys(models),
    seeds: [0, 1, 2, 3, 4],
    numbers: { ...quickNumbers, budget: 24 },
  },
  run,
};
