import type { Operation } from '../../../circuits/circuit.js';
import { controlled, op } from '../../../circuits/circuit.js';
import { type GateName, gates } from '../../../circuits/gates.js';
import type { Circuit } from '../../../circuits/index.js';
import { toBraket } from '../../../circuits/text/braket.js';
import { toCirq } from '../../../circuits/text/cirq.js';
import { toIonq } from '../../../circuits/text/ionq.js';
import { toQasm2 } from '../../../circuits/text/qasm2.js';
import { toQiskit } from '../../../circuits/text/qiskit.js';
import { toQuil } from '../../../circuits/text/quil.js';

/** A format's word in words of ours: a row of the table and how many controls come before its targets. */
type Meaning = readonly [gate: GateName, controls: number];

/** What the words of a format mean, after its own documentation. */
const meanings: Readonly<Record<'braket' | 'quil' | 'qiskit' | 'ionq' | 'cirq', Readonly<Record<string, Meaning>>>> = {
  braket: {
    ...plain('x y z h s t rx ry rz swap iswap ecr gphase prx gpi gpi2 ms'),
    i: ['id', 0],
    si: ['sdg', 0],
    ti: ['tdg', 0],
    v: ['sx', 0],
    vi: ['sxdg', 0],
    phaseshift: ['p', 0],
    xx: ['rxx', 0],
    yy: ['ryy', 0],
    zz: ['rzz', 0],
    cnot: ['x', 1],
    ccnot: ['x', 2],
    cy: ['y', 1],
    cz: ['z', 1],
    cv: ['sx', 1],
    cphaseshift: ['p', 1],
    cswap: ['swap', 1],
  },
  quil: {
    ...Object.fromEntries(
      'X Y Z H S T RX RY RZ SWAP ISWAP'.split(' ').map((w) => [w, [w.toLowerCase(), 0] as Meaning]),
    ),
    I: ['id', 0],
    PHASE: ['p', 0],
    CNOT: ['x', 1],
    CCNOT: ['x', 2],
    CZ: ['z', 1],
    CPHASE: ['p', 1],
    CSWAP: ['swap', 1],
  },
  qiskit: {
    ...plain('id x y z h s sdg t tdg sx sxdg p u rx ry rz rxx ryy rzz swap iswap ecr'),
    r: ['prx', 0],
    ...Object.fromEntries('x y z h s sdg sx p rx ry rz swap'.split(' ').map((w) => [`c${w}`, [w, 1] as Meaning])),
    ccx: ['x', 2],
    ccz: ['z', 2],
  },
  ionq: {
    ...plain('x y z h s t rx ry rz swap'),
    si: ['sdg', 0],
    ti: ['tdg', 0],
    v: ['sx', 0],
    vi: ['sxdg', 0],
    xx: ['rxx', 0],
    yy: ['ryy', 0],
    zz: ['rzz', 0],
    cnot: ['x', 1],
  },
  cirq: {
    IdentityGate: ['id', 0],
    'XPowGate 1': ['x', 0],
    'YPowGate 1': ['y', 0],
    'ZPowGate 1': ['z', 0],
    'HPowGate 1': ['h', 0],
    'ZPowGate 0.5': ['s', 0],
    'ZPowGate -0.5': ['sdg', 0],
    'ZPowGate 0.25': ['t', 0],
    'ZPowGate -0.25': ['tdg', 0],
    'XPowGate 0.5': ['sx', 0],
    'XPowGate -0.5': ['sxdg', 0],
    'SwapPowGate 1': ['swap', 0],
    'ISwapPowGate 1': ['iswap', 0],
    'CXPowGate 1': ['x', 1],
    'CXPowGate 0.5': ['sx', 1],
    'CXPowGate -0.5': ['sxdg', 1],
    'CZPowGate 1': ['z', 1],
    'CZPowGate 0.5': ['s', 1],
    'CZPowGate -0.5': ['sdg', 1],
    'CCXPowGate 1': ['x', 2],
    'CCZPowGate 1': ['z', 2],
    CSwapGate: ['swap', 1],
    Rx: ['rx', 0],
    Ry: ['ry', 0],
    Rz: ['rz', 0],
  },
};

function plain(words: string): Record<string, Meaning> {
  return Object.fromEntries(words.split(' ').map((word) => [word, [word as GateName, 0]]));
}

function mean([gate, controls]: Meaning, qubits: readonly number[], angles: readonly number[]): Operation {
  const operation = op(gate, qubits.slice(controls), ...angles);
  return controlled(operation, ...qubits.slice(0, controls));
}

const numbers = (text: string): number[] => (text.match(/-?\d[\d.]*(e[-+]?\d+)?/g) ?? []).map(Number);

function known(words: Readonly<Record<string, Meaning>>, word: string): Meaning {
  if (!Object.hasOwn(words, word)) throw new Error(`no word of the format: ${word}`);
  return words[word];
}

/** Statements `word(angles) q[i], q[j];`, one a line. */
function readStatements(text: string, words: Readonly<Record<string, Meaning>>): Operation[] {
  const lines = text
    .split('\n')
    .filter((line) => line !== '' && !/^(OPENQASM|\/\/|qubit|include|qreg|gate)/.test(line));
  return lines.map((line) => {
    const [, word, , list = '', qubits] = /^(\w+)(\((.*)\))?(.*);$/.exec(line) ?? [];
    return mean(known(words, word), numbers(qubits), numbers(list));
  });
}

function readQuil(text: string): Operation[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.flatMap((line) => {
    const [, modifiers, word, , list = '', qubits] =
      /^((?:CONTROLLED |DAGGER )*)([A-Z]+)(\((.*)\))? (.*)$/.exec(line) ?? [];
    const [gate, controls] = known(meanings.quil, word);
    const [on, angles] = [numbers(qubits), numbers(list)];
    const outer = modifiers.split(' ').filter((found) => found === 'CONTROLLED').length;
    const operation = mean([gate, controls], on.slice(outer), angles);
    const steps = modifiers.includes('DAGGER') ? operation.gate.inverse() : [];
    const inner = steps.length > 0 ? steps.map((step) => op(step.gate, on.slice(outer), ...step.angles)) : [operation];
    return inner.map((found) => controlled(found, ...on.slice(0, outer)));
  });
}

function readQiskit(text: string): Operation[] {
  return [...text.matchAll(/^circuit\.(\w+)(?: \+= (.*)|\((.*)\))$/gm)].map(([, word, phase, list]) => {
    if (word === 'global_phase') return op('gphase', [], Number(phase));
    const [gate, controls] = known(meanings.qiskit, word);
    const values = list.split(', ').map(Number);
    const count = gates[gate].parameters.length;
    return mean([gate, controls], values.slice(count), values.slice(0, count));
  });
}

interface IonqStatement {
  readonly gate: string;
  readonly rotation?: number;
  readonly control?: number;
  readonly target?: number;
  readonly targets?: readonly number[];
}

function readIonq(text: string): Operation[] {
  return (JSON.parse(text).input.circuit as IonqStatement[]).map(({ gate, rotation, control, target, targets }) =>
    mean(
      known(meanings.ionq, gate),
      [control, target, ...(targets ?? [])].filter((qubit) => qubit !== undefined),
      rotation === undefined ? [] : [rotation],
    ),
  );
}

interface CirqOperation {
  readonly gate: { readonly cirq_type: string; readonly exponent?: number; readonly rads?: number };
  readonly qubits: readonly { readonly x: number }[];
}

function readCirq(text: string): Operation[] {
  const moments = JSON.parse(text).moments as { readonly operations: readonly CirqOperation[] }[];
  return moments.flatMap(({ operations }) => {
    const used = operations.flatMap(({ qubits }) => qubits.map(({ x }) => x));
    if (new Set(used).size !== used.length) throw new Error('a moment uses a qubit twice');
    return operations.map(({ gate, qubits }) => {
      const word = gate.exponent === undefined ? gate.cirq_type : `${gate.cirq_type} ${gate.exponent}`;
      const on = qubits.map(({ x }) => x);
      return mean(known(meanings.cirq, word), on, gate.rads === undefined ? [] : [gate.rads]);
    });
  });
}

/** A format's writer, and a reader of its output for circuits of numbers. */
export interface Foreign {
  readonly name: string;
  readonly suffix: string;
  readonly write: (source: Circuit) => string;
  readonly read?: (text: string) => Operation[];
  readonly boundOnly?: boolean;
}

export const formats: readonly Foreign[] = [
  {
    name: 'braket',
    suffix: 'qasm',
    write: toBraket,
    read: (text) => readStatements(text, meanings.braket),
  },
  { name: 'quil', suffix: 'quil', write: toQuil, read: readQuil },
  { name: 'qiskit', suffix: 'py', write: toQiskit, read: readQiskit },
  { name: 'ionq', suffix: 'json', write: toIonq, read: readIonq, boundOnly: true },
  { name: 'cirq', suffix: 'json', write: toCirq, read: readCirq },
  { name: 'qasm2', suffix: 'qasm', write: toQasm2, boundOnly: true },
];
