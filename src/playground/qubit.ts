import type { AnsatzNames } from '../../circuits/ansatz/ansatz.js';
import { type AnsatzName, ansatze } from '../../circuits/ansatz/table.js';
import { bind, type Circuit } from '../../circuits/circuit.js';
import { referenceChainKernel } from '../../kernels/reference/chain.js';
import { type ActivationLayer, forwardLayer } from '../activation/layer.js';
import { type ActivationPlan, planActivation } from '../activation/plan.js';
import { Random } from '../foundation/random.js';
import { type BlochPath, blochPath } from '../simulate/blochPath.js';
import { activationSeries, type FourierTerm } from '../spectrum/activation.js';

/** The angles of one activation, radians. */
export interface Angles {
  readonly theta: readonly number[];
  readonly weights: readonly number[];
  readonly biases: readonly number[];
}

/** One ansatz with r repetitions, analysed; what depends on angles is computed from it. */
export interface Qubit {
  readonly circuit: Circuit;
  readonly names: AnsatzNames;
  readonly plan: ActivationPlan;
  readonly thetaShape: readonly [rows: number, columns: number];
  /** The x that pictures run over: −domain … domain. */
  readonly domain: number;
  /** The greatest |w| and |b| of the controls. */
  readonly reach: number;
  /** Whether the ansatz needs its biases: without them it is an even function. */
  readonly biased: boolean;
}

/** The circuit of an ansatz, its columns in the order θ, w, b. */
export function qubitOf(ansatz: AnsatzName, reps: number): Qubit {
  const family = ansatze[ansatz];
  const circuit = family.circuit(reps);
  const names = family.names(reps);
  const plan = planActivation(circuit, family.observable, [...names.theta, ...names.weights, ...names.biases]);
  const linear = plan.encoding === 'linear';
  // acos(w·x + b) needs |w·x + b| ≤ 1, so there x and w end at 1, and b stays 0
  return {
    circuit,
    names,
    plan,
    thetaShape: family.thetaShape(reps),
    domain: linear ? Math.PI : 1,
    reach: linear ? 4 : 1,
    biased: family.biasAlwaysTrainable,
  };
}

/** θ ~ N(0, 1), rounded to hundredths as the controls are; w = 1; b = 0, or ½ where biases are needed. */
export function drawAngles({ names, biased }: Qubit, seed: number): Angles {
  const random = new Random(seed);
  const hundredths = (): number => Math.round(100 * Math.min(3, Math.max(-3, random.normal()))) / 100;
  return {
    theta: names.theta.map(hundredths),
    weights: names.weights.map(() => 1),
    biases: names.biases.map(() => (biased ? 0.5 : 0)),
  };
}

const rowOf = ({ theta, weights, biases }: Angles): Float64Array => Float64Array.of(...theta, ...weights, ...biases);

/** f at every x. */
export function curveOf({ plan }: Qubit, angles: Angles, x: Float64Array): Float64Array {
  const layer: ActivationLayer = { plan, inDim: 1, outDim: 1, measurement: 'expectation', outsideDomain: 'clamp' };
  const tensors = { parameters: rowOf(angles), scale: Float64Array.of(1), x, batch: x.length };
  return Float64Array.from(forwardLayer(referenceChainKernel, layer, tensors));
}

/** The Fourier series in x (in acos x for the acos encoding), or undefined where acos(w·x + b) has no finite one. */
export function seriesOf({ plan }: Qubit, angles: Angles): FourierTerm[] | undefined {
  const unit = angles.weights.every((w) => w === 1) && angles.biases.every((b) => b === 0);
  return plan.encoding === 'acos' && !unit ? undefined : activationSeries(plan, rowOf(angles));
}

/** A number for each symbol of the circuit but x. */
export function valuesOf({ names }: Qubit, { theta, weights, biases }: Angles): Record<string, number> {
  const entries = [
    ...names.theta.map((name, k) => [name, theta[k]]),
    ...names.weights.map((name, k) => [name, weights[k]]),
    ...names.biases.map((name, k) => [name, biases[k]]),
  ];
  return Object.fromEntries(entries);
}

/** The way of the qubit for one x. */
export const pathOf = (qubit: Qubit, angles: Angles, x: number): BlochPath =>
  blochPath(qubit.circuit, { ...valuesOf(qubit, angles), x });

/** The circuit with numbers for everything but x. */
export const boundCircuit = (qubit: Qubit, angles: Angles): Circuit => bind(qubit.circuit, valuesOf(qubit, angles));

/** The encoded angle w_l·x + b_l of each data gate. */
export const encodedAngles = ({ weights, biases }: Angles, x: number): number[] =>
  weights.map((w, l) => w * x + biases[l]);
