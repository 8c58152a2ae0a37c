/**
 * How well and how fast a QKAN trains: medians of five seeds, 1000 + 1000 points, everything trainable, r = 3, ⟨Z⟩.
 * The paper's package (arXiv:2509.14026, PyTorch, 2 threads, same kind of machine and protocol) is quoted for comparison.
 */
import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../src/foundation/random.js';
import { selectBackend } from '../../src/tf/backend.js';
import type { WeightInitializer } from '../../src/tf/layers/initialise.js';
import { qkan } from '../../src/tf/QKAN.js';
import { evaluateLoss } from '../../src/tf/training/engine.js';
import { type FitOptions, fit } from '../../src/tf/training/fit.js';

interface Task {
  readonly target: string;
  readonly width: readonly number[];
  readonly range: readonly [number, number];
  readonly f: (...x: number[]) => number;
  readonly steps: number;
  readonly package: { readonly error: number; readonly seconds: number };
}

const tasks: readonly Task[] = [
  {
    target: 'exp(sin πx + y²) on [−1, 1]²',
    width: [2, 5, 1],
    range: [-1, 1],
    f: (x, y) => Math.exp(Math.sin(Math.PI * x) + y * y),
    steps: 20,
    package: { error: 8e-5, seconds: 5 },
  },
  {
    target: 'sin(20x)/(20x) on [0, 1]',
    width: [1, 1],
    range: [0, 1],
    f: (x) => (x === 0 ? 1 : Math.sin(20 * x) / (20 * x)),
    steps: 100,
    package: { error: 5e-5, seconds: 4 },
  },
];

const settings: readonly { readonly weights: WeightInitializer; readonly precision: FitOptions['precision'] }[] = [
  { weights: 'ones', precision: 'float64' },
  { weights: 'powersOfThree', precision: 'float64' },
  { weights: 'ones', precision: 'float32' },
];

const SEEDS = [0, 1, 2, 3, 4];
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

function samples({ width, range, f }: Task, random: Random) {
  const points = Array.from({ length: 1000 }, () => Array.from({ length: width[0] }, () => random.uniform(...range)));
  return { x: tf.tensor2d(points), y: tf.tensor2d(points.map((point) => [f(...point)])) };
}

async function run(task: Task, seed: number, setting: (typeof settings)[number]) {
  const random = new Random(1000 + seed);
  const [train, test] = [samples(task, random), samples(task, random)];
  const model = qkan({
    width: task.width,
    reps: 3,
    seed,
    preactivationTrainable: true,
    postactivationWeightTrainable: true,
    postactivationBiasTrainable: true,
    weightInitializer: setting.weights,
  });
  const start = performance.now();
  await fit(model, train, {
    schedule: [{ method: 'lbfgs', steps: task.steps, maxIterations: 20 }],
    precision: setting.precision,
  });
  return { error: evaluateLoss(model, test), seconds: (performance.now() - start) / 1000 };
}

tf.enableProdMode();
const backend = await selectBackend();
process.stdout.write(`tfjs backend ${backend.name}; L-BFGS, at most 20 inner iterations a step.\n\n`);
process.stdout.write(
  '| target, width | steps | encoding weights | precision | test MSE, median | best … worst | seconds |\n',
);
process.stdout.write('| --- | --- | --- | --- | --- | --- | --- |\n');
const digits = (value: number) => value.toExponential(1);
for (const task of tasks) {
  const name = `${task.target}, [${task.width}]`;
  for (const setting of settings) {
    const runs = [];
    for (const seed of SEEDS) runs.push(await run(task, seed, setting));
    const errors = runs.map(({ error }) => error);
    const spread = `${digits(Math.min(...errors))} … ${digits(Math.max(...errors))}`;
    const seconds = median(runs.map((result) => result.seconds)).toFixed(1);
    process.stdout.write(
      `| ${name} | ${task.steps} | ${setting.weights} | ${setting.precision} | ${digits(median(errors))} | ${spread} | ${seconds} |\n`,
    );
  }
  const { error, seconds } = task.package;
  process.stdout.write(
    `| ${name} | ${task.steps} | the paper's package | float32 | ${digits(error)} | | ${seconds} |\n`,
  );
}
