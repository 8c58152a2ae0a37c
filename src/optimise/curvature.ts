import { accumulate, dot } from './vector.js';

/** One observation of the curvature: a step s and the change y of the gradient along it. */
export interface CurvaturePair {
  readonly step: Float64Array;
  readonly change: Float64Array;
}

/** Below this cosine between s and y a pair says nothing but rounding, or that the objective is not convex there. */
const SMALLEST_COSINE = 1e-10;

/** `pairs` with one more at the end, if sᵀy is positive beyond rounding; only the newest `history` are kept. */
export function remember(pairs: readonly CurvaturePair[], pair: CurvaturePair, history: number): CurvaturePair[] {
  const { step, change } = pair;
  const bound = SMALLEST_COSINE * Math.sqrt(dot(step, step)) * Math.sqrt(dot(change, change));
  return dot(step, change) > bound ? [...pairs, pair].slice(-history) : [...pairs];
}

/**
 * The quasi-Newton direction −Hg, H the limited-memory BFGS inverse Hessian of the pairs, oldest first.
 * Source: Nocedal & Wright, Numerical Optimization, 2nd edition, algorithm 7.4, initial scaling (7.20). Cost O(pairs · n).
 */
export function quasiNewtonDirection(pairs: readonly CurvaturePair[], gradient: Float64Array): Float64Array {
  const direction = gradient.map((g) => -g);
  if (pairs.length === 0) return direction;
  const products = pairs.map(({ step, change }) => dot(step, change));
  const alphas = new Float64Array(pairs.length);
  for (let i = pairs.length - 1; i >= 0; i--) {
    alphas[i] = dot(pairs[i].step, direction) / products[i];
    accumulate(direction, -alphas[i], pairs[i].change);
  }
  const last = pairs.length - 1;
  const scale = products[last] / dot(pairs[last].change, pairs[last].change);
  for (let i = 0; i < direction.length; i++) direction[i] *= scale;
  for (let i = 0; i < pairs.length; i++) {
    const beta = dot(pairs[i].change, direction) / products[i];
    accumulate(direction, alphas[i] - beta, pairs[i].step);
  }
  return direction;
}
