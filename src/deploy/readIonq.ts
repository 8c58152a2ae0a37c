import { type Circuit, circuit, controlled, type Operation, op } from '../../circuits/circuit.js';
import type { GateName } from '../../circuits/gates.js';
import { documentReader } from '../foundation/document.js';

const { fault, parse, list, text, integer, number } = documentReader('fromIonqJob');

/** The words of IonQ's gate set `qis` that this project writes. */
const textbookWords: Readonly<Record<string, GateName>> = {
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

/** The words of the native gate set. */
const nativeWords: Readonly<Record<string, GateName>> = { gpi: 'gpi', gpi2: 'gpi2', ms: 'ms', zz: 'rzz' };

/**
 * The circuit of an IonQ job of gate set `qis` or `native`, as `toIonq` writes it.
 *
 * @throws one error that names the place in the document
 */
export function fromIonqJob(source: string): Circuit {
  const job = parse(source) as { input?: { gateset?: unknown; qubits?: unknown; circuit?: unknown } };
  const { gateset, qubits, circuit: statements } = job?.input ?? {};
  if (gateset !== 'qis' && gateset !== 'native') throw fault('input.gateset', '"qis" or "native"', gateset);
  const words = gateset === 'qis' ? textbookWords : nativeWords;
  const numQubits = integer('input.qubits', qubits, 1, 30);
  const operations = list('input.circuit', statements, (path, value): Operation => {
    const { gate, target, targets, control, ...numbers } = value as Record<string, unknown>;
    const word = text(`${path}.gate`, gate);
    const qubit = (key: string, found: unknown) => integer(`${path}.${key}`, found, 0, numQubits - 1);
    if (word === 'cnot' && gateset === 'qis')
      return controlled(op('x', [qubit('target', target)]), qubit('control', control));
    if (!Object.hasOwn(words, word))
      throw fault(`${path}.gate`, `one of ${Object.keys(words).join(' ')}${gateset === 'qis' ? ' cnot' : ''}`, word);
    const on = targets === undefined ? [qubit('target', target)] : list(`${path}.targets`, targets, qubit);
    return op(words[word], on, ...anglesOf(path, numbers));
  });
  return circuit({ numQubits, operations });
}

/** The angles of a statement, in radians: of textbook gates so written, of native ones in turns, phases first. */
function anglesOf(path: string, { rotation, phase, phases, angle }: Readonly<Record<string, unknown>>): number[] {
  if (rotation !== undefined) return [number(`${path}.rotation`, rotation)];
  const turn = (at: string, value: unknown): number => 2 * Math.PI * number(at, value);
  return [
    ...(phase === undefined ? [] : [turn(`${path}.phase`, phase)]),
    ...(phases === undefined ? [] : list(`${path}.phases`, phases, turn)),
    ...(angle === undefined ? [] : [turn(`${path}.angle`, angle)]),
  ];
}
