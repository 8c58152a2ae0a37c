import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { bind } from '../../../circuits/circuit.js';
import { type ActivationPlan, planActivation } from '../../activation/plan.js';
import type { Random } from '../../foundation/random.js';
import { polynomialDegree } from '../activation/route.js';
import { joinColumns } from '../columns.js';
import type { CheckedOptions } from './activationOptions.js';
import { normalValues, thetaInitializers, weightInitializers } from './initialise.js';
import { constantInitializer, valuesInitializer } from './variable.js';

/** The circuits of a layer: their plan, and the variables that hold their parameters. */
export interface Activations {
  readonly plan: ActivationPlan;
  /** The same circuits with their constants put in: its parameters are the trained ones. */
  readonly trainedPlan: ActivationPlan;
  /** Degree of the trigonometric polynomials, where node compilation applies. */
  readonly degree: number | undefined;
  readonly count: number;
  /** Blocks of parameter columns, in the plan's order. */
  readonly columns: readonly { readonly width: number; readonly source: tfl.LayerVariable | Float32Array }[];
}

type AddWeight = (...args: Parameters<tfl.layers.Layer['addWeight']>) => tfl.LayerVariable;

/**
 * Creates the variables of a layer's circuits: θ, and the encoding's w and b where they are trained; untrained ones are
 * constants.
 *
 * @param circuits  shape of the set of circuits: [out, in], [features], or [groups]
 * @param fan       [in, out] of the layer, for the initialiser
 */
export function buildActivations(
  options: CheckedOptions,
  circuits: readonly number[],
  fan: readonly [number, number],
  random: Random,
  addWeight: AddWeight,
): Activations {
  const { ansatz, reps } = options;
  const names = ansatz.names(reps);
  const circuit = ansatz.circuit(reps);
  const plan = planActivation(circuit, ansatz.observable, [...names.theta, ...names.weights, ...names.biases]);
  const count = circuits.reduce((product, size) => product * size, 1);
  const [rows, columns] = ansatz.thetaShape(reps);
  const deviation = thetaInitializers[options.thetaInitializer](fan, [rows, columns], reps);
  const theta = normalValues(count * rows * columns, deviation, random);
  const startWeights = names.weights.map((_, l) => weightInitializers[options.weightInitializer](l));
  const trainWeights = options.preactivationTrainable && names.weights.length > 0;
  const trainBiases = (options.preactivationTrainable || ansatz.biasAlwaysTrainable) && names.biases.length > 0;
  const shape = [...circuits];

  const source = {
    theta: addWeight('theta', [...shape, rows, columns], 'float32', valuesInitializer(theta)),
    weights: trainWeights
      ? addWeight('encoding_weight', [...shape, reps], 'float32', valuesInitializer(repeat(startWeights, count)))
      : repeat(startWeights, count),
    biases: trainBiases
      ? addWeight('encoding_bias', [...shape, reps], 'float32', constantInitializer(0))
      : new Float32Array(count * names.biases.length),
  };
  const frozen = Object.fromEntries([
    ...(trainWeights ? [] : names.weights.map((name, l) => [name, startWeights[l]])),
    ...(trainBiases ? [] : names.biases.map((name) => [name, 0])),
  ]);
  const trained = plan.parameters.filter((name) => !Object.hasOwn(frozen, name));
  const trainedPlan = planActivation(bind(circuit, frozen), ansatz.observable, trained);
  return {
    plan,
    trainedPlan,
    degree: polynomialDegree(trainedPlan, {}),
    count,
    columns: [
      { width: names.theta.length, source: source.theta },
      { width: names.weights.length, source: source.weights },
      { width: names.biases.length, source: source.biases },
    ].filter(({ width }) => width > 0),
  };
}

/** The trained parameters of all circuits, shape [circuits, trainedPlan.parameters.length]. */
export const readTrained = ({ columns, count, ...others }: Activations): tf.Tensor2D =>
  readParameters({ ...others, count, columns: columns.filter(({ source }) => !(source instanceof Float32Array)) });

/** The parameter rows of all circuits as one tensor, shape [circuits, plan.parameters.length]. */
export function readParameters({ columns, count }: Activations): tf.Tensor2D {
  const blocks = columns.map(({ width, source }) =>
    source instanceof Float32Array
      ? tf.tensor2d(source, [count, width])
      : (tf.reshape(source.read(), [count, width]) as tf.Tensor2D),
  );
  return joinColumns(blocks);
}

const repeat = (row: readonly number[], count: number): Float32Array =>
  Float32Array.from({ length: row.length * count }, (_, at) => row[at % row.length]);
