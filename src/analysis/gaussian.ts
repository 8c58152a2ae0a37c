import type { Activation } from '../activations/activation.js';
import type { BaseFunction } from '../basis/baseFunctions.js';
import { checkAllFinite } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import { type AverageOptions, gaussianRule, type Rule } from './quadrature.js';

/** A function of one variable, or several of which each feature has one: averages are then over all of them. */
export type Functions = BaseFunction | readonly BaseFunction[];

/** Averages over z ~ N(0, K). */
export interface GaussianAverages {
  /** ⟨φ⟩ and ⟨φ′⟩. */
  readonly mean: number;
  readonly slope: number;
  /** g = ⟨φ²⟩ and ⟨φ′²⟩. */
  readonly square: number;
  readonly slopeSquare: number;
  /** dg/dK = ⟨φ²(z² − K)⟩/2K². */
  readonly growth: number;
}

/**
 * Averages of functions over z ~ N(0, K), by quadrature.
 *
 * @param kernel  K > 0, the variance of the preactivations
 * @throws if K is not positive, or a function is not finite at some point of the rule
 * @cost nodes evaluations of each function and of its derivative
 */
export function gaussianAverages(
  functions: Functions,
  kernel: number,
  rule: Rule | AverageOptions = {},
): GaussianAverages {
  if (!(kernel > 0 && kernel < Infinity)) throw expected('gaussianAverages', 'kernel > 0', kernel);
  const { points, weights } = 'points' in rule ? rule : gaussianRule(rule);
  const list = Array.isArray(functions) ? (functions as readonly BaseFunction[]) : [functions as BaseFunction];
  if (list.length === 0) throw expected('gaussianAverages', 'at least one function', functions);
  const deviation = Math.sqrt(kernel);
  const sums = new Float64Array(5);
  points.forEach((u, i) => {
    for (const { value, derivative } of list) {
      const [y, dy] = [value(deviation * u), derivative(deviation * u)];
      const weight = weights[i] / list.length;
      sums[0] += weight * y;
      sums[1] += weight * dy;
      sums[2] += weight * y * y;
      sums[3] += weight * dy * dy;
      sums[4] += (weight * y * y * (u * u - 1)) / (2 * kernel);
    }
  });
  checkAllFinite('gaussianAverages', 'averages', sums);
  const [mean, slope, square, slopeSquare, growth] = sums;
  return { mean, slope, square, slopeSquare, growth };
}

/**
 * The functions of an activation's features, as it is at the start or with trained numbers: what the instruments of this folder look at.
 *
 * @param parameters  the numbers of its blocks; default: their start
 * @throws for an activation of several entries together, such as a norm
 * @example functionsOf(activations.crrelu())[0].value(1); // 1.00607
 */
export function functionsOf(
  activation: Activation,
  features = 1,
  parameters: readonly Float64Array[] = activation.blocks(features).map(({ values }) => values),
): BaseFunction[] {
  if (activation.batchDependent || ['polyNorm', 'evoNormS0'].includes(activation.name)) {
    throw expected('functionsOf', 'an activation of one number at a time', activation.name);
  }
  const shape = { batch: 1, positions: 1, features, parameters, training: false };
  return Array.from({ length: features }, (_, d) => {
    const tensors = (x: number) => ({ ...shape, x: new Float64Array(features).fill(x) });
    const upstream = Float64Array.from({ length: features }, (_, k) => (k === d ? 1 : 0));
    return {
      value: (x) => activation.forward(tensors(x))[d],
      derivative: (x) => activation.backward(tensors(x), upstream).x[d],
    };
  });
}
