import type { Floats } from '../../kernels/chain.js';

/** Mean and biased variance of a set of entries. */
export interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/** A set of entries of a tensor: `visit` is called with the place of each. */
export type Entries = (visit: (at: number) => void) => void;

export function momentsOf(x: Floats, entries: Entries): Moments {
  let [count, mean, squares] = [0, 0, 0];
  entries((at) => {
    mean += x[at];
    count++;
  });
  mean /= count;
  entries((at) => {
    squares += (x[at] - mean) ** 2;
  });
  return { mean, variance: squares / count };
}

/** Adds to `into` the derivative of L by the entries through their variance: ∂variance/∂x_j = 2(x_j − mean)/count. */
export function addVarianceGradient(
  x: Floats,
  entries: Entries,
  mean: number,
  count: number,
  upstream: number,
  into: Float64Array,
): void {
  entries((at) => {
    into[at] += (2 * upstream * (x[at] - mean)) / count;
  });
}

/** The entries of feature d over all rows of a tensor [rows, features]. */
export const column =
  (d: number, features: number, length: number): Entries =>
  (visit) => {
    for (let at = d; at < length; at += features) visit(at);
  };
