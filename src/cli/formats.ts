import type { Circuit } from '../../circuits/circuit.js';
import { toJson } from '../../circuits/json.js';
import { toBraket } from '../../circuits/text/braket.js';
import { toCirq } from '../../circuits/text/cirq.js';
import { toIonq } from '../../circuits/text/ionq.js';
import { toQasm2 } from '../../circuits/text/qasm2.js';
import { toQasm3 } from '../../circuits/text/qasm3.js';
import { toQiskit } from '../../circuits/text/qiskit.js';
import { toQuantikz } from '../../circuits/text/quantikz.js';
import { toQuil } from '../../circuits/text/quil.js';
import { isNative, targets } from '../transpile/targets.js';
import { transpile } from '../transpile/transpile.js';
import type { Format } from './formatNames.js';

interface FileFormat {
  readonly suffix: string;
  readonly write: (circuit: Circuit) => string;
}

/** The circuit as it stands if IonQ has its gates, else written in those of the Forte systems. */
function inPulses(circuit: Circuit): Circuit {
  const families = [targets['ionq-aria'], targets['ionq-forte']];
  const fits = families.some((target) => circuit.operations.every((operation) => isNative(target, operation)));
  return fits ? circuit : transpile(circuit, { target: 'ionq-forte' }).circuit;
}

/** How a circuit is written to a file: one row a format. */
export const formats: Readonly<Record<Format, FileFormat>> = {
  qasm3: { suffix: 'qasm', write: (circuit) => toQasm3(circuit) },
  qasm2: { suffix: 'qasm', write: (circuit) => toQasm2(circuit) },
  braket: { suffix: 'qasm', write: (circuit) => toBraket(circuit) },
  quil: { suffix: 'quil', write: (circuit) => toQuil(circuit) },
  ionq: { suffix: 'json', write: (circuit) => toIonq(circuit) },
  'ionq-native': { suffix: 'json', write: (circuit) => toIonq(inPulses(circuit), { gateset: 'native' }) },
  cirq: { suffix: 'json', write: (circuit) => toCirq(circuit) },
  qiskit: { suffix: 'py', write: (circuit) => toQiskit(circuit) },
  quantikz: { suffix: 'tex', write: toQuantikz },
  json: { suffix: 'json', write: (circuit) => `${JSON.stringify(toJson(circuit), null, 2)}\n` },
};
