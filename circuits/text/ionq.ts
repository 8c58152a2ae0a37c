import { checkInteger } from '../../src/foundation/checks.js';
import type { Circuit } from '../circuit.js';
import { checkBound, type Instruction, numericValue, spell, type WordTable, wordsOf } from './dialect.js';

export interface IonqOptions {
  /** How often to run the circuit; absent by default. */
  readonly shots?: number;
  /** Where to run it, such as `simulator` or `qpu.forte-1`; absent by default. */
  readonly backend?: string;
}

/**
 * The circuit as the JSON body of an IonQ job, gate set `qis`, angles in radians; the same unitary up to a global phase.
 * All qubits are measured at the end, as always on IonQ; key k of the returned probabilities is the basis index k, qubit 0
 * the least significant bit.
 *
 * @throws if the circuit has unbound symbols, or a gate of the user has neither generator nor decomposition
 * @see https://docs.ionq.com/api-reference/v0.4/writing-quantum-programs
 */
export function toIonq(source: Circuit, { shots, backend }: IonqOptions = {}): string {
  checkBound('toIonq', source);
  if (shots !== undefined) checkInteger('toIonq', 'shots', shots, 1);
  const job = {
    type: 'ionq.circuit.v1',
    name: source.name,
    ...(backend !== undefined && { backend }),
    ...(shots !== undefined && { shots }),
    input: {
      gateset: 'qis',
      qubits: source.numQubits,
      circuit: spell(source.operations, wordsOf(words)).map(statement),
    },
  };
  return `${JSON.stringify(job, null, 2)}\n`;
}

const words: WordTable = {
  x: ['x', 'cnot'],
  y: ['y'],
  z: ['z'],
  h: ['h'],
  s: ['s'],
  sdg: ['si'],
  t: ['t'],
  tdg: ['ti'],
  sx: ['v'],
  sxdg: ['vi'],
  rx: ['rx'],
  ry: ['ry'],
  rz: ['rz'],
  rxx: ['xx'],
  ryy: ['yy'],
  rzz: ['zz'],
  swap: ['swap'],
};

function statement({ word, qubits, controls, angles }: Instruction): object {
  const on =
    controls === 1
      ? { control: qubits[0], target: qubits[1] }
      : qubits.length === 1
        ? { target: qubits[0] }
        : { targets: qubits };
  return { gate: word, ...on, ...(angles.length > 0 && { rotation: numericValue(angles[0]) }) };
}
