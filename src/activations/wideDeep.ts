import type { BaseFunction } from '../basis/baseFunctions.js';
import { checkInteger } from '../foundation/checks.js';
import { type Activation, pointwise } from './activation.js';

export interface WideDeepOptions {
  /** d, the dimension of the data, 2 or more. */
  readonly dimension: number;
}

/**
 * φ_d, the polynomial with which an infinitely wide and deep network classifies d-dimensional data on the sphere optimally:
 * 2^(−d/4)·He₃/√6 + √(1 − 2^(1−d/2))·He₂/√2 + 2^(−d/4)·He₁, He the Hermite polynomials.
 *
 * @throws unless `dimension` is an integer ≥ 2
 * @example wideDeepFunction(2).value(1); // (−2/√6 + 1)/√2 = 0.1298
 * @see arXiv:2204.14126
 */
export function wideDeepFunction(dimension: number): BaseFunction {
  checkInteger('wideDeep', 'dimension', dimension, 2);
  const odd = 2 ** (-dimension / 4);
  const even = Math.sqrt(1 - 2 ** (1 - dimension / 2));
  return {
    value: (x) => (odd * (x ** 3 - 3 * x)) / Math.sqrt(6) + even * (x * x - 1) * Math.SQRT1_2 + odd * x,
    derivative: (x) => (odd * (3 * x * x - 3)) / Math.sqrt(6) + even * x * Math.SQRT2 + odd,
  };
}

/**
 * φ_d as an activation for d-dimensional inputs.
 *
 * @see arXiv:2204.14126
 */
export function wideDeep({ dimension }: WideDeepOptions): Activation {
  const { value, derivative } = wideDeepFunction(dimension);
  return { name: 'wideDeep', options: { dimension }, blocks: () => [], ...pointwise({ value, slope: derivative }) };
}
