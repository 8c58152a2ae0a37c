import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../../src/foundation/random.js';
import { countParameters, datasetTensors } from '../../../src/tf/plainArrays.js';
import { fit } from '../../../src/tf/training/fit.js';
import type { Experiment, Job, Outcome } from '../experiment.js';
import { classifiers } from '../models/families.js';
import { type Family, matchedSize } from '../models/matched.js';
import { errorRate } from './errorRate.js';
import { type Labelled, readLabelledCsv, readLabelledIdx } from './read.js';

const CLASSES = 10;
const models: Readonly<Record<string, Family>> = classifiers;

/** Read once a process: every job learns the same images. */
const read = new Map<string, Promise<readonly [train: Labelled, test: Labelled]>>();

function readData(paths: readonly string[]): Promise<readonly [Labelled, Labelled]> {
  const key = paths.join();
  const known = read.get(key);
  if (known) return known;
  const isIdx = paths.length === 4;
  const data = isIdx
    ? Promise.resolve([readLabelledIdx(paths[0], paths[1]), readLabelledIdx(paths[2], paths[3])] as const)
    : Promise.all([joined(paths.slice(0, -1)), readLabelledCsv(paths[paths.length - 1])]);
  read.set(key, data);
  return data;
}

async function joined(paths: readonly string[]): Promise<Labelled> {
  const parts = await Promise.all(paths.map(readLabelledCsv));
  return {
    samples: parts.reduce((sum, { samples }) => sum + samples, 0),
    x: Float64Array.from(parts.flatMap(({ x }) => [...x])),
    labels: Int32Array.from(parts.flatMap(({ labels }) => [...labels])),
  };
}

/** Made images, 8 × 8, values 0 … 16: ten random templates and noise. */
function madeDigits(samples: number, seed: number): Labelled {
  const templates = new Random(5);
  const centres = Float64Array.from({ length: CLASSES * 64 }, () => 16 * templates.uniform());
  const random = new Random(seed);
  const labels = Int32Array.from({ length: samples }, () => random.integer(CLASSES));
  const x = Float64Array.from({ length: samples * 64 }, (_, at) =>
    Math.min(16, Math.max(0, centres[labels[Math.floor(at / 64)] * 64 + (at % 64)] + random.normal(0, 6))),
  );
  return { samples, x, labels };
}

/** Some of the images. */
function takeImages({ samples: count, x, labels }: Labelled, chosen: Uint32Array): Labelled {
  const inputs = x.length / count;
  const rows = new Float64Array(chosen.length * inputs);
  chosen.forEach((sample, k) => {
    rows.set(x.subarray(sample * inputs, (sample + 1) * inputs), k * inputs);
  });
  return { samples: chosen.length, x: rows, labels: Int32Array.from(chosen, (sample) => labels[sample]) };
}

async function run({ task, model: name, seed, settings }: Job): Promise<Outcome> {
  const { budget, epochs, batch } = settings.numbers;
  const rate = Number(task);
  const images = settings.data ? await readData(settings.data) : [madeDigits(400, 1), madeDigits(200, 2)];
  const highest = images[0].x.reduce((most, value) => Math.max(most, value), 0);
  const [all, test] = images.map((part) => ({ ...part, x: part.x.map((value) => (2 * value) / highest - 1) }));
  const order = new Random(1000 + seed).permutation(all.samples);
  const held = Math.floor(all.samples / 5);
  const [validation, train] = [order.subarray(0, held), order.subarray(held)].map((part) => takeImages(all, part));
  const inputs = all.x.length / all.samples;
  const targets = new Float64Array(train.samples * CLASSES);
  train.labels.forEach((label, s) => {
    targets[s * CLASSES + label] = 1;
  });

  const family = models[name];
  const model = family.build(inputs, CLASSES, matchedSize(family, inputs, CLASSES, budget), seed);
  const data = datasetTensors(train.samples, train.x, targets);
  await fit(model, data, {
    loss: 'softmaxCrossEntropy',
    // the rate falls in three stages, whose memory of gradients starts afresh
    schedule: [1, 0.3, 0.1].map((share) => ({
      method: 'adam' as const,
      steps: Math.ceil(epochs / 3),
      learningRate: share * rate,
      batchSize: batch,
    })),
    seed,
  });
  const metrics = {
    validation: errorRate(model, validation.x, validation.labels),
    error: errorRate(model, test.x, test.labels),
  };
  const parameters = countParameters(model);
  tf.dispose([data.x, data.y]);
  model.dispose();
  return { metrics, parameters };
}

const numbers = { budget: 2400, epochs: 9, batch: 64 };
const rates = ['0.003', '0.01', '0.03'];

/** Handwritten digits, or other labelled images, by all families. */
export const digits: Experiment = {
  name: 'digits',
  title: 'Optical digits',
  about: ({ numbers: n, tasks, seeds, data }) =>
    `${data ? 'Images' : 'Made images (templates and noise)'} of ten classes, scaled to [−1, 1]. Each model has the size whose
number of trained parameters is nearest to ${n.budget}. ${n.epochs} passes of Adam in float64 over four fifths of the images to train,
${n.batch} images an update; the last fifth validates. Each model takes, of the learning rates ${tasks.join(', ')} (in the second and
last third 0.3 and 0.1 of it), the one with the lowest mean validation error; the test has no part in the choice. Where not said
otherwise B-splines have 5 cells, Fourier series 5 frequencies, and QKAN, HQKAN and DARUAN are rpz, r = 3, with trained encodings.
Mean ± standard deviation over seeds ${seeds.join(', ')}, which draw initial values and what validates.`,
  measures: [{ metric: 'error', title: 'test error, %', average: 'arithmetic' }],
  choice: { by: 'validation', title: 'learning rate' },
  full: { tasks: rates, models: Object.keys(models), seeds: [0, 1, 2, 3, 4], numbers },
  quick: {
    tasks: rates.slice(1),
    models: ['MLP', 'KAN bspline', 'QKAN rpz', 'HQKAN'],
    seeds: [0, 1, 2, 3, 4],
    numbers: { ...numbers, budget: 700, epochs: 3 },
  },
  needs:
    'CSV files, the class last, those to train and at last the one to test; or four IDX files: images and classes of both',
  run,
};
