/**
 * One edge of a chain layer as a one-qubit circuit on two complex amplitudes, and its Bloch form. The circuit is
 * |start⟩, e^{−iφ_1 Z/2}, U_1, e^{−iφ_2 Z/2}, …, e^{−iφ_r Z/2}, W, then a measurement in the computational basis.
 */
import { conjugateTranspose, type Matrix, matrix, product } from '../../../circuits/matrix.js';
import type { Random } from '../../../src/foundation/random.js';
import { randomUnitary } from './programs.js';

export interface Edge {
  /** U_0 prepares |start⟩ from |0⟩; U_1 … U_{r−1} are the blocks; U_r is W. */
  readonly unitaries: readonly Matrix[];
  readonly weights: readonly number[];
  readonly biases: readonly number[];
  readonly scale: number;
}

/** A rotation by `angle` about `axis`, after data rotation `after` (0: before the first). */
export interface Twist {
  readonly after: number;
  readonly axis: 'X' | 'Y' | 'Z';
  readonly angle: number;
}

export type Encoding = 'linear' | 'acos';
export type Measurement = 'expectation' | 'amplitude';

const paulis = [
  matrix([[0, 1], [1, 0]]), // biome-ignore format: a matrix
  matrix([[0, [0, -1]], [[0, 1], 0]]), // biome-ignore format: a matrix
  matrix([[1, 0], [0, -1]]), // biome-ignore format: a matrix
] as const;

/** Re tr(A)/2. */
const halfTrace = (a: Matrix): number => (a[0] + a[6]) / 2;

/** The 3-vector of tr(σ_j A)/2. */
export const blochVector = (a: Matrix): number[] => paulis.map((sigma) => halfTrace(product(sigma, a)));

/** Of U: the 3×3 matrix of tr(σ_j U σ_k U†)/2, row-major. */
export const blochMatrix = (u: Matrix): number[] =>
  paulis.flatMap((left) =>
    paulis.map((right) => halfTrace(product(left, product(u, product(right, conjugateTranspose(u)))))),
  );

/** a: the Bloch vector of U_0|0⟩. */
export const startOf = ({ unitaries: [first] }: Edge): number[] =>
  blochVector(product(first, product(paulis[2], conjugateTranspose(first))));

/** c, with c·v = ⟨W†ZW⟩. */
export function endOf({ unitaries }: Edge): number[] {
  const last = unitaries[unitaries.length - 1];
  return blochVector(product(conjugateTranspose(last), product(paulis[2], last)));
}

type Spinor = readonly [aRe: number, aIm: number, bRe: number, bIm: number];

const applied = (u: Matrix, [aRe, aIm, bRe, bIm]: Spinor): Spinor => [
  u[0] * aRe - u[1] * aIm + u[2] * bRe - u[3] * bIm,
  u[0] * aIm + u[1] * aRe + u[2] * bIm + u[3] * bRe,
  u[4] * aRe - u[5] * aIm + u[6] * bRe - u[7] * bIm,
  u[4] * aIm + u[5] * aRe + u[6] * bIm + u[7] * bRe,
];

/** exp(−iθP/2). */
function rotation(axis: Twist['axis'], theta: number): Matrix {
  const [c, s] = [Math.cos(theta / 2), Math.sin(theta / 2)];
  if (axis === 'X') return Float64Array.of(c, 0, 0, -s, 0, -s, c, 0);
  if (axis === 'Y') return Float64Array.of(c, 0, -s, 0, s, 0, c, 0);
  return Float64Array.of(c, -s, 0, 0, 0, 0, c, s);
}

/** g(f(x)): |α|² − |β|², or |α| − |β|. */
export function measureEdge(
  { unitaries, weights, biases }: Edge,
  encoding: Encoding,
  measurement: Measurement,
  x: number,
  twist?: Twist,
): number {
  let state = applied(unitaries[0], [1, 0, 0, 0]);
  for (let l = 0; l <= weights.length; l++) {
    if (l > 0) {
      const encoded = weights[l - 1] * x + biases[l - 1];
      state = applied(rotation('Z', encoding === 'linear' ? encoded : Math.acos(encoded)), state);
    }
    if (twist?.after === l) state = applied(rotation(twist.axis, twist.angle), state);
    if (l > 0) state = applied(unitaries[l], state);
  }
  const [zero, one] = [Math.hypot(state[0], state[1]), Math.hypot(state[2], state[3])];
  return measurement === 'expectation' ? zero * zero - one * one : zero - one;
}

/**
 * A random edge whose ⟨Z⟩ stays within ±0.9 at the samples `xs`, and whose acos arguments stay within ±0.8: away from the poles,
 * where slopes are infinite.
 */
export function randomEdge(random: Random, reps: number, encoding: Encoding, xs: readonly number[]): Edge {
  const reach = encoding === 'linear' ? { weight: 2, bias: 3 } : { weight: 0.5, bias: 0.3 };
  const draw = (): Edge => ({
    unitaries: Array.from({ length: reps + 1 }, () => randomUnitary(random, 2)),
    weights: Array.from({ length: reps }, () => random.uniform(-reach.weight, reach.weight)),
    biases: Array.from({ length: reps }, () => random.uniform(-reach.bias, reach.bias)),
    scale: random.uniform(-2, 2),
  });
  let edge = draw();
  const nearPole = (x: number): boolean => Math.abs(measureEdge(edge, encoding, 'expectation', x)) > 0.9;
  while (xs.some(nearPole)) edge = draw();
  return edge;
}
