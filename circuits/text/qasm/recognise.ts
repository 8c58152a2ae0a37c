import { evaluate } from '../../angle/expression.js';
import { type Operation, op } from '../../circuit.js';
import { type Gate, gates } from '../../gates.js';
import { distance, distanceUpToPhase, identity, type Matrix } from '../../matrix.js';
import { rowDefinition } from './library.js';
import type { GateDefinition } from './scope.js';

const samples = [0.7, -1.9, 2.3];

/**
 * The row of the gate table that a definition repeats: of its name, perhaps after `daruan_`, and of the same unitary at
 * angles without any symmetry. So a circuit that was written with definitions is read as it was.
 */
export function recognised(name: string, definition: GateDefinition, upToPhase: boolean): GateDefinition | undefined {
  const row = (gates as Readonly<Record<string, Gate>>)[name.replace(/^daruan_/, '')];
  if (!Object.hasOwn(gates, name.replace(/^daruan_/, ''))) return undefined;
  const { numParameters, numQubits, expand } = definition;
  if (row.numTargets !== numQubits || row.parameters.length !== numParameters) return undefined;
  const [angles, qubits] = [samples.slice(0, numParameters), [0, 1].slice(0, numQubits)];
  const body = unitary(expand(angles, qubits, { line: 0, column: 0 }), numQubits);
  const measure = upToPhase ? distanceUpToPhase : distance;
  return measure(body, unitary([op(row, qubits, ...angles)], numQubits)) < 1e-12 ? rowDefinition(row) : undefined;
}

/** The unitary of operations on few qubits, column by column. */
function unitary(operations: readonly Operation[], numQubits: number): Matrix {
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
