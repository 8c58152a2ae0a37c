import { type Circuit, circuit, controlled, type Operation, op } from '../../circuits/circuit.js';
import type { GateName } from '../../circuits/gates.js';
import { documentReader } from '../foundation/document.js';

const { fault, parse, list, text, integer, number } = documentReader('fromIonqJob');

/** The words of IonQ's gate set `qis` that this project writes. */
const words: Readonly<Record<string, GateName>> = {
  x: 'x',
  y: 'y',
  z: 'z',
  h: 'h',
  s: 's',
  si: 'sdg',
  t: 't',
  ti: 'tdg',
  v: 'sx',
  vi: 'sxdg',
  rx: 'rx',
  ry: 'ry',
  rz: 'rz',
  xx: 'rxx',
  yy: 'ryy',
  zz: 'rzz',
  swap: 'swap',
};

/**
 * The circuit of an IonQ job of gate set `qis`, as `toIonq` writes it.
 *
 * @throws one error that names the place in the document
 */
export function fromIonqJob(source: string): Circuit {
  const job = parse(source) as { input?: { gateset?: unknown; qubits?: unknown; circuit?: unknown } };
  const { gateset, qubits, circuit: statements } = job?.input ?? {};
  if (gateset !== 'qis') throw fault('input.gateset', '"qis"', gateset);
  const numQubits = integer('input.qubits', qubits, 1, 30);
  const operations = list('input.circuit', statements, (path, value): Operation => {
    const { gate, target, targets, control, rotation } = value as Record<string, unknown>;
    const word = text(`${path}.gate`, gate);
    const qubit = (key: string, found: unknown) => integer(`${path}.${key}`, found, 0, numQubits - 1);
    if (word === 'cnot') return controlled(op('x', [qubit('target', target)]), qubit('control', control));
    if (!Object.hasOwn(words, word)) throw fault(`${path}.gate`, `one of ${Object.keys(words).join(' ')} cnot`, word);
    const on = targets === undefined ? [qubit('target', target)] : list(`${path}.targets`, targets, qubit);
    const angles = rotation === undefined ? [] : [number(`${path}.rotation`, rotation)];
    return op(words[word], on, ...angles);
  });
  return circuit({ numQubits, operations });
}
