import { expected } from '../src/foundation/errors.js';

/** A square complex matrix: row-major, interleaved re, im. No larger than one gate's. */
export type Matrix = Float64Array;

/** A number a + bi as [a, b], or a real number. */
export type Complex = number | readonly [re: number, im: number];

/** The matrix with these rows. */
export function matrix(rows: readonly (readonly Complex[])[]): Matrix {
  const entries = rows.flat().flatMap((entry) => (typeof entry === 'number' ? [entry, 0] : entry));
  if (entries.length !== 2 * rows.length * rows.length) {
    throw expected('matrix', 'as many columns as rows', `${rows.length} rows, ${entries.length / 2} entries`);
  }
  return Float64Array.from(entries);
}

/** Number of rows. */
export const dimension = (a: Matrix): number => Math.round(Math.sqrt(a.length / 2));

/** The identity of the given dimension. */
export function identity(size: number): Matrix {
  const result = new Float64Array(2 * size * size);
  for (let i = 0; i < size; i++) result[2 * i * (size + 1)] = 1;
  return result;
}

/** s·A, s complex. */
export function scale(a: Matrix, s: Complex): Matrix {
  const [re, im] = typeof s === 'number' ? [s, 0] : s;
  const result = new Float64Array(a.length);
  for (let i = 0; i < a.length; i += 2) {
    result[i] = re * a[i] - im * a[i + 1];
    result[i + 1] = re * a[i + 1] + im * a[i];
  }
  return result;
}

/** A + B. */
export const sum = (a: Matrix, b: Matrix): Matrix => a.map((value, i) => value + b[i]);

/** A·B. */
export function product(a: Matrix, b: Matrix): Matrix {
  const size = dimension(a);
  const result = new Float64Array(a.length);
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < size; k++) {
      const [re, im] = [a[2 * (row * size + k)], a[2 * (row * size + k) + 1]];
      for (let column = 0; column < size; column++) {
        const from = 2 * (k * size + column);
        const to = 2 * (row * size + column);
        result[to] += re * b[from] - im * b[from + 1];
        result[to + 1] += re * b[from + 1] + im * b[from];
      }
    }
  }
  return result;
}

/** The Kronecker product A ⊗ B: A acts on the higher bits, B on the lower. */
export function kronecker(a: Matrix, b: Matrix): Matrix {
  const [m, n] = [dimension(a), dimension(b)];
  const result = new Float64Array((a.length * b.length) / 2);
  for (let i = 0; i < m * m; i++) {
    for (let j = 0; j < n * n; j++) {
      const row = Math.floor(i / m) * n + Math.floor(j / n);
      const to = 2 * (row * m * n + (i % m) * n + (j % n));
      result[to] = a[2 * i] * b[2 * j] - a[2 * i + 1] * b[2 * j + 1];
      result[to + 1] = a[2 * i] * b[2 * j + 1] + a[2 * i + 1] * b[2 * j];
    }
  }
  return result;
}

/** A†, the conjugate transpose. */
export function conjugateTranspose(a: Matrix): Matrix {
  const size = dimension(a);
  const result = new Float64Array(a.length);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      result[2 * (column * size + row)] = a[2 * (row * size + column)];
      result[2 * (column * size + row) + 1] = -a[2 * (row * size + column) + 1];
    }
  }
  return result;
}

/** max |A − B| over all entries. */
export function distance(a: Matrix, b: Matrix): number {
  let largest = 0;
  for (let i = 0; i < a.length; i += 2) largest = Math.max(largest, Math.hypot(a[i] - b[i], a[i + 1] - b[i + 1]));
  return largest;
}

/** min over γ of max |A − e^{iγ}B|, with γ read off the overlap tr(B†A): the distance up to a global phase. */
export function distanceUpToPhase(a: Matrix, b: Matrix): number {
  let [re, im] = [0, 0];
  for (let i = 0; i < a.length; i += 2) {
    re += b[i] * a[i] + b[i + 1] * a[i + 1];
    im += b[i] * a[i + 1] - b[i + 1] * a[i];
  }
  const norm = Math.hypot(re, im);
  return norm === 0 ? distance(a, b) : distance(a, scale(b, [re / norm, im / norm]));
}
