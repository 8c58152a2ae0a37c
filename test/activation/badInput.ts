import { px } from '../../circuits/ansatz/px.js';
import { pz } from '../../circuits/ansatz/pz.js';
import { circuit, op } from '../../circuits/circuit.js';
import { referenceChainKernel } from '../../kernels/reference/chain.js';
import { backwardElementwise, forwardElementwise } from '../../src/activation/elementwise.js';
import { backwardLayer, forwardLayer } from '../../src/activation/layer.js';
import { planActivation } from '../../src/activation/plan.js';
import { Random } from '../../src/foundation/random.js';
import { adamStart, adamStep } from '../../src/optimise/adam.js';
import { lbfgsStart, lbfgsStep } from '../../src/optimise/lbfgs.js';

const untyped = (value: unknown) => value as never;
const plan = planActivation(pz.circuit(1));
const layer = { plan, inDim: 1, outDim: 1, measurement: 'expectation' } as const;
const count = plan.parameters.length;
const good = { parameters: new Float64Array(count), scale: Float64Array.of(1), x: Float64Array.of(0.5), batch: 1 };
const forward = (change: object) => () => forwardLayer(referenceChainKernel, layer, { ...good, ...change });
const turned = (...operations: Parameters<typeof op>[]) =>
  planActivation(circuit({ numQubits: 1, data: ['x'], operations: operations.map((each) => op(...each)) }));
const descend = (options: object, x = 1) =>
  lbfgsStep(lbfgsStart(), Float64Array.of(x), (p) => ({ value: p[0] ** 2, gradient: p.map((v) => 2 * v) }), options);

/** Bad input of activations on plain arrays, of optimisers and of random numbers, and what each must say. */
export const badInput: readonly { name: string; run: () => unknown; message: string | RegExp }[] = [
  {
    name: 'planActivation: two qubits',
    run: () => planActivation(circuit({ numQubits: 2, data: ['x'], operations: [op('rx', [0], 'x')] })),
    message: 'activation: expected a circuit of one qubit and one data slot, got "2 qubit(s), data [x]".',
  },
  {
    name: 'planActivation: no data gate',
    run: () => turned(['h', [0]]),
    message: 'activation: no gate uses the data "x". Put it into the angle of a gate.',
  },
  {
    name: 'planActivation: an angle that is not affine in the data',
    run: () => turned(['rx', [0], 'x^2']),
    message: /^activation: .*\. [A-Z].*\.$/,
  },
  {
    name: 'planActivation: acos in some data gates alone',
    run: () => turned(['rx', [0], 'acos(x)'], ['rz', [0], 'x']),
    message: 'activation: some data gates use acos and some do not. Use one encoding throughout.',
  },
  {
    name: 'planActivation: a parameter without a column',
    run: () => planActivation(pz.circuit(1), 'Z', ['theta_0_0']),
    message: /^activation: parameter "\w+" is not among the columns\. List every parameter\.$/,
  },
  {
    name: 'planActivation: an observable of two qubits',
    run: () => planActivation(pz.circuit(1), 'ZZ'),
    message: 'activation: expected an observable of one qubit, got "ZZ".',
  },
  {
    name: 'forwardLayer: too few parameters',
    run: forward({ parameters: new Float64Array(1) }),
    message: `activation: expected parameters of shape [out·in, parameters], ${count} numbers, got 1.`,
  },
  {
    name: 'forwardLayer: too many scales',
    run: forward({ scale: new Float64Array(2) }),
    message: 'activation: expected scale of shape [out, in], 1 numbers, got 2.',
  },
  {
    name: 'forwardLayer: too little data',
    run: forward({ batch: 2 }),
    message: 'activation: expected x of shape [batch, in], 2 numbers, got 1.',
  },
  {
    name: 'forwardLayer: half a sample',
    run: forward({ batch: 0.5 }),
    message: 'activation: expected batch to be an integer ≥ 0, got 0.5.',
  },
  {
    name: 'forwardLayer: data beyond the domain of acos',
    run: () => {
      const acos = planActivation(px.circuit(1));
      const parameters = Float64Array.from(acos.parameters, (name) => Number(name.startsWith('w')));
      return forwardLayer(
        referenceChainKernel,
        { ...layer, plan: acos },
        { ...good, parameters, x: Float64Array.of(-1.5) },
      );
    },
    message: 'activation: acos(w·x + b) needs |w·x + b| ≤ 1, but edge (0, 0) reaches 1.5 at repetition 0.',
  },
  {
    name: 'forwardLayer: an amplitude of another observable than Z',
    run: () =>
      forwardLayer(
        referenceChainKernel,
        { ...layer, plan: planActivation(pz.circuit(1), 'X'), measurement: 'amplitude' },
        good,
      ),
    message: 'activation: expected the observable Z with measurement "amplitude"',
  },
  {
    name: 'backwardLayer: an upstream gradient of another shape',
    run: () => backwardLayer(referenceChainKernel, layer, good, new Float64Array(2)),
    message: 'activation: expected upstream of shape [batch, out], 1 numbers, got 2.',
  },
  {
    name: 'forwardElementwise: too few parameters',
    run: () => forwardElementwise(referenceChainKernel, layer, { ...good, parameters: new Float64Array(1) }),
    message: `activation: expected parameters of shape [`,
  },
  {
    name: 'forwardElementwise: too little data',
    run: () => forwardElementwise(referenceChainKernel, layer, { ...good, batch: 2 }),
    message: 'activation: expected x of shape [batch, features], 2 numbers, got 1.',
  },
  {
    name: 'backwardElementwise: an upstream gradient of another shape',
    run: () => backwardElementwise(referenceChainKernel, layer, good, new Float64Array(0)),
    message: 'activation: expected upstream of shape [batch, features], 1 numbers, got 0.',
  },
  {
    name: 'adamStart: half a parameter',
    run: () => adamStart(0.5),
    message: 'adamStart: expected numParameters to be an integer ≥ 0, got 0.5.',
  },
  {
    name: 'adamStep: a gradient of another length',
    run: () => adamStep(adamStart(1), Float64Array.of(1), Float64Array.of(1, 2)),
    message: 'adamStep: expected gradient of shape [parameters], 1 numbers, got 2.',
  },
  {
    name: 'adamStep: a gradient of NaN',
    run: () => adamStep(adamStart(1), Float64Array.of(1), Float64Array.of(Number.NaN)),
    message: 'adamStep: expected gradient[0] to be a finite number, got NaN.',
  },
  {
    name: 'adamStep: the state of another model',
    run: () => adamStep(adamStart(2), Float64Array.of(1), Float64Array.of(1)),
    message: 'adamStep: expected state.mean of shape [parameters], 1 numbers, got 2.',
  },
  {
    name: 'adamStep: a decay of 1',
    run: () => adamStep(adamStart(1), Float64Array.of(1), Float64Array.of(1), { beta1: 1 }),
    message: 'adamStep: expected beta1 in [0, 1), got 1.',
  },
  {
    name: 'adamStep: a negative learning rate',
    run: () => adamStep(adamStart(1), Float64Array.of(1), Float64Array.of(1), { learningRate: -1 }),
    message: 'adamStep: expected learningRate ≥ 0, got -1.',
  },
  {
    name: 'lbfgsStep: a start at infinity',
    run: () => descend({}, Infinity),
    message: 'lbfgs: expected parameters[0] to be a finite number, got Infinity.',
  },
  {
    name: 'lbfgsStep: an objective of NaN',
    run: () => lbfgsStep(lbfgsStart(), Float64Array.of(1), () => ({ value: Number.NaN, gradient: Float64Array.of(0) })),
    message: 'lbfgs: expected a finite value at the start, got NaN. Check the data and the initial parameters.',
  },
  {
    name: 'lbfgsStep: a gradient of another length',
    run: () => lbfgsStep(lbfgsStart(), Float64Array.of(1), () => ({ value: 1, gradient: Float64Array.of(0, 0) })),
    message: 'lbfgs: expected gradient of shape [parameters], 1 numbers, got 2.',
  },
  {
    name: 'lbfgsStep: no history',
    run: () => descend({ history: 0 }),
    message: 'lbfgs: expected history to be an integer ≥ 1, got 0.',
  },
  {
    name: 'lbfgsStep: Wolfe conditions that exclude each other',
    run: () => descend({ decrease: 0.9, curvature: 0.1 }),
    message: 'lbfgs: expected 0 < decrease < curvature < 1, got [0.9, 0.1].',
  },
  {
    name: 'lbfgsStep: a tolerance of NaN',
    run: () => descend({ gradientTolerance: Number.NaN }),
    message: 'lbfgs: expected gradientTolerance ≥ 0, got NaN.',
  },
  {
    name: 'Random: no seed',
    run: () => new Random(untyped(undefined)),
    message: 'Random: expected a seed, or a state of four words that are not all zero, got undefined.',
  },
  {
    name: 'Random: a negative seed',
    run: () => new Random(-1),
    message: 'Random: expected seed to be an integer in 0 … 4294967295, got -1.',
  },
  {
    name: 'Random: a state of zeros',
    run: () => new Random([0, 0, 0, 0]),
    message: 'Random: expected a seed, or a state of four words that are not all zero, got [0, 0, 0, 0].',
  },
  {
    name: 'Random: the state of another generator restored',
    run: () => new Random(1).restore(untyped([1, 2])),
    message: 'Random: expected a seed, or a state of four words that are not all zero, got [1, 2].',
  },
  {
    name: 'Random.integer: no bound',
    run: () => new Random(1).integer(0),
    message: 'Random.integer: expected bound to be an integer in 1 … 4294967295, got 0.',
  },
];
