import { gates } from '../../circuits/gates.js';
import {
  conjugateTranspose,
  dimension,
  identity,
  kronecker,
  type Matrix,
  matrix,
  product,
} from '../../circuits/matrix.js';
import { jointDiagonal } from './jointDiagonal.js';

/** One-qubit unitaries on the two qubits of a pair. */
export type Locals = readonly [first: Matrix, second: Matrix];

/**
 * A two-qubit unitary up to a global phase: `after` · exp(i(aXX + bYY + cZZ)) · `before`, with
 * π/4 ≥ a ≥ b ≥ |c|: how much it entangles, and nothing that one-qubit gates could do.
 */
export interface WeylForm {
  readonly before: Locals;
  readonly coordinates: readonly [a: number, b: number, c: number];
  readonly after: Locals;
}

/** Angles below this, in radians, are rounding. */
export const NEGLIGIBLE = 1e-13;

const R = Math.SQRT1_2;
/** Bell states as columns, with phases that turn products of one-qubit gates into real rotations. */
const magic = matrix([
  [R, 0, 0, [0, R]],
  [0, [0, R], R, 0],
  [0, [0, R], -R, 0],
  [R, 0, 0, [0, -R]],
]);
const fromMagic = conjugateTranspose(magic);

/** The values of XX, YY and ZZ in the four states. */
const signs = [
  [1, 1, -1, -1],
  [-1, 1, -1, 1],
  [1, -1, -1, 1],
] as const;

/**
 * The Cartan decomposition (KAK) of a 4×4 unitary, its first qubit the least significant bit. Exact to rounding for all
 * unitaries, degenerate ones included: no eigenvalue gap is divided by.
 *
 * Cost: constant, some thousand floating-point operations.
 * @see J. Zhang, J. Vala, S. Sastry, K. B. Whaley, doi:10.1103/PhysRevA.67.042313
 */
export function weylForm(unitary: Matrix): WeylForm {
  const m = product(fromMagic, product(unitary, magic));
  const square = product(transpose(m), m); // symmetric and unitary: its real and imaginary parts commute
  const [re, im] = [0, 1].map((part) => square.filter((_, i) => i % 2 === part)) as [Float64Array, Float64Array];
  const p = jointDiagonal([re, im], 4);
  const phases = [0, 1, 2, 3].map((j) => Math.atan2(im[5 * j], re[5 * j]) / 2);
  let left = columnsTurned(product(m, complexOf(p)), phases);
  if (determinant(left) < 0) {
    phases[0] += Math.PI;
    left = columnsTurned(product(m, complexOf(p)), phases);
  }
  const toLocals = (rotation: Matrix): Locals => factors(product(magic, product(rotation, fromMagic)));
  const coordinates = signs.map((row) => row.reduce((sum, sign, j) => sum + (sign * phases[j]) / 4, 0));
  return inChamber(toLocals(complexOf(transposeReal(p))), coordinates, toLocals(complexOf(left)));
}

const transposeReal = (a: Float64Array): Float64Array => a.map((_, i) => a[(i % 4) * 4 + (i >> 2)]);

const complexOf = (a: Float64Array): Matrix =>
  Float64Array.from({ length: 32 }, (_, i) => (i % 2 === 0 ? a[i / 2] : 0));

function transpose(a: Matrix): Matrix {
  const size = dimension(a);
  return a.map((_, i) => {
    const [row, column] = [Math.floor(i / 2 / size), Math.floor(i / 2) % size];
    return a[2 * (column * size + row) + (i % 2)];
  });
}

/** The real part of A·diag(e^(−iφ_j)), which is all of it. */
const columnsTurned = (a: Matrix, phases: readonly number[]): Float64Array =>
  Float64Array.from({ length: 16 }, (_, i) => {
    const phase = phases[i % 4];
    return a[2 * i] * Math.cos(phase) + a[2 * i + 1] * Math.sin(phase);
  });

/** The determinant of a real 4×4 matrix, by 2×2 minors. */
function determinant(a: Float64Array): number {
  const minor = (row: number, i: number, j: number): number =>
    a[4 * row + i] * a[4 * row + 4 + j] - a[4 * row + j] * a[4 * row + 4 + i];
  const terms = [
    [0, 1, 2, 3, 1],
    [0, 2, 1, 3, -1],
    [0, 3, 1, 2, 1],
    [1, 2, 0, 3, 1],
    [1, 3, 0, 2, -1],
    [2, 3, 0, 1, 1],
  ];
  return terms.reduce((sum, [i, j, k, l, sign]) => sum + sign * minor(0, i, j) * minor(2, k, l), 0);
}

/** The factors of a Kronecker product, up to phases. */
function factors(a: Matrix): Locals {
  let at = 0;
  const size = (i: number): number => Math.hypot(a[2 * i], a[2 * i + 1]);
  for (let i = 1; i < 16; i++) if (size(i) > size(at)) at = i;
  const [row, column] = [at >> 2, at & 3];
  const pick = (index: (bit: number, around: number) => number): Matrix => {
    const entries = [0, 1, 2, 3].map((k) => 4 * index(k >> 1, row) + index(k & 1, column));
    const length = Math.hypot(...entries.map(size)) / Math.SQRT2;
    return Float64Array.from(entries.flatMap((i) => [a[2 * i] / length, a[2 * i + 1] / length]));
  };
  return [pick((bit, around) => (around & 2) | bit), pick((bit, around) => (bit << 1) | (around & 1))];
}

const paulis = [gates.x.matrix(), gates.y.matrix(), gates.z.matrix()];
const cis = (word: 'rx' | 'ry' | 'rz'): Matrix => gates[word].matrix(Math.PI / 2);
/** exchanged[i + j]: a turn of both qubits that exchanges the axes i and j. */
const exchanged = [identity(2), cis('rz'), cis('ry'), cis('rx')];

/** The same unitary with coordinates in the Weyl chamber, what that takes moved into the one-qubit gates. */
function inChamber(before: Locals, raw: readonly number[], after: Locals): WeylForm {
  const x = [...raw];
  let [first, second] = before;
  let [firstAfter, secondAfter] = after;
  for (let k = 0; k < 3; k++) {
    const turns = Math.round(x[k] / (Math.PI / 2));
    x[k] -= (turns * Math.PI) / 2;
    if (turns % 2 === 0) continue; // exp(iπ/2 XX) = i XX
    firstAfter = product(firstAfter, paulis[k]);
    secondAfter = product(secondAfter, paulis[k]);
  }
  const exchange = (i: number, j: number): void => {
    if (Math.abs(x[i]) >= Math.abs(x[j])) return;
    const turn = exchanged[i + j];
    const back = conjugateTranspose(turn);
    [x[i], x[j]] = [x[j], x[i]];
    [first, second] = [product(turn, first), product(turn, second)];
    [firstAfter, secondAfter] = [product(firstAfter, back), product(secondAfter, back)];
  };
  for (const [i, j] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ]) {
    exchange(i, j);
  }
  for (const k of [0, 1]) {
    if (x[k] >= 0) continue; // a Pauli gate on one qubit turns the signs of the two others
    const pauli = paulis[1 - k];
    [x[k], x[2]] = [-x[k], -x[2]];
    first = product(pauli, first);
    firstAfter = product(firstAfter, pauli);
  }
  return { before: [first, second], coordinates: [x[0], x[1], x[2]], after: [firstAfter, secondAfter] };
}

/** The 4×4 unitary that a Weyl form stands for, up to a global phase. */
export function fromWeylForm({ before, coordinates, after }: WeylForm): Matrix {
  const [a, b, c] = coordinates;
  const middle = [gates.rxx.matrix(-2 * a), gates.ryy.matrix(-2 * b), gates.rzz.matrix(-2 * c)].reduce(product);
  return product(kronecker(after[1], after[0]), product(middle, kronecker(before[1], before[0])));
}
