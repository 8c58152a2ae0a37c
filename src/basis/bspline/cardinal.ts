import type { Floats } from '../../../kernels/chain.js';

/**
 * The degree + 1 B-splines on the integers that do not vanish in a cell, as functions of the place f in [0, 1) within it,
 * rightmost knots last: weight r belongs to the spline that starts degree − r cells to the left.
 *
 * w_r^p = ((f + p − r)·w_{r−1}^{p−1} + (1 − f + r)·w_r^{p−1})/p; for quadratics and cubics the closed form.
 *
 * @param weights  at least degree + 1 numbers, overwritten
 */
export function cardinalWeights(degree: number, f: number, weights: Float64Array): void {
  if (degree === 3) {
    cubicWeights(f, weights, 0);
    return;
  }
  if (degree === 2) {
    const g = 1 - f;
    weights[0] = 0.5 * g * g;
    weights[1] = f * g + 0.5;
    weights[2] = 0.5 * f * f;
    return;
  }
  weights[0] = 1;
  for (let p = 1; p <= degree; p++) {
    weights[p] = (f * weights[p - 1]) / p;
    for (let r = p - 1; r > 0; r--) weights[r] = ((f + p - r) * weights[r - 1] + (1 - f + r) * weights[r]) / p;
    weights[0] = ((1 - f) * weights[0]) / p;
  }
}

/** Those of degree 3, written to weights[at …]. */
export function cubicWeights(f: number, weights: Floats, at: number): void {
  const [g, square] = [1 - f, f * f];
  weights[at] = g * g * g * SIXTH;
  weights[at + 1] = (0.5 * f - 1) * square + 4 * SIXTH;
  weights[at + 2] = ((0.5 - 0.5 * f) * f + 0.5) * f + SIXTH;
  weights[at + 3] = square * f * SIXTH;
}

const SIXTH = 1 / 6;

/** Their derivatives by f: w_{r−1} − w_r of the degree below. Degree ≥ 1. */
export function cardinalSlopes(degree: number, f: number, slopes: Float64Array): void {
  cardinalWeights(degree - 1, f, slopes);
  slopes[degree] = slopes[degree - 1];
  for (let r = degree - 1; r > 0; r--) slopes[r] = slopes[r - 1] - slopes[r];
  slopes[0] = -slopes[0];
}
