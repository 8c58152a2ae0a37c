import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { customAnsatz } from '../../circuits/ansatz/custom.js';
import { pz } from '../../circuits/ansatz/pz.js';
import { circuit, op } from '../../circuits/circuit.js';
import { referenceChainKernel } from '../../kernels/reference/chain.js';
import { selectBackend } from '../../src/tf/backend.js';
import { circuitExpectation } from '../../src/tf/circuitExpectation.js';
import { describeLayers } from '../../src/tf/describe.js';
import { hqkan } from '../../src/tf/HQKAN.js';
import { setActivationKernels } from '../../src/tf/kernel.js';
import { Daruan } from '../../src/tf/layers/Daruan.js';
import { QKANLayer } from '../../src/tf/layers/QKANLayer.js';
import { qkan } from '../../src/tf/QKAN.js';
import { readCheckpoint } from '../../src/tf/storage/checkpoint.js';
import { loadModel } from '../../src/tf/storage/files.js';
import { evaluateLoss } from '../../src/tf/training/engine.js';
import { type FitOptions, fit } from '../../src/tf/training/fit.js';

const untyped = (value: unknown) => value as never;
const model = (options: object = {}) => qkan({ width: [2, 1], reps: 1, ...options });
const data = (samples = 3, inputs = 2, outputs = 1) => ({
  x: tf.fill([samples, inputs], 0.5),
  y: tf.fill([samples, outputs], 0.5),
});
const training = (options: object) => () => fit(model(), data(), options as FitOptions);
const stage = (options: object) => training({ schedule: [{ method: 'adam', steps: 1, ...options }] });
const applied = (layer: tfl.layers.Layer, shape: number[]) => layer.apply(tf.zeros(shape));
const rotation = circuit({ numQubits: 1, data: ['x'], operations: [op('ry', [0], 'theta'), op('rx', [0], 'x')] });
const twoQubits = circuit({ numQubits: 2, data: ['x'], operations: [op('rx', [1], 'x')] });
const withoutData = circuit({ numQubits: 1, data: [], operations: [op('ry', [0], 'theta')] });

/** Bad input of networks, layers, training and files on tfjs, and what each must say. */
export const badInput: readonly { name: string; run: () => unknown; message: string | RegExp }[] = [
  {
    name: 'hqkan: no width',
    run: () => hqkan({ latent: 2 } as never),
    message: 'hqkan: expected width to list at least two layers of nodes, got undefined. For example [4, 2].',
  },
  {
    name: 'hqkan: a layer of no nodes',
    run: () => hqkan({ width: [2, 0], latent: 2 }),
    message: 'hqkan: expected width[1] to be an integer ≥ 1, got 0.',
  },
  {
    name: 'hqkan: a negative seed',
    run: () => hqkan({ width: [2, 1], latent: 2, seed: -1 }),
    message: 'hqkan: expected seed to be an integer in 0 … 4294967295, got -1.',
  },
  {
    name: 'hqkan: no latent nodes',
    run: () => hqkan({ width: [2, 1], latent: 0 }),
    message: 'HQKAN: expected latent to be an integer ≥ 1, got 0.',
  },
  {
    name: 'qkan: no width',
    run: () => qkan(untyped({})),
    message: 'qkan: expected width to list at least two layers of nodes, got undefined. For example [2, 5, 1].',
  },
  {
    name: 'qkan: inputs without outputs',
    run: () => qkan({ width: [2] }),
    message: 'qkan: expected width to list at least two layers of nodes, got [2].',
  },
  {
    name: 'qkan: a layer of no nodes',
    run: () => qkan({ width: [2, 0, 1] }),
    message: 'qkan: expected width[1] to be an integer ≥ 1, got 0.',
  },
  {
    name: 'qkan: half a node',
    run: () => qkan({ width: [2, 2.5, 1] }),
    message: 'qkan: expected width[1] to be an integer ≥ 1, got 2.5.',
  },
  {
    name: 'qkan: a negative seed',
    run: () => qkan({ width: [2, 1], seed: -1 }),
    message: 'qkan: expected seed to be an integer in 0 … 4294967295, got -1.',
  },
  {
    name: 'qkan: options of its layers',
    run: () => qkan({ width: [2, 1], reps: 0 }),
    message: 'QKANLayer: expected reps to be an integer ≥ 1, got 0.',
  },
  {
    name: 'QKANLayer: no units',
    run: () => new QKANLayer(untyped({})),
    message: 'QKANLayer: expected units to be an integer ≥ 1, got undefined.',
  },
  {
    name: 'QKANLayer: an ansatz that does not exist',
    run: () => new QKANLayer({ units: 1, ansatz: untyped('zz') }),
    message: 'QKANLayer: expected ansatz to be one of "pz", "rpz", "px", "real", "mix", got "zz".',
  },
  {
    name: 'QKANLayer: an ansatz that is a number',
    run: () => new QKANLayer({ units: 1, ansatz: untyped(3) }),
    message: 'QKANLayer: expected ansatz to be a name or an Ansatz, got 3.',
  },
  {
    name: 'QKANLayer: a measurement that does not exist',
    run: () => new QKANLayer({ units: 1, measurement: untyped('X') }),
    message: 'QKANLayer: expected measurement to be one of "expectation", "amplitude", got "X".',
  },
  {
    name: 'QKANLayer: a route that does not exist',
    run: () => new QKANLayer({ units: 1, route: untyped('fast') }),
    message: /^QKANLayer: expected route to be one of .*"nodes".*, got "fast"\.$/,
  },
  {
    name: 'QKANLayer: an initialisation of θ that does not exist',
    run: () => new QKANLayer({ units: 1, thetaInitializer: untyped('glorot') }),
    message: 'QKANLayer: expected thetaInitializer to be one of "xavier", "smallGaussian", "zeros", got "glorot".',
  },
  {
    name: 'QKANLayer: an initialisation of weights that does not exist',
    run: () => new QKANLayer({ units: 1, weightInitializer: untyped('twos') }),
    message: /^QKANLayer: expected weightInitializer to be one of .*, got "twos"\.$/,
  },
  {
    name: 'QKANLayer: a base activation that does not exist',
    run: () => new QKANLayer({ units: 1, baseActivation: untyped('swish') }),
    message: /^QKANLayer: expected baseActivation to be one of .*"silu".*, got "swish"\.$/,
  },
  {
    name: 'QKANLayer: no circuits in a group',
    run: () => new QKANLayer({ units: 1, group: 0 }),
    message: 'QKANLayer: expected group to be an integer ≥ 1, got 0.',
  },
  {
    name: 'QKANLayer: a larger group than there are inputs',
    run: () => applied(new QKANLayer({ units: 1, group: 3 }), [1, 2]),
    message: 'QKANLayer: expected group of at most 2 circuits, one an input, got 3.',
  },
  {
    name: 'QKANLayer: an input without features',
    run: () => applied(new QKANLayer({ units: 1 }), [4]),
    message: 'QKANLayer: expected an input of shape [batch, …, features], got "[4]".',
  },
  {
    name: 'QKANLayer: the route of polynomials with trained weights',
    run: () => applied(new QKANLayer({ units: 1, route: 'nodes', preactivationTrainable: true }), [1, 2]),
    message: 'route "nodes": the activations are not trigonometric polynomials',
  },
  {
    name: 'QKANLayer: px with data beyond the domain of acos',
    run: () => new QKANLayer({ units: 1, ansatz: 'px', route: 'chain' }).apply(tf.tensor2d([[2]])),
    message: 'activation: acos(w·x + b) needs |w·x + b| ≤ 1, but edge (0, 0) reaches 2 at repetition 0.',
  },
  {
    name: 'setMask: too few entries',
    run: () => (model().layers[0] as QKANLayer).setMask([1]),
    message: 'QKANLayer.setMask: expected 2 entries, shape [units, in], got 1.',
  },
  {
    name: 'setMask: weights in place of a mask',
    run: () => (model().layers[0] as QKANLayer).setMask([1, 0.5]),
    message: 'QKANLayer.setMask: a mask holds other numbers than 0 and 1. Scale edges by weights.',
  },
  {
    name: 'Daruan: no repetitions',
    run: () => new Daruan({ reps: 0 }),
    message: 'Daruan: expected reps to be an integer ≥ 1, got 0.',
  },
  {
    name: 'Daruan: a seed that is text',
    run: () => new Daruan({ seed: untyped('1') }),
    message: 'Daruan: expected seed to be an integer in 0 … 4294967295, got "1".',
  },
  {
    name: 'Daruan: an input without features',
    run: () => applied(new Daruan(), [4]),
    message: 'Daruan: expected an input of shape [batch, …, features], got "[4]".',
  },
  {
    name: 'Daruan: a circuit of two qubits',
    run: () => applied(new Daruan({ ansatz: customAnsatz(twoQubits) }), [1, 1]),
    message: /one qubit/,
  },
  {
    name: 'Daruan: a circuit without data',
    run: () => applied(new Daruan({ ansatz: customAnsatz(withoutData) }), [1, 1]),
    message: /data/,
  },
  {
    name: 'Daruan: an amplitude of another observable than Z',
    run: () => applied(new Daruan({ ansatz: { ...pz, observable: { terms: [] } }, measurement: 'amplitude' }), [1, 1]),
    message: 'the observable Z with measurement "amplitude"',
  },
  {
    name: 'fit: no stages',
    run: training({ schedule: [] }),
    message: 'fit: expected a schedule of at least one stage, got []. For example',
  },
  {
    name: 'fit: a method that does not exist',
    run: stage({ method: 'sgd' }),
    message: 'fit, schedule[0]: expected method to be one of "adam", "lbfgs", got "sgd".',
  },
  {
    name: 'fit: steps that are missing',
    run: stage({ steps: undefined }),
    message: 'fit, schedule[0]: expected steps to be an integer ≥ 0, got undefined.',
  },
  {
    name: 'fit: a learning rate of NaN',
    run: stage({ learningRate: Number.NaN }),
    message: 'fit, schedule[0]: expected learningRate > 0, got NaN.',
  },
  {
    name: 'fit: empty batches',
    run: stage({ batchSize: 0 }),
    message: 'fit, schedule[0]: expected batchSize to be an integer ≥ 1, got 0.',
  },
  {
    name: 'fit: no inner iterations',
    run: stage({ method: 'lbfgs', maxIterations: 0 }),
    message: 'fit, schedule[0]: expected maxIterations to be an integer ≥ 1, got 0.',
  },
  {
    name: 'fit: a loss that does not exist',
    run: training({ loss: 'mse' }),
    message: 'fit: expected loss to be one of "meanSquaredError"',
  },
  {
    name: 'fit: a precision that does not exist',
    run: training({ precision: 'float16' }),
    message: 'fit: expected precision to be one of "float64", "float32", got "float16".',
  },
  {
    name: 'fit: a precision that cannot be had',
    run: training({ precision: 'float64', regularisation: { strength: 0.1 } }),
    message: 'fit: precision "float64" cannot be had: regularisation is computed with tensors. Leave precision out.',
  },
  {
    name: 'fit: another answer to a lost GPU than there are',
    run: training({ onDeviceLost: 'ignore' }),
    message: 'fit: expected onDeviceLost to be one of "error", "cpu", got "ignore".',
  },
  {
    name: 'fit: a regularisation of NaN',
    run: training({ regularisation: { strength: Number.NaN } }),
    message: 'fit: expected regularisation.strength to be a finite number, got NaN.',
  },
  {
    name: 'fit: no patience',
    run: training({ earlyStopping: { patience: 0 } }),
    message: 'fit: expected earlyStopping.patience to be an integer ≥ 1, got 0.',
  },
  {
    name: 'fit: a seed beyond 32 bits',
    run: training({ seed: 2 ** 32 }),
    message: 'fit: expected seed to be an integer in 0 … 4294967295, got 4294967296.',
  },
  {
    name: 'fit: the wrong number of inputs',
    run: () => fit(model(), data(3, 4)),
    message: 'fit: expected x of shape [samples, 2], got "[3, 4]".',
  },
  {
    name: 'fit: the wrong number of outputs',
    run: () => fit(model(), data(3, 2, 2)),
    message: 'fit: expected y of shape [samples, 1], got "[3, 2]".',
  },
  {
    name: 'fit: arrays in place of tensors',
    run: () => fit(model(), untyped({ x: [[1, 2]], y: [[1]] })),
    message: 'fit: expected x of shape [samples, 2], got [[1, 2]].',
  },
  {
    name: 'fit: more x than y',
    run: () => fit(model(), { x: data(3).x, y: data(2).y }),
    message: 'fit: expected as many y as x (3), got 2.',
  },
  {
    name: 'fit: no samples',
    run: () => fit(model(), data(0)),
    message: 'fit: there are no samples. Pass at least one.',
  },
  {
    name: 'fit: validation data of another shape',
    run: () => fit(model(), data(), { validation: data(3, 1) }),
    message: 'fit, validation: expected x of shape [samples, 2], got "[3, 1]".',
  },
  {
    name: 'fit: the state of another model',
    run: async () => {
      const { state } = await fit(qkan({ width: [1, 1], reps: 1 }), data(3, 1), {
        schedule: [{ method: 'adam', steps: 1 }],
      });
      return fit(model(), data(), { resume: state });
    },
    message: /^fit: the state to resume has \d+ parameters, the model \d+\. Resume with the model that was trained\.$/,
  },
  {
    name: 'evaluateLoss: the wrong number of inputs',
    run: () => evaluateLoss(model(), data(3, 4)),
    message: 'evaluateLoss: expected x of shape [samples, 2], got "[3, 4]".',
  },
  {
    name: 'evaluateLoss: a loss that does not exist',
    run: () => evaluateLoss(model(), data(), untyped('mse')),
    message: 'evaluateLoss: expected loss to be one of "meanSquaredError"',
  },
  {
    name: 'circuitExpectation: a parameter without a tensor',
    run: () => circuitExpectation(rotation, 'Z', { x: tf.scalar(1) }),
    message: 'circuitExpectation: symbol "theta" has no tensor. Pass theta, x.',
  },
  {
    name: 'circuitExpectation: a number in place of a tensor',
    run: () => circuitExpectation(rotation, 'Z', { theta: tf.scalar(1), x: untyped(1) }),
    message: 'circuitExpectation: symbol "x" has no tensor. Pass theta, x.',
  },
  {
    name: 'circuitExpectation: batches of different sizes',
    run: () => circuitExpectation(rotation, 'Z', { theta: tf.ones([2]), x: tf.ones([3]) }),
    message: /^expectation: .*2.*3|^expectation: .*3.*2/,
  },
  {
    name: 'circuitExpectation: an observable that is none',
    run: () => circuitExpectation(rotation, 'ZW', { theta: tf.scalar(1), x: tf.scalar(1) }),
    message: /"ZW"/,
  },
  {
    name: 'describeLayers: an edge that does not exist',
    run: () => describeLayers(model())[0].circuit(0, 2),
    message: /^layer ".*": expected an edge within \[1, 2\], got "\(0, 2\)"\.$/,
  },
  {
    name: 'setActivationKernels: training in float32',
    run: () => setActivationKernels({ training: { ...referenceChainKernel, precision: 'float32' } }),
    message: 'setActivationKernels: expected a training kernel of float64, got "float32".',
  },
  {
    name: 'selectBackend: a backend that does not exist',
    run: () => selectBackend('cuda'),
    message: 'selectBackend: there is no backend "cuda". Choose one of "node-gpu", "node", "wasm", "cpu", "webgpu".',
  },
  {
    name: 'selectBackend: a backend that does not start',
    run: () =>
      selectBackend('cpu', async () => {
        throw new Error('no driver');
      }),
    message: 'selectBackend: no backend starts: cpu (no driver). Install @tensorflow/tfjs-backend-wasm.',
  },
  {
    name: 'loadModel: a folder that does not exist',
    run: () => loadModel('/nowhere'),
    message:
      /^loadModel: no model can be read from "\/nowhere": .*\. Name a folder with model\.json and weights\.bin\.$/,
  },
  {
    name: 'readCheckpoint: half a file',
    run: () => readCheckpoint('{"format": "daruan.ch'),
    message: 'readCheckpoint: the text is not JSON. It may have been cut off.',
  },
  {
    name: 'readCheckpoint: JSON of something else',
    run: () => readCheckpoint('{"format": "layers-model"}'),
    message: 'readCheckpoint: expected format "daruan.checkpoint", got "layers-model".',
  },
  {
    name: 'readCheckpoint: JSON of nothing',
    run: () => readCheckpoint('null'),
    message: 'readCheckpoint: expected format "daruan.checkpoint", got undefined.',
  },
  {
    name: 'readCheckpoint: a later version',
    run: () => readCheckpoint('{"format": "daruan.checkpoint", "version": 2}'),
    message: 'readCheckpoint: expected version 1, got 2. Use the release that wrote it.',
  },
  {
    name: 'readCheckpoint: no model in it',
    run: () => readCheckpoint('{"format": "daruan.checkpoint", "version": 1}'),
    message: 'readCheckpoint: the model or its training is missing. Use a file of writeCheckpoint().',
  },
];
