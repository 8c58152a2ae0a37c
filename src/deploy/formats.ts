import type { Circuit } from '../../circuits/circuit.js';
import { toCircuit } from '../../circuits/dynamicCircuit.js';
import { toBraket } from '../../circuits/text/braket.js';
import { fromQasm2, fromQasm3 } from '../../circuits/text/fromQasm.js';
import { toIonq } from '../../circuits/text/ionq.js';
import { toQasm2 } from '../../circuits/text/qasm2.js';
import { toQasm3 } from '../../circuits/text/qasm3.js';
import type { TargetName } from '../transpile/targets.js';
import type { CountsShape } from './counts.js';
import { fromIonqJob } from './readIonq.js';

/** A kind of job file. */
export interface JobFormat {
  readonly suffix: string;
  /** The shape in which its counts come back, unless said otherwise. */
  readonly counts: CountsShape;
  /** The devices whose native gates it holds, and nothing else; absent if it holds any circuit. */
  readonly targets?: readonly TargetName[];
  /** The circuit with all qubits measured at the end, qubit k into bit k. */
  readonly write: (circuit: Circuit, shots: number) => string;
  readonly read: (text: string) => Circuit;
}

export type JobFormatName = 'qasm3' | 'qasm2' | 'braket' | 'ionq' | 'ionq-native';

/** How jobs are written: one row a format. */
export const jobFormats: Readonly<Record<JobFormatName, JobFormat>> = {
  qasm3: {
    suffix: 'qasm',
    counts: 'ibm',
    write: (circuit) => toQasm3(circuit, { measure: true }),
    read: (text) => toCircuit(fromQasm3(text)).circuit,
  },
  qasm2: {
    suffix: 'qasm',
    counts: 'ibm',
    write: (circuit) => toQasm2(circuit, { measure: true }),
    read: (text) => toCircuit(fromQasm2(text)).circuit,
  },
  braket: {
    suffix: 'qasm',
    counts: 'braket',
    write: (circuit) => toBraket(circuit, { measure: true }),
    read: (text) => toCircuit(fromQasm3(text.replace(/^OPENQASM 3;$/m, braketPrelude))).circuit,
  },
  ionq: {
    suffix: 'json',
    counts: 'ionq',
    write: (circuit, shots) => toIonq(circuit, { shots }),
    read: fromIonqJob,
  },
  'ionq-native': {
    suffix: 'json',
    counts: 'ionq',
    targets: ['ionq-aria', 'ionq-forte'],
    write: (circuit, shots) => toIonq(circuit, { shots, gateset: 'native' }),
    read: fromIonqJob,
  },
};

/** Braket's names of gates, for a reader that knows OpenQASM's. */
const braketPrelude = `OPENQASM 3;
include "stdgates.inc";
gate i a { id a; } gate si a { sdg a; } gate ti a { tdg a; } gate v a { sx a; } gate vi a { inv @ sx a; }
gate phaseshift(t) a { p(t) a; } gate cnot a, b { cx a, b; }`;
