import type { Angle } from '../../circuits/angle/expression.js';
import type { Circuit, Operation } from '../../circuits/circuit.js';
import { gates } from '../../circuits/gates.js';
import { lowerOperation } from '../../circuits/lower.js';
import { identity, kronecker, type Matrix, product } from '../../circuits/matrix.js';
import { unitaryOf } from '../../circuits/unitary.js';

/** Two qubits, the first the least significant bit of a matrix. */
export type Pair = readonly [first: number, second: number];

/** What a circuit is made of while it is transpiled: unitaries of numbers, and turns about Z by formulas. */
export type Piece =
  | { readonly kind: 'turn'; readonly qubits: readonly [number]; readonly matrix: Matrix }
  | { readonly kind: 'phase'; readonly qubits: readonly [number]; readonly angle: Angle }
  | { readonly kind: 'pair'; readonly qubits: Pair; readonly matrix: Matrix }
  /** exp(−iθZZ/2) by a formula. */
  | { readonly kind: 'pairPhase'; readonly qubits: Pair; readonly angle: Angle };

/**
 * The circuit's operations as pieces, up to a global phase: what acts on more than two qubits is lowered, and so is what
 * has a formula as its angle, down to rz; or to rzz where the target turns a pair by any angle.
 *
 * @throws if a gate of the user has neither generator nor decomposition and needs one
 */
export function piecesOf({ operations }: Circuit, turnsPairs: boolean): Piece[] {
  const isPiece = (operation: Operation): boolean => {
    const { gate, angles, controls } = operation;
    if (angles.every((angle) => typeof angle === 'number')) return qubitsOf(operation).length <= 2;
    return controls.length === 0 && (gate === gates.rz || (turnsPairs && gate === gates.rzz));
  };
  return operations.flatMap((operation) => lowerOperation(operation, isPiece).flatMap(pieceOf));
}

const qubitsOf = ({ targets, controls }: Operation): number[] => [...targets, ...controls.map(({ qubit }) => qubit)];

function pieceOf(operation: Operation): Piece[] {
  const qubits = qubitsOf(operation);
  const [angle] = operation.angles;
  if (qubits.length === 0) return []; // a global phase
  if (operation.angles.some((found) => typeof found !== 'number')) {
    if (qubits.length === 1) return [{ kind: 'phase', qubits: [qubits[0]], angle }];
    return [{ kind: 'pairPhase', qubits: [qubits[0], qubits[1]], angle }];
  }
  const place = (qubit: number): number => qubits.indexOf(qubit);
  const local: Operation = {
    ...operation,
    targets: operation.targets.map(place),
    controls: operation.controls.map(({ qubit, value }) => ({ qubit: place(qubit), value })),
  };
  const matrix = unitaryOf([local], qubits.length);
  if (qubits.length === 1) return [{ kind: 'turn', qubits: [qubits[0]], matrix }];
  return [{ kind: 'pair', qubits: [qubits[0], qubits[1]], matrix }];
}

/**
 * The same with all neighbours on one qubit, or on one pair, multiplied together: what undoes itself is the identity then.
 * Cost: one product of 4×4 matrices a piece.
 */
export function collected(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  const turns = new Map<number, Matrix>();
  const open = new Map<number, { readonly qubits: Pair; matrix: Matrix }>();

  const close = (qubit: number): void => {
    const block = open.get(qubit);
    if (!block) return;
    for (const on of block.qubits) open.delete(on);
    result.push({ kind: 'pair', ...block });
  };
  const flush = (qubit: number): void => {
    close(qubit);
    const matrix = turns.get(qubit);
    if (matrix) result.push({ kind: 'turn', qubits: [qubit], matrix });
    turns.delete(qubit);
  };

  for (const piece of pieces) {
    if (piece.kind === 'turn') {
      const [qubit] = piece.qubits;
      const block = open.get(qubit);
      if (block) block.matrix = product(onPair(piece.matrix, block.qubits.indexOf(qubit)), block.matrix);
      else turns.set(qubit, product(piece.matrix, turns.get(qubit) ?? identity(2)));
    } else if (piece.kind === 'pair') {
      const [a, b] = piece.qubits;
      const block = open.get(a);
      if (block !== undefined && block === open.get(b)) {
        const matrix = block.qubits[0] === a ? piece.matrix : exchanged(piece.matrix);
        block.matrix = product(matrix, block.matrix);
        continue;
      }
      close(a);
      close(b);
      const before = kronecker(turns.get(b) ?? identity(2), turns.get(a) ?? identity(2));
      turns.delete(a);
      turns.delete(b);
      const opened = { qubits: piece.qubits, matrix: product(piece.matrix, before) };
      open.set(a, opened);
      open.set(b, opened);
    } else {
      for (const qubit of piece.qubits) flush(qubit);
      result.push(piece);
    }
  }
  for (const qubit of new Set([...open.keys(), ...turns.keys()])) flush(qubit);
  return result;
}

const onPair = (matrix: Matrix, position: number): Matrix =>
  position === 0 ? kronecker(identity(2), matrix) : kronecker(matrix, identity(2));

/** The matrix of the swaps that routing adds. */
export const swap: Matrix = gates.swap.matrix();

/** The matrix with its two qubits in the other order. */
export const exchanged = (matrix: Matrix): Matrix => product(swap, product(matrix, swap));
