import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { alphaDropout } from '../../src/activations/alphaDropout.js';
import { polyNorm } from '../../src/activations/polyNorm.js';
import { sdm, sdmLoss } from '../../src/activations/sdm.js';
import { dkwBand, similarityDistance } from '../../src/activations/sdmNeighbours.js';
import { activationFrom, activations } from '../../src/activations/table.js';
import { topAFA } from '../../src/activations/topAFA.js';
import { criticality } from '../../src/analysis/criticality.js';
import { daruanFunctions } from '../../src/analysis/daruanFunctions.js';
import { functionsOf, gaussianAverages } from '../../src/analysis/gaussian.js';
import { hlGaussTargets } from '../../src/analysis/hlGauss.js';
import { binnedInformation, kernelInformation } from '../../src/analysis/mutualInformation.js';
import { proSparseStrength } from '../../src/analysis/proSparse.js';
import { gaussHermite } from '../../src/analysis/quadrature.js';
import { cettThreshold, pplSparsity, winaMask } from '../../src/analysis/sparsity.js';
import { taxonomy } from '../../src/analysis/taxonomy.js';
import { baseFunctions } from '../../src/basis/baseFunctions.js';
import { AlphaDropout } from '../../src/tf/layers/AlphaDropout.js';
import { AttentionOutput } from '../../src/tf/layers/AttentionOutput.js';
import { EvoNormS0, WideDeep } from '../../src/tf/layers/activationLayers.js';
import { KArAt, sharedKArAt } from '../../src/tf/layers/KArAt.js';
import { KArAtOperators } from '../../src/tf/layers/KArAtOperators.js';
import { NodeActivation } from '../../src/tf/layers/NodeActivation.js';
import { Sdm } from '../../src/tf/layers/Sdm.js';
import { SparseAutoencoder } from '../../src/tf/layers/SparseAutoencoder.js';
import { mlp } from '../../src/tf/MLP.js';

const untyped = (value: unknown) => value as never;
const one = Float64Array.of(1);
const score = { logits: Float64Array.of(1, 2), classes: 2, similarity: one, distance: one };
const layer = { activations: Float64Array.of(1, 2), width: 1, labels: [0, 1] };
const constant = { value: () => 1, derivative: () => 0 };

/** Bad input of node-wise activations, attention and analysis, and what each must say. */
export const badInput: readonly { name: string; run: () => unknown; message: string | RegExp }[] = [
  {
    name: 'activation: no such name',
    run: () => activationFrom('mlp', untyped('swish')),
    message: /^mlp: expected activation to be one of "fixed", .*, got "swish"\.$/,
  },
  {
    name: 'activation: none',
    run: () => activationFrom('mlp', untyped(undefined)),
    message: 'mlp: expected activation to be a name, a name with options, or an Activation, got undefined.',
  },
  {
    name: 'wideDeep: a line',
    run: () => activations.wideDeep({ dimension: 1 }),
    message: 'wideDeep: expected dimension to be an integer ≥ 2, got 1.',
  },
  {
    name: 'WideDeep: no dimension',
    run: () => new WideDeep(untyped(undefined)),
    message: 'wideDeep: expected dimension to be an integer ≥ 2, got undefined.',
  },
  {
    name: 'crrelu: no number',
    run: () => activations.crrelu({ epsilon: Number.NaN }),
    message: 'crrelu: expected epsilon to be a finite number, got NaN.',
  },
  {
    name: 'dice: no number',
    run: () => activations.dice({ alpha: untyped('a') }),
    message: 'dice: expected alpha to be a finite number, got "a".',
  },
  {
    name: 'polyNorm: degree 0',
    run: () => polyNorm({ degree: 0 }),
    message: 'polyNorm: expected degree to be an integer in 1 … 10, got 0.',
  },
  {
    name: 'EvoNormS0: groups that do not divide',
    run: () => new EvoNormS0({ groups: 2 }).apply(tf.zeros([1, 3])),
    message: 'evoNormS0: expected groups to divide 3 features, got 2.',
  },
  {
    name: 'alphaDropout: everything',
    run: () => alphaDropout(one, 1, 0),
    message: 'alphaDropout: expected rate in [0, 1), got 1.',
  },
  {
    name: 'AlphaDropout: no rate',
    run: () => new AlphaDropout(untyped({})),
    message: 'alphaDropout: expected rate in [0, 1), got undefined.',
  },
  {
    name: 'sdm: a distance above 1',
    run: () => sdm({ ...score, distance: Float64Array.of(1.5) }),
    message: 'sdm: expected distance[0] in [0, 1], got 1.5.',
  },
  {
    name: 'sdm: a negative similarity',
    run: () => sdm({ ...score, similarity: Float64Array.of(-1) }),
    message: 'sdm: expected similarity[0] ≥ 0, got -1.',
  },
  {
    name: 'sdmLoss: a class too many',
    run: () => sdmLoss(score, [2]),
    message: 'sdmLoss: expected labels[0] to be an integer in 0 … 1, got 2.',
  },
  {
    name: 'Sdm: logits alone',
    run: () => new Sdm({ rows: 2 }).apply(tf.zeros([1, 2])),
    message: 'Sdm: expected logits [batch, classes] and representations [batch, width], got',
  },
  {
    name: 'Sdm: a label that is no class',
    run: () => {
      const layer = new Sdm({ rows: 2 });
      layer.apply([tf.zeros([1, 2]), tf.zeros([1, 1])]);
      layer.setReference({ exemplars: Float64Array.of(1, 2), width: 1, labels: [0, 2], predicted: [0, 1] });
    },
    message: 'Sdm.setReference: expected labels[1] to be an integer in 0 … 1, got 2.',
  },
  {
    name: 'SparseAutoencoder: no features',
    run: () => new SparseAutoencoder(untyped({})),
    message: 'SparseAutoencoder: expected features to be an integer ≥ 1, got undefined.',
  },
  {
    name: 'similarityDistance: one training row',
    run: () => similarityDistance({ exemplars: one, width: 1, labels: [0], predicted: [0] }, one, [0]),
    message: 'similarityDistance: expected at least two training rows, got 1.',
  },
  {
    name: 'dkwBand: certainty',
    run: () => dkwBand(10, 0),
    message: 'dkwBand: expected alpha in (0, 1), got 0.',
  },
  {
    name: 'topAFA: a target that is none',
    run: () => topAFA({ activations: one, norms: one, target: Float64Array.of(Number.NaN) }),
    message: 'topAFA: expected target[0] ≥ 0, got NaN.',
  },
  {
    name: 'gaussHermite: one point',
    run: () => gaussHermite(1),
    message: 'gaussHermite: expected n to be an integer in 2 … 400, got 1.',
  },
  {
    name: 'gaussianAverages: a kernel of 0',
    run: () => gaussianAverages(baseFunctions.tanh, 0),
    message: 'gaussianAverages: expected kernel > 0, got 0.',
  },
  {
    name: 'functionsOf: an activation of whole rows',
    run: () => functionsOf(polyNorm()),
    message: 'functionsOf: expected an activation of one number at a time, got "polyNorm".',
  },
  {
    name: 'criticality: a constant',
    run: () => criticality(constant),
    message: 'criticality: expected a function that is not constant, got 0.',
  },
  {
    name: 'criticality: a range from 0',
    run: () => criticality(baseFunctions.tanh, { range: [0, 1] }),
    message: 'criticality: expected range [low, high] with 0 < low < high, got [0, 1].',
  },
  {
    name: 'daruanFunctions: acos',
    run: () => daruanFunctions({ ansatz: 'px', seed: 1 }),
    message: 'daruanFunctions: "px" encodes acos x, which has no value at |x| > 1. Use another.',
  },
  {
    name: 'taxonomy: zero',
    run: () => taxonomy({ ...constant, value: () => 0 }),
    message: 'taxonomy: expected a function that is not zero, got 0.',
  },
  {
    name: 'hlGaussTargets: a target outside',
    run: () => hlGaussTargets([2], { bins: 5, range: [-1, 1] }),
    message: 'hlGauss: expected targets[0] within [-1, 1], got 2. Widen the range.',
  },
  {
    name: 'winaMask: more than there are',
    run: () => winaMask(one, one, 1, 2),
    message: 'winaMask: expected keep to be an integer in 0 … 1, got 2.',
  },
  {
    name: 'cettThreshold: no bound',
    run: () => cettThreshold({ activations: one, width: 1, matrix: one }, Number.NaN),
    message: 'cettThreshold: expected bound ≥ 0, got NaN.',
  },
  {
    name: 'pplSparsity: nothing lost',
    run: () => pplSparsity({ loss: () => 1, ratio: () => 1 }, 0),
    message: 'pplSparsity: expected percent > 0, got 0.',
  },
  {
    name: 'proSparseStrength: stages that go back',
    run: () =>
      proSparseStrength(0, [
        { until: 5, strength: 0 },
        { until: 5, strength: 1 },
      ]),
    message: 'proSparseStrength: expected stages[1].until to be an integer ≥ 6, got 5.',
  },
  {
    name: 'binnedInformation: an activation that is no number',
    run: () => binnedInformation({ ...layer, activations: Float64Array.of(1, Number.NaN) }),
    message: 'binnedInformation: expected activations[1] to be a finite number, got NaN.',
  },
  {
    name: 'kernelInformation: a dead layer',
    run: () => kernelInformation({ ...layer, activations: new Float64Array(2) }),
    message: 'kernelInformation: expected an activation that is not 0, got 0.',
  },
  {
    name: 'mlp: no hidden layer and no outputs',
    run: () => mlp({ width: [2] }),
    message: 'mlp: expected width to list at least two layers of nodes, got [2]. For example [2, 16, 1].',
  },
  {
    name: 'mlp: weights without variance',
    run: () => mlp({ width: [2, 3, 1], weightVariance: 0 }),
    message: 'mlp: expected weightVariance > 0, got 0.',
  },
  {
    name: 'mlp: no such activation',
    run: () => mlp({ width: [2, 3, 1], activation: untyped('swish') }),
    message: /^NodeActivation: expected activation to be one of .*, got "swish"\.$/,
  },
  {
    name: 'NodeActivation: a second derivative on the host',
    run: () =>
      tf.grad((x) => tf.grad((u) => new NodeActivation({ activation: 'selu' }).apply(u) as tf.Tensor)(x))(
        tf.ones([1, 2]),
      ),
    message: 'has first derivatives only',
  },
  {
    name: 'KArAt: heads that do not divide',
    run: () => new KArAt({ heads: 3 }).apply(tf.zeros([1, 2, 4])),
    message: 'AttentionScores: expected heads to divide 4 features, got 3.',
  },
  {
    name: 'KArAtOperators: shared by blocks of other heads',
    run: () => {
      const operators = new KArAtOperators();
      const block = (heads: number) => sharedKArAt(tfl.input({ shape: [2, 4] }), operators, { heads });
      return [block(2), block(4)];
    },
    message: 'KArAtOperators: expected scores of shape [batch, 2, 2, 2], got [null, 4, 2, 2].',
  },
  {
    name: 'AttentionOutput: weights alone',
    run: () => new AttentionOutput().apply(tf.zeros([1, 2, 2, 2])),
    message: 'AttentionOutput: expected weights and values of shape [batch, heads, tokens, …], got [1, 2, 2, 2].',
  },
  {
    name: 'KArAt: no such functions',
    run: () => new KArAt({ heads: 1, functions: untyped('softmax') }),
    message: 'KArAt: expected functions to be one of "fourier", "daruan", got "softmax".',
  },
];
