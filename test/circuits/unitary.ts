import { evaluate } from '../../circuits/angle/expression.js';
import type { Circuit, Operation } from '../../circuits/circuit.js';
import { adjoint, distance, identity, type Matrix, product } from '../../circuits/matrix.js';

export type Values = Readonly<Record<string, number>>;

/** The dense unitary of one operation on `numQubits` qubits, entry by entry from the definition. */
export function operationUnitary(operation: Operation, numQubits: number, values: Values = {}): Matrix {
  const { gate, targets, controls, angles } = operation;
  const size = 2 ** numQubits;
  const small = gate.matrix(...angles.map((angle) => evaluate(angle, values)));
  const result = new Float64Array(2 * size * size);
  const local = (index: number): number => targets.reduce((sum, qubit, j) => sum + (((index >> qubit) & 1) << j), 0);
  const rest = targets.reduce((mask, qubit) => mask & ~(1 << qubit), size - 1);
  for (let column = 0; column < size; column++) {
    const active = controls.every(({ qubit, value }) => ((column >> qubit) & 1) === value);
    for (let row = 0; row < size; row++) {
      const to = 2 * (row * size + column);
      if (!active) result[to] = row === column ? 1 : 0;
      else if ((row & rest) === (column & rest)) {
        const from = 2 * (local(row) * 2 ** gate.numTargets + local(column));
        result[to] = small[from];
        result[to + 1] = small[from + 1];
      }
    }
  }
  return result;
}

/** The dense unitary of operations, the first acting first. */
export const operationsUnitary = (operations: readonly Operation[], numQubits: number, values: Values = {}): Matrix =>
  operations.reduce(
    (unitary, operation) => product(operationUnitary(operation, numQubits, values), unitary),
    identity(2 ** numQubits),
  );

/** The dense unitary of a circuit: for tests alone, 4ⁿ entries. */
export const circuitUnitary = (source: Circuit, values: Values = {}): Matrix =>
  operationsUnitary(source.operations, source.numQubits, values);

/** max |A†A − I|. */
export const unitarityError = (a: Matrix): number =>
  distance(product(adjoint(a), a), identity(Math.round(Math.sqrt(a.length / 2))));
