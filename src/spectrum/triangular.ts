/** A matrix as its columns. */
export type Columns = readonly Float64Array[];

/** A least squares problem made ready for many right-hand sides: A = Q R. */
export interface Solver {
  /** The x that minimises |A x − b|, and the length of what remains. */
  readonly solve: (b: Float64Array) => { x: Float64Array; residual: number };
  /** σ_max/σ_min of A in the 2-norm, by power iteration on RᵀR and its inverse: to about a percent, never too large. */
  readonly conditionNumber: number;
}

/** Householder's factorisation, in place. A has at least as many rows as columns. */
export function leastSquaresSolver(columns: Columns): Solver {
  const a = columns.map((column) => column.slice());
  const diagonal = new Float64Array(a.length);
  a.forEach((column, k) => {
    const v = column.subarray(k);
    const length = Math.sqrt(dot(v, v));
    const alpha = v[0] > 0 ? -length : length;
    diagonal[k] = alpha;
    v[0] -= alpha;
    const norm = Math.sqrt(dot(v, v));
    if (norm > 0) for (let i = 0; i < v.length; i++) v[i] /= norm;
    for (let j = k + 1; j < a.length; j++) reflect(v, a[j].subarray(k));
  });
  const entry = (i: number, j: number): number => (i === j ? diagonal[i] : a[j][i]);
  const solve = (b: Float64Array): { x: Float64Array; residual: number } => {
    const rest = b.slice();
    a.forEach((column, k) => {
      reflect(column.subarray(k), rest.subarray(k));
    });
    const tail = rest.subarray(a.length);
    return { x: backward(entry, rest.subarray(0, a.length)), residual: Math.sqrt(dot(tail, tail)) };
  };
  return { solve, conditionNumber: conditionOf(entry, a.length) };
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * b[i], 0);

/** b ← b − 2 v (v·b). */
function reflect(v: Float64Array, b: Float64Array): void {
  const twice = 2 * dot(v, b);
  for (let i = 0; i < b.length; i++) b[i] -= twice * v[i];
}

type Entry = (i: number, j: number) => number;

/** R⁻¹ b, R upper triangular. */
function backward(entry: Entry, b: Float64Array): Float64Array {
  const x = b.slice();
  for (let i = x.length - 1; i >= 0; i--) {
    for (let j = i + 1; j < x.length; j++) x[i] -= entry(i, j) * x[j];
    x[i] /= entry(i, i);
  }
  return x;
}

/** R⁻ᵀ b. */
function forward(entry: Entry, b: Float64Array): Float64Array {
  const x = b.slice();
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) x[i] -= entry(j, i) * x[j];
    x[i] /= entry(i, i);
  }
  return x;
}

function conditionOf(entry: Entry, size: number): number {
  const product = (x: Float64Array): Float64Array => {
    const y = x.map((_, i) => x.reduce((sum, value, j) => (j < i ? sum : sum + entry(i, j) * value), 0));
    return x.map((_, j) => y.reduce((sum, value, i) => (i > j ? sum : sum + entry(i, j) * value), 0));
  };
  const largest = growth(product, size);
  const smallest = 1 / growth((x) => backward(entry, forward(entry, x)), size);
  return Math.sqrt(largest / smallest);
}

/** The largest eigenvalue of a positive matrix, by power iteration. */
function growth(multiply: (x: Float64Array) => Float64Array, size: number): number {
  let x = Float64Array.from({ length: size }, (_, i) => 1 + 0.5 * Math.sin(3 * i + 1));
  let value = 0;
  for (let step = 0; step < 100; step++) {
    const next = multiply(x);
    const length = Math.sqrt(dot(next, next));
    if (!(length > 0 && Number.isFinite(length))) return length;
    const change = Math.abs(length - value);
    value = length;
    x = next.map((entry) => entry / length);
    if (step > 10 && change < 1e-4 * value) break;
  }
  return value;
}
