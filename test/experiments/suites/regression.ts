import { regressionErrors } from '../../../src/data/metrics.js';
import { type RegressionTask, sampleTask, taskNamed } from '../../../src/data/suites/task.js';
import type { Experiment, Job, Measure, Outcome, Settings } from '../experiment.js';
import { families } from '../models/families.js';
import type { Family } from '../models/matched.js';
import { aboutFamilies, aboutTraining, numbers, quickNumbers, trainFamily } from './trainFamily.js';

const relativeError: readonly Measure[] = [{ metric: 'rmse', title: 'test RMSE ÷ standard deviation' }];

const aboutRegression = (settings: Settings): string =>
  `${aboutFamilies(settings)}
Inputs are scaled to [−1, 1]. ${settings.numbers.samples} samples to train, ${settings.numbers.samples} to test.
${aboutTraining(settings)}, which draw samples and initial values.`;

/** Trains a family of matched size on a task. */
async function learnTask(task: RegressionTask, family: Family, job: Job): Promise<Outcome> {
  const { samples } = job.settings.numbers;
  const { train, test } = sampleTask(task, { trainSamples: samples, testSamples: samples, seed: 1000 + job.seed });
  const { prediction, deviation, parameters } = await trainFamily(family, train, test.x, job);
  return { metrics: { rmse: regressionErrors(prediction, test.y).rmse / deviation }, parameters };
}

/** What is chosen for a comparison. */
export interface Choice {
  /** Tasks of the full and of the quick comparison; the full one has all tasks by default. */
  readonly full?: readonly string[];
  readonly quick: readonly string[];
  /** Default: the networks of `families`, with about 200 parameters. */
  readonly models?: Readonly<Record<string, Family>>;
  readonly numbers?: Settings['numbers'];
  readonly about?: Experiment['about'];
}

/** A comparison of kinds of models on the tasks of a suite. */
export function regression(
  name: string,
  title: string,
  suite: () => readonly RegressionTask[],
  choice: Choice,
): Experiment {
  const tasks = suite();
  const chosen = choice.full ?? tasks.map((task) => task.name);
  const { about = aboutRegression } = choice;
  const models: Readonly<Record<string, Family>> = choice.models ?? families;
  const own = { models: Object.keys(models), seeds: [0, 1, 2, 3, 4] };
  const named = (trigonometric: boolean) =>
    tasks.filter((task) => task.trigonometric === trigonometric).map((task) => task.name);
  return {
    name,
    title,
    about,
    measures: relativeError,
    groups: { trigonometric: named(true), others: named(false) },
    full: { ...own, tasks: chosen, numbers: choice.numbers ?? numbers },
    quick: { ...own, tasks: choice.quick, numbers: quickNumbers },
    run: (job) => learnTask(taskNamed(tasks, job.task), models[job.model], job),
  };
}
