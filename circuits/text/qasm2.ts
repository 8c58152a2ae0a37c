import { type Angle, symbol } from '../angle/expression.js';
import { formatAngle } from '../angle/format.js';
import { type Circuit, type Operation, op } from '../circuit.js';
import type { DynamicCircuit } from '../dynamicCircuit.js';
import { type Gate, type GateName, gates } from '../gates.js';
import { checkBound, floatLiteral, type Instruction, numericValue, spell, type WordTable, wordsOf } from './dialect.js';
import { type Phrases, phrased, programOf } from './program.js';
import { askableBits, asked } from './qasm2Conditions.js';

export interface Qasm2Options {
  /** Measure all qubits at the end into `creg c[n]`; false by default. */
  readonly measure?: boolean;
}

/**
 * The circuit as an OpenQASM 2 program, the same unitary up to a global phase, which the language cannot say. It calls
 * nothing but the 23 gates of the specification's `qelib1.inc`; other rows of the table get definitions with formal
 * parameters, named `daruan_…` since readers have libraries of their own. Numbers read back to the same doubles.
 *
 * @throws if a condition asks for more than the value of a register, or for the bits that its branch measures; if the
 *   circuit has unbound symbols, or a gate of the user has neither generator nor decomposition
 * @example toQasm2(circuit({ numQubits: 2, operations: [op('h', [0]), controlled(op('x', [1]), 0)] }))
 * @see A. W. Cross et al., arXiv:1707.03429
 */
export function toQasm2(source: Circuit | DynamicCircuit, { measure = false }: Qasm2Options = {}): string {
  const program = programOf('toQasm2', source, measure);
  checkBound('toQasm2', program);
  const { numQubits, dynamic } = program;
  const spelt = (operations: readonly Operation[]): Instruction[] =>
    spell(operations, (gate, controls) => specified(gate, controls) ?? (controls === 0 ? defined(gate) : undefined));
  const instructions = spelt(program.operations);
  const used = rows.filter((row) => instructions.some(({ word }) => word === defined(row.name as GateName)));
  const qubit = (index: number): string => `q[${index}]`;
  const bits = dynamic && askableBits(dynamic, (name) => name === 'q' || name === 'forgotten' || reserved.has(name));
  const gate = (operation: Operation): string[] =>
    spelt([operation]).map((instruction) => statement(instruction, qubit, (angle) => number(numericValue(angle))));
  const phrases: Phrases = {
    gate,
    measure: (index, bit) => [`measure ${qubit(index)} -> ${bit === undefined ? 'forgotten[0]' : bits!.bit(bit)};`],
    reset: (index) => [`reset ${qubit(index)};`],
    branch: (condition, body, otherwise) =>
      asked({ kind: 'if', condition, body, otherwise }, bits!, (step) => phrased([step], phrases)),
  };
  const statements = phrased(program.steps, phrases);
  const forgets = statements.some((line) => line.includes('forgotten'));
  return [
    'OPENQASM 2.0;',
    'include "qelib1.inc";',
    `// circuit ${JSON.stringify(source.name)}; q[0] is the least significant bit`,
    ...used.map(definition),
    `qreg q[${numQubits}];`,
    ...(measure ? [`creg c[${numQubits}];`] : []),
    ...(bits?.registers ?? []).map(({ name, size }) => `creg ${name}[${size}];`),
    ...(forgets ? ['creg forgotten[1];'] : []),
    ...statements,
    ...(measure ? ['measure q -> c;'] : []),
    '',
  ].join('\n');
}

const rows: readonly Gate[] = Object.values(gates);

const reserved: ReadonlySet<string> = new Set(
  'OPENQASM include qreg creg gate opaque measure reset barrier if pi U CX sin cos tan exp ln sqrt'.split(' '),
);

/**
 * Of the 23 gates all but u2, and those with an angle under a control: the relative phase of cu3 differs between libraries,
 * and some readers take the angles of crz and cu1 modulo 2π, which turns them by π where they halve them.
 */
const words: WordTable = {
  id: ['id'],
  x: ['x', 'cx', 'ccx'],
  y: ['y', 'cy'],
  z: ['z', 'cz'],
  h: ['h', 'ch'],
  s: ['s'],
  sdg: ['sdg'],
  t: ['t'],
  tdg: ['tdg'],
  p: ['u1'],
  u: ['u3'],
  rx: ['rx'],
  ry: ['ry'],
  rz: ['rz'],
};

const specified = wordsOf(words);

/** What a definition is called: identifiers start in lower case, and other libraries have gates named as our rows. */
const defined = (gate: GateName): string | undefined =>
  words[gate] === undefined && gate !== 'gphase' ? `daruan_${gate}` : undefined;

function statement(
  { word, qubits, angles }: Instruction,
  name: (qubit: number) => string,
  spelling: (angle: Angle) => string,
): string {
  const list = angles.length > 0 ? `(${angles.map(spelling).join(', ')})` : '';
  return `${word}${list} ${qubits.map(name).join(', ')};`;
}

/** A row as a gate definition, from its lowering to gates of the specification. */
function definition(row: Gate): string {
  const names = ['a', 'b'].slice(0, row.numTargets);
  const formal = op(row, [...names.keys()], ...row.parameters.map(symbol));
  const body = spell([formal], specified).map((step) =>
    statement(
      step,
      (index) => names[index],
      (angle) => formatAngle(angle, { number }),
    ),
  );
  const parameters = row.parameters.length > 0 ? `(${row.parameters.join(', ')})` : '';
  return `gate ${defined(row.name as GateName)}${parameters} ${names.join(', ')} { ${body.join(' ')} }`;
}

/** A real number as the grammar has it: with a dot even before an exponent. */
const number = (value: number): string => floatLiteral(value).replace(/^(-?\d+)e/, '$1.0e');
