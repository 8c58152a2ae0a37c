import { regressionErrors } from '../../../src/data/metrics.js';
import { type RegressionTask, sampleTask, taskNamed } from '../../../src/data/suites/task.js';
import { datasetTensors, predictArray } from '../../../src/tf/plainArrays.js';
import { fit } from '../../../src/tf/training/fit.js';
import type { Experiment, Job, Measure, Outcome, Settings } from '../experiment.js';
import { families } from '../models/families.js';
import { type Family, matchedSize, parametersOf } from '../models/matched.js';

export const relativeError: readonly Measure[] = [{ metric: 'rmse', title: 'test RMSE ÷ standard deviation' }];

/** How functions are learned: L-BFGS in float64 on samples of a task. */
export const numbers = { budget: 200, steps: 5, iterations: 20, samples: 500 };

/** Few samples and steps. */
export const quickNumbers = { budget: 80, steps: 1, iterations: 10, samples: 100 };

export const aboutRegression = ({ numbers: n, seeds }: Settings): string =>
  `Each model has the size whose number of trained parameters is nearest to ${n.budget}: networks [inputs, hidden, outputs] of
Kolmogorov-Arnold layers; [inputs, hidden, hidden, outputs] of MLP (SiLU; with one trained CRReLU, PolyReLU or PolyNorm a layer; with B-splines
on [−2, 2], a rational function or DARUAN of each node's own) and of GR-KAN; latent features of HQKAN. S-KAN selects, for each node, B-splines,
Fourier series or DARUAN, and is counted by what it keeps. Inputs are scaled to [−1, 1], targets to mean 0 and deviation 1. ${n.samples} samples
to train, ${n.samples} to test; ${n.steps * n.iterations} iterations of L-BFGS for all, in float64 (S-KAN: divided among three temperatures and what is selected,
in float32). DARUAN, QKAN and HQKAN have r = 3 and train everything but biases of outputs; the encoding weights of "wide" start at 1, 3, 9, the others at 1; all but
"QKAN pz" use rpz, which says the same with fewer parameters. Mean ± standard deviation over seeds ${seeds.join(', ')}, which draw samples and initial values.`;

/** Trains a family of matched size on a task. */
async function learnTask(task: RegressionTask, family: Family, { seed, settings }: Job): Promise<Outcome> {
  const { budget, steps, iterations, samples } = settings.numbers;
  const { train, test } = sampleTask(task, { trainSamples: samples, testSamples: samples, seed: 1000 + seed });
  const mean = train.y.reduce((sum, y) => sum + y, 0) / samples;
  const deviation = Math.sqrt(train.y.reduce((sum, y) => sum + (y - mean) ** 2, 0) / samples);
  const scaled = (y: Float64Array): Float64Array => y.map((value) => (value - mean) / deviation);

  const inputs = train.inputs.length;
  const model = family.build(inputs, 1, matchedSize(family, inputs, 1, budget), seed);
  const data = datasetTensors(samples, train.x, scaled(train.y));
  const effort = { steps, maxIterations: iterations };
  if (family.train) await family.train(model, data, effort);
  else await fit(model, data, { schedule: [{ method: 'lbfgs', ...effort }] });
  const { rmse } = regressionErrors(predictArray(model, test.x), scaled(test.y));
  const parameters = parametersOf(family, model);
  for (const tensor of [data.x, data.y]) tensor.dispose();
  model.dispose();
  return { metrics: { rmse }, parameters };
}

/** What is chosen for a comparison. */
export interface Choice {
  /** Tasks of the full and of the quick comparison; the full one has all tasks by default. */
  readonly full?: readonly string[];
  readonly quick: readonly string[];
  /** What else is to be said. */
  readonly note?: string;
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
    about: (settings) => [about(settings), ...(choice.note ? [choice.note] : [])].join('\n\n'),
    measures: relativeError,
    groups: { trigonometric: named(true), others: named(false) },
    full: { ...own, tasks: chosen, numbers: choice.numbers ?? numbers },
    quick: { ...own, tasks: choice.quick, numbers: quickNumbers },
    run: (job) => learnTask(taskNamed(tasks, job.task), models[job.model], job),
  };
}
