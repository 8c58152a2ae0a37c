import { checkChoice, checkInteger } from '../../src/foundation/checks.js';
import { DaruanError, expected } from '../../src/foundation/errors.js';
import type { Circuit, Operation } from '../circuit.js';
import { checkBound, type Instruction, numericValue, spell, type WordTable, wordsOf } from './dialect.js';

export interface IonqOptions {
  /** How often to run the circuit; absent by default. */
  readonly shots?: number;
  /** `qis` (the default): any circuit, as gates of textbooks. `native`: gpi, gpi2, ms and rzz alone, as pulses. */
  readonly gateset?: 'qis' | 'native';
  /** Where to run it, such as `simulator` or `qpu.forte-1`; absent by default. */
  readonly backend?: string;
}

/**
 * The circuit as the JSON body of an IonQ job, the same unitary up to a global phase: angles in radians in the gate set
 * `qis`, in turns (1 for 2π) in the native one, which a circuit for `ionq-aria` or `ionq-forte` is made of. All qubits are measured at the end, as always on IonQ; key k of the returned probabilities is the basis index k, qubit 0
 * the least significant bit.
 *
 * @throws if the circuit has unbound symbols, or a gate of the user has neither generator nor decomposition; with
 *   `native`, if an operation is no native gate, or entangles by an angle outside [0, π/2]
 * @example toIonq(circuit({ numQubits: 2, operations: [op('ms', [0, 1], 0, 0, Math.PI / 2)] }), { gateset: 'native' })
 * @see https://docs.ionq.com/api-reference/v0.4/writing-quantum-programs
 */
export function toIonq(source: Circuit, { shots, backend, gateset = 'qis' }: IonqOptions = {}): string {
  checkBound('toIonq', source);
  checkChoice('toIonq', 'gateset', gateset, ['qis', 'native']);
  if (shots !== undefined) checkInteger('toIonq', 'shots', shots, 1);
  const job = {
    type: 'ionq.circuit.v1',
    name: source.name,
    ...(backend !== undefined && { backend }),
    ...(shots !== undefined && { shots }),
    input: {
      gateset,
      qubits: source.numQubits,
      circuit:
        gateset === 'native'
          ? source.operations.flatMap(nativeStatement)
          : spell(source.operations, wordsOf(words)).map(statement),
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

/** A whole turn is 1. */
const turns = (radians: number): number => radians / (2 * Math.PI);

/** One pulse; a global phase is none. */
function nativeStatement({ gate, targets, angles, controls }: Operation, index: number): object[] {
  const values = angles.map(numericValue);
  const label = `operation ${index} ("${gate.name}")`;
  if (gate.name === 'gphase' && controls.length === 0) return [];
  if (controls.length > 0 || !['gpi', 'gpi2', 'ms', 'rzz'].includes(gate.name)) {
    throw new DaruanError(
      'toIonq',
      `${label} is no native gate of IonQ`,
      'Transpile to ionq-aria or ionq-forte first.',
    );
  }
  if (targets.length === 1) return [{ gate: gate.name, target: targets[0], phase: turns(values[0]) }];
  const angle = values[values.length - 1];
  if (angle < 0 || angle > Math.PI / 2) throw expected('toIonq', `${label} to entangle by 0 … π/2`, angle);
  if (gate.name === 'rzz') return [{ gate: 'zz', targets, angle: turns(angle) }];
  return [{ gate: 'ms', targets, phases: [turns(values[0]), turns(values[1])], angle: turns(angle) }];
}
