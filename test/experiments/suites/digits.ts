import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../../src/foundation/random.js';
import { countParameters, datasetTensors, predictArray } from '../../../src/tf/plainArrays.js';
import { fit } from '../../../src/tf/training/fit.js';
import type { Experiment, Job, Outcome } from '../experiment.js';
import { families } from '../models/families.js';
import { type Family, matchedSize } from '../models/matched.js';
import { type Labelled, readLabelledCsv, readLabelledIdx } from './read.js';

const CLASSES = 10;
const models: Readonly<Record<string, Family>> = families;
const compared = ['MLP', 'KAN bspline', 'KAN fourier', 'KAN chebyshev', 'GR-KAN', 'QKAN rpz', 'HQKAN'];

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

async function run({ model: name, seed, settings }: Job): Promise<Outcome> {
  const { budget, epochs, rate, batch } = settings.numbers;
  const [train, test] = settings.data ? await readData(settings.data) : [madeDigits(400, 1), madeDigits(200, 2)];
  const inputs = train.x.length / train.samples;
  const highest = train.x.reduce((most, value) => Math.max(most, value), 0);
  const scaled = (x: Float64Array): Float64Array => x.map((value) => (2 * value) / highest - 1);
  const targets = new Float64Array(train.samples * CLASSES);
  train.labels.forEach((label, s) => {
    targets[s * CLASSES + label] = 1;
  });
  const family = models[name];
  const model = family.build(inputs, CLASSES, matchedSize(family, inputs, CLASSES, budget), seed);
  const data = datasetTensors(train.samples, scaled(train.x), targets);
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
  const logits = predictArray(model, scaled(test.x));
  const wrong = test.labels.filter((label, s) => {
    const row = logits.subarray(s * CLASSES, (s + 1) * CLASSES);
    return row.indexOf(Math.max(...row)) !== label;
  }).length;
  const parameters = countParameters(model);
  tf.dispose([data.x, data.y]);
  model.dispose();
  return { metrics: { error: (100 * wrong) / test.samples }, parameters };
}

const numbers = { budget: 2400, epochs: 9, rate: 0.01, batch: 64 };

/** Handwritten digits, or other labelled images, by all families. */
export const digits: Experiment = {
  name: 'digits',
  title: 'Optical digits',
  about: ({ numbers: n, seeds, data }) =>
    `${data ? 'Images' : 'Made images (templates and noise)'} of ten classes, scaled to [−1, 1]. Each model has the size whose number of
trained parameters is nearest to ${n.budget}. ${n.epochs} passes of Adam in float64, ${n.batch} images an update, learning rate ${n.rate}, 0.3 and 0.1
of it in the second and last third; QKAN and HQKAN are rpz, r = 3, with trained encodings. The error is that after the last pass. Mean ± standard deviation over seeds ${seeds.join(', ')}.`,
  measures: [{ metric: 'error', title: 'test error, %' }],
  full: { tasks: ['digits'], models: compared, seeds: [0, 1, 2, 3, 4], numbers },
  quick: {
    tasks: ['made digits'],
    models: ['MLP', 'KAN bspline', 'QKAN rpz', 'HQKAN'],
    seeds: [0, 1, 2, 3, 4],
    numbers: { ...numbers, budget: 700, epochs: 3 },
  },
  needs:
    'CSV files, the class last, those to train and at last the one to test; or four IDX files: images and classes of both',
  run,
};
