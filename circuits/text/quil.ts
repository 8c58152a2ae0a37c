import { DaruanError } from '../../src/foundation/errors.js';
import type { Angle } from '../angle/expression.js';
import { formatAngle } from '../angle/format.js';
import type { AngleFunction } from '../angle/functions.js';
import type { Circuit } from '../circuit.js';
import { floatLiteral, freeNames, spell, type Words, type WordTable, withIdleQubits } from './dialect.js';

export interface QuilOptions {
  /** Measure all qubits at the end into `BIT` memory named `ro`; false by default. */
  readonly measure?: boolean;
}

/**
 * The circuit as a Quil program, the same unitary up to a global phase: memory of type `REAL` for every unbound symbol,
 * modifiers CONTROLLED and DAGGER. Qubits without a gate get `I`. Qubit 0 is the least significant bit.
 *
 * @throws if an angle uses asin, acos, atan or log, which Quil lacks; or a gate of the user has neither generator nor
 *   decomposition
 * @see R. S. Smith, M. J. Curtis, W. J. Zeng, arXiv:1608.03355, and https://github.com/quil-lang/quil
 */
export function toQuil(source: Circuit, { measure = false }: QuilOptions = {}): string {
  const { numQubits, data, parameters } = source;
  const memory = freeNames([...data, ...parameters], isReserved);
  const declarations = [...memory].map(
    ([name, written]) => `DECLARE ${written} REAL[1]${written === name ? '' : ` # ${name}`}`,
  );
  const statements = spell(withIdleQubits(source), words).map(({ word, qubits, angles }) => {
    const list = angles.length > 0 ? `(${angles.map((angle) => expression(angle, memory)).join(', ')})` : '';
    return `${word}${list} ${qubits.join(' ')}`;
  });
  const qubits = Array.from({ length: numQubits }, (_, qubit) => qubit);
  return [
    `# circuit ${JSON.stringify(source.name)}; qubit 0 is the least significant bit`,
    ...declarations,
    ...(measure ? [`DECLARE ro BIT[${numQubits}]`] : []),
    ...statements,
    ...(measure ? qubits.map((qubit) => `MEASURE ${qubit} ro[${qubit}]`) : []),
    '',
  ].join('\n');
}

const table: WordTable = {
  id: ['I'],
  x: ['X', 'CNOT', 'CCNOT'],
  y: ['Y'],
  z: ['Z', 'CZ'],
  h: ['H'],
  s: ['S'],
  sdg: ['DAGGER S'],
  t: ['T'],
  tdg: ['DAGGER T'],
  p: ['PHASE', 'CPHASE'],
  rx: ['RX'],
  ry: ['RY'],
  rz: ['RZ'],
  swap: ['SWAP', 'CSWAP'],
  iswap: ['ISWAP'],
};

/** The word of the standard library, or as many modifiers as there are controls. */
const words: Words = (gate, controls) => {
  const known = table[gate];
  return known && (known[controls] ?? `${'CONTROLLED '.repeat(controls)}${known[0]}`);
};

const expression = (angle: Angle, memory: ReadonlyMap<string, string>): string =>
  formatAngle(angle, {
    number: floatLiteral,
    symbol: (name) => `${memory.get(name)}[0]`,
    call: (name, argument) => {
      const written = calls[name]?.(argument);
      if (written !== undefined) return written;
      throw new DaruanError('toQuil', `Quil has no function ${name}`, 'Bind its argument, or make it a symbol.');
    },
  });

const calls: Partial<Record<AngleFunction, (argument: string) => string>> = {
  sin: (t) => `SIN(${t})`,
  cos: (t) => `COS(${t})`,
  tan: (t) => `(SIN(${t})/COS(${t}))`,
  tanh: (t) => `(1.0 - 2.0/(EXP(2.0*(${t})) + 1.0))`,
  exp: (t) => `EXP(${t})`,
  sqrt: (t) => `SQRT(${t})`,
};

/** Names that Quil's grammar reads as something else: constants, functions, our readout, keywords. */
const isReserved = (name: string): boolean =>
  ['pi', 'i', 'ro', 'cis', 'sin', 'cos', 'sqrt', 'exp'].includes(name.toLowerCase()) || keywords.includes(name);

const keywords: readonly string[] = [
  ...'ADD AND AS BIT CALL CAPTURE CONTROLLED CONVERT DAGGER DECLARE DEFCAL DEFCIRCUIT DEFFRAME DEFGATE'.split(' '),
  ...'DEFWAVEFORM DELAY DIV EQ EXCHANGE EXTERN FENCE FORKED GE GT HALT INCLUDE INTEGER IOR JUMP LABEL LE'.split(' '),
  ...'LOAD LT MATRIX MEASURE MOVE MUL MUTABLE NEG NONBLOCKING NOP NOT OCTET OFFSET PERMUTATION PRAGMA PULSE'.split(' '),
  ...'RAW REAL RESET SEQUENCE SHARED STORE SUB SWAP WAIT XOR'.split(' '),
];
