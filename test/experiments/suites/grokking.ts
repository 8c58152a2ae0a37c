import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { pointwise } from '../../../src/activations/activation.js';
import type { Dataset } from '../../../src/data/dataset.js';
import { split } from '../../../src/data/split.js';
import { modularAddition, offDiagonalRatio, spectralConcentration } from '../../../src/data/suites/modular.js';
import { adamStart } from '../../../src/optimise/adam.js';
import { adamwStep } from '../../../src/optimise/adamw.js';
import { type MLPArgs, mlp } from '../../../src/tf/MLP.js';
import { countParameters, datasetTensors } from '../../../src/tf/plainArrays.js';
import { hostEngine } from '../../../src/tf/training/engine.js';
import { ParameterVector } from '../../../src/tf/training/variables.js';
import type { Experiment, Job, Outcome } from '../experiment.js';
import { type Family, matchedSize } from '../models/matched.js';
import { errorRate, largestOf } from './errorRate.js';

/** One hidden layer of nodes. */
const hidden = (activation: NonNullable<MLPArgs['activation']>): Family => ({
  build: (inputs, outputs, nodes, seed) => mlp({ width: [inputs, nodes, outputs], activation, seed }),
});

const square = {
  name: 'square',
  options: {},
  blocks: () => [],
  ...pointwise({ value: (x) => x * x, slope: (x) => 2 * x }),
};
const daruan = { name: 'daruan', ansatz: 'rpz', preactivationTrainable: true } as const;

const models: Readonly<Record<string, Family>> = {
  ReLU: hidden({ name: 'fixed', function: 'relu' }),
  SiLU: hidden({ name: 'fixed', function: 'silu' }),
  square: hidden(square),
  'Fourier series': hidden({ name: 'nodewise', basis: { name: 'fourier', frequencies: 3 } }),
  DARUAN: hidden(daruan),
  'DARUAN wide': hidden({ ...daruan, weightInitializer: 'powersOfThree' }),
};

/** The share of wrong sums, %. */
const errorOf = (model: tfl.LayersModel, { x, y, targets }: Dataset): number =>
  errorRate(model, x, largestOf(y, targets.length));

/** Mean over hidden nodes of the concentration of their weights to the first number. */
function meanConcentration(model: tfl.LayersModel, modulus: number): number {
  const [kernel] = model.layers[0].getWeights();
  const weights = kernel.dataSync();
  const nodes = kernel.shape[0];
  let sum = 0;
  for (let o = 0; o < nodes; o++)
    sum += spectralConcentration(weights.subarray(o * 2 * modulus, (2 * o + 1) * modulus));
  return sum / nodes;
}

/** How far hidden features are from being independent, on all sums. */
function dependence(model: tfl.LayersModel, { x, numSamples, inputs }: Dataset): number {
  const features = tf.tidy(() => {
    const pairs = tf.tensor2d(Float32Array.from(x), [numSamples, inputs.length]);
    return model.layers.slice(0, 2).reduce((h: tf.Tensor, layer) => layer.apply(h) as tf.Tensor, pairs);
  });
  const ratio = offDiagonalRatio(Float64Array.from(features.dataSync()), numSamples);
  features.dispose();
  return ratio;
}

async function run({ model: name, seed, settings }: Job): Promise<Outcome> {
  const { modulus, budget, steps, rate, decay, every, fraction } = settings.numbers;
  const all = modularAddition(modulus);
  const { train, test } = split(all, { testFraction: 1 - fraction, seed: 100 + seed });
  const family = models[name];
  const model = family.build(2 * modulus, modulus, matchedSize(family, 2 * modulus, modulus, budget), seed);
  const vector = new ParameterVector(model);
  const data = datasetTensors(train.numSamples, train.x, train.y);
  const objective = hostEngine(model, data, 'softmaxCrossEntropy').objective();
  let [state, parameters] = [adamStart(vector.length), vector.read()];
  let [learned, grasped] = [steps, steps];
  for (let step = 1; step <= steps; step++) {
    const { gradient } = await objective(parameters);
    ({ state, parameters } = adamwStep(state, parameters, gradient, { learningRate: rate, weightDecay: decay }));
    if (step % every !== 0) continue;
    vector.write(parameters);
    if (learned === steps && errorOf(model, train) === 0) learned = step;
    if (grasped === steps && errorOf(model, test) <= 5) grasped = step;
  }
  vector.write(parameters);
  const metrics = {
    error: errorOf(model, test),
    learned,
    grasped,
    concentration: meanConcentration(model, modulus),
    dependence: dependence(model, all),
  };
  const count = countParameters(model);
  for (const tensor of [data.x, data.y]) tensor.dispose();
  model.dispose();
  return { metrics, parameters: count };
}

const numbers = { modulus: 23, budget: 2500, steps: 600, rate: 0.01, decay: 1, every: 25, fraction: 0.7 };

/** Addition modulo M: whether and when a network that knows some of all sums grasps the others. */
export const grokking: Experiment = {
  name: 'grokking',
  title: 'Modular addition',
  about: ({ numbers: n, seeds }) =>
    `${100 * n.fraction} % of all sums of two numbers modulo ${n.modulus}, drawn by the seed, are learned, the others asked for. Both numbers
are one-hot; one hidden layer, whose size gives about ${n.budget} trained parameters. "square" is x²; Fourier series (to frequency 3) and
DARUAN (rpz, r = 3, trained encodings, "wide" from 1, 3, 9) are each node's own. ${n.steps} steps of AdamW in float64 on all training sums
at once, learning rate ${n.rate}, weight decay ${n.decay}, the same for all, chosen in short trials. "Learned" and "grasped" are the steps after which
no training sum is wrong, and at most 5 % of the others are: every ${n.every} steps are looked at, and ${n.steps} also stands for never.
Concentration is the largest share of one Fourier mode in a node's weights, 1 for a node that knows a single frequency, mean over nodes;
dependence is ‖G − diag G‖/‖diag G‖ of the Gram matrix of hidden features. Mean ± standard deviation over seeds ${seeds.join(', ')}.`,
  measures: [
    { metric: 'error', title: 'test error, %', average: 'arithmetic' },
    { metric: 'learned', title: 'learned, steps' },
    { metric: 'grasped', title: 'grasped, steps' },
    { metric: 'concentration', title: 'concentration' },
    { metric: 'dependence', title: 'dependence' },
  ],
  full: { tasks: ['sums'], models: Object.keys(models), seeds: [0, 1, 2, 3, 4], numbers },
  quick: {
    tasks: ['sums'],
    models: ['ReLU', 'DARUAN wide'],
    seeds: [0, 1, 2, 3, 4],
    numbers: { ...numbers, modulus: 7, budget: 300, steps: 50 },
  },
  run,
};
