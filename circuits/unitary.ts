import { evaluate } from './angle/expression.js';
import type { Operation } from './circuit.js';
import { identity, type Matrix } from './matrix.js';

/**
 * The dense unitary of operations on few qubits, the first acting first: 4ⁿ entries, for n ≤ 2 or so.
 *
 * @throws if an angle is not a number
 */
export function unitaryOf(operations: readonly Operation[], numQubits: number): Matrix {
  return operations.reduce(
    (matrix, { gate, targets, angles, controls }) => {
      const small = gate.matrix(...angles.map((angle) => evaluate(angle, {})));
      const [size, block] = [2 ** numQubits, 2 ** targets.length];
      const result = new Float64Array(matrix.length);
      for (let row = 0; row < size; row++) {
        const acts = controls.every(({ qubit, value }) => ((row >> qubit) & 1) === value);
        const local = targets.reduce((bits, qubit, j) => bits | (((row >> qubit) & 1) << j), 0);
        const rest = targets.reduce((bits, qubit) => bits & ~(1 << qubit), row);
        for (let other = 0; other < block; other++) {
          const from = targets.reduce((bits, qubit, j) => bits | (((other >> j) & 1) << qubit), rest);
          const at = 2 * (local * block + other);
          const [re, im] = acts ? [small[at], small[at + 1]] : [from === row ? 1 : 0, 0];
          for (let k = 0; k < 2 * size; k += 2) {
            const [x, y] = [matrix[2 * from * size + k], matrix[2 * from * size + k + 1]];
            result[2 * row * size + k] += re * x - im * y;
            result[2 * row * size + k + 1] += re * y + im * x;
          }
        }
      }
      return result;
    },
    identity(2 ** numQubits),
  );
}
