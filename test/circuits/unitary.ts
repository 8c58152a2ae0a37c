import { evaluate } from '../../circuits/angle/expression.js';
import type { Circuit, Operation } from '../../circuits/circuit.js';
import { conjugateTranspose, distance, identity, type Matrix, product } from '../../circuits/matrix.js';

export type Values = Readonly<Record<string, number>>;

/** The operation's unitary times `right`, row by row from the definition; `right` has 2^numQubits rows, any columns. */
export function applyOperation(operation: Operation, right: Matrix, numQubits: number, values: Values = {}): Matrix {
  const { gate, targets, controls, angles } = operation;
  const small = gate.matrix(...angles.map((angle) => evaluate(angle, values)));
  const [size, block] = [2 ** numQubits, 2 ** gate.numTargets];
  const width = right.length / size;
  const result = new Float64Array(right.length);
  const local = (index: number): number => targets.reduce((sum, qubit, j) => sum + (((index >> qubit) & 1) << j), 0);
  const withLocal = (index: number, bits: number): number =>
    targets.reduce((sum, qubit, j) => (sum & ~(1 << qubit)) | (((bits >> j) & 1) << qubit), index);
  for (let row = 0; row < size; row++) {
    const active = controls.every(({ qubit, value }) => ((row >> qubit) & 1) === value);
    if (!active) result.set(right.subarray(row * width, (row + 1) * width), row * width);
    for (let bits = 0; active && bits < block; bits++) {
      const [re, im] = small.subarray(2 * (local(row) * block + bits));
      const from = withLocal(row, bits) * width;
      for (let k = 0; k < width; k += 2) {
        result[row * width + k] += re * right[from + k] - im * right[from + k + 1];
        result[row * width + k + 1] += re * right[from + k + 1] + im * right[from + k];
      }
    }
  }
  return result;
}

/** The dense unitary of one operation on `numQubits` qubits. */
export const operationUnitary = (operation: Operation, numQubits: number, values: Values = {}): Matrix =>
  applyOperation(operation, identity(2 ** numQubits), numQubits, values);

/** The dense unitary of operations, the first acting first. */
export const operationsUnitary = (operations: readonly Operation[], numQubits: number, values: Values = {}): Matrix =>
  operations.reduce(
    (unitary, operation) => applyOperation(operation, unitary, numQubits, values),
    identity(2 ** numQubits),
  );

/** The dense unitary of a circuit: for tests alone, 4ⁿ entries. */
export const circuitUnitary = (source: Circuit, values: Values = {}): Matrix =>
  operationsUnitary(source.operations, source.numQubits, values);

/** max |A†A − I|. */
export const unitarityError = (a: Matrix): number =>
  distance(product(conjugateTranspose(a), a), identity(Math.round(Math.sqrt(a.length / 2))));
