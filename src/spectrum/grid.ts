import { fourierTransform } from './fft.js';

/** Numbers of nodes in each direction of a grid over one period: t_d = period_d · j/N_d, the last direction fastest. */
export type Shape = readonly number[];

export const sizeOf = (shape: Shape): number => shape.reduce((size, length) => size * length, 1);

/** The nodes, shape [size, directions]. */
export function gridNodes(shape: Shape, periods: readonly number[]): Float64Array {
  const result = new Float64Array(sizeOf(shape) * shape.length);
  for (let node = 0; node < sizeOf(shape); node++) {
    let rest = node;
    for (let d = shape.length - 1; d >= 0; d--) {
      result[node * shape.length + d] = (periods[d] * (rest % shape[d])) / shape[d];
      rest = Math.floor(rest / shape[d]);
    }
  }
  return result;
}

/** One of each pair ±k of integer vectors with |k_d| ≤ degrees_d, in lexicographic order from 0 on: shape [count, directions]. */
export function halfLattice(degrees: readonly number[]): Int32Array {
  const shape = degrees.map((degree) => 2 * degree + 1);
  const size = sizeOf(shape);
  const result = new Int32Array(((size + 1) / 2) * degrees.length);
  for (let point = (size - 1) / 2, at = 0; point < size; point++, at += degrees.length) {
    let rest = point;
    for (let d = degrees.length - 1; d >= 0; d--) {
      result[at + d] = (rest % shape[d]) - degrees[d];
      rest = Math.floor(rest / shape[d]);
    }
  }
  return result;
}

/**
 * c_k = (1/N) Σ_j f(t_j) exp(−2πi Σ_d j_d k_d/N_d) for the k of a list.
 *
 * @param values  f at the nodes of the grid, shape [batch, …shape]
 * @param list    integer vectors, shape [count, directions]
 * @returns shape [batch, count, 2] (re, im)
 */
export function gridCoefficients(values: Float64Array, batch: number, shape: Shape, list: Int32Array): Float64Array {
  const size = sizeOf(shape);
  const count = list.length / shape.length;
  const places = Int32Array.from({ length: count }, (_, k) =>
    shape.reduce((place, length, d) => place * length + (((list[k * shape.length + d] % length) + length) % length), 0),
  );
  const result = new Float64Array(2 * batch * count);
  for (let b = 0; b < batch; b++) {
    const { re, im } = transformAll(values.slice(b * size, (b + 1) * size), shape);
    places.forEach((place, k) => {
      const at = 2 * (b * count + k);
      result[at] = re[place] / size;
      result[at + 1] = im[place] / size;
    });
  }
  return result;
}

/** The transform along every direction, in place. */
function transformAll(re: Float64Array, shape: Shape): { re: Float64Array; im: Float64Array } {
  const im = new Float64Array(re.length);
  let stride = 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    const length = shape[d];
    for (let line = 0; line < re.length / length; line++) {
      const first = Math.floor(line / stride) * stride * length + (line % stride);
      const at = (j: number): number => first + j * stride;
      const signal = {
        re: Float64Array.from({ length }, (_, j) => re[at(j)]),
        im: Float64Array.from({ length }, (_, j) => im[at(j)]),
      };
      const transformed = fourierTransform(signal);
      for (let j = 0; j < length; j++) {
        re[at(j)] = transformed.re[j];
        im[at(j)] = transformed.im[j];
      }
    }
    stride *= length;
  }
  return { re, im };
}
