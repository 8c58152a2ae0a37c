/** Value and derivative of a function of one variable at `t`. */
export interface Sample {
  readonly t: number;
  readonly value: number;
  readonly slope: number;
}

/**
 * Where the cubic through two samples and their slopes has its minimum; NaN if it has none or a number is not finite.
 * Source: Nocedal & Wright, Numerical Optimization, 2nd edition, equation 3.59.
 */
export function cubicMinimum(a: Sample, b: Sample): number {
  const secant = (a.value - b.value) / (a.t - b.t);
  const middle = a.slope + b.slope - 3 * secant;
  const root = Math.sign(b.t - a.t) * Math.sqrt(middle * middle - a.slope * b.slope);
  return b.t - ((b.t - a.t) * (b.slope + root - middle)) / (b.slope - a.slope + 2 * root);
}
