/**
 * The degree + 1 B-splines on the integers that do not vanish in a cell, as functions of the place f in [0, 1) within it,
 * rightmost knots last: weight r belongs to the spline that starts degree − r cells to the left.
 *
 * w_r^p = ((f + p − r)·w_{r−1}^{p−1} + (1 − f + r)·w_r^{p−1})/p; for cubics the closed form.
 *
 * @param weights  at least degree + 1 numbers, overwritten
 */
export function cardinalWeights(degree: number, f: number, weights: Float64Array): void {
  if (degree === 3) {
    const [g, square] = [1 - f, f * f];
    weights[0] = (g * g * g) / 6;
    weights[1] = ((3 * f - 6) * square + 4) / 6;
    weights[2] = (((3 - 3 * f) * f + 3) * f + 1) / 6;
    weights[3] = (square * f) / 6;
    return;
  }
  weights[0] = 1;
  for (let p = 1; p <= degree; p++) {
    weights[p] = (f * weights[p - 1]) / p;
    for (let r = p - 1; r > 0; r--) weights[r] = ((f + p - r) * weights[r - 1] + (1 - f + r) * weights[r]) / p;
    weights[0] = ((1 - f) * weights[0]) / p;
  }
}

/** Their derivatives by f: w_{r−1} − w_r of the degree below. Degree ≥ 1. */
export function cardinalSlopes(degree: number, f: number, slopes: Float64Array): void {
  cardinalWeights(degree - 1, f, slopes);
  slopes[degree] = slopes[degree - 1];
  for (let r = degree - 1; r > 0; r--) slopes[r] = slopes[r - 1] - slopes[r];
  slopes[0] = -slopes[0];
}
