import { DaruanError } from '../../src/foundation/errors.js';
import type { Angle } from '../angle/expression.js';
import { formatAngle } from '../angle/format.js';
import type { AngleFunction } from '../angle/functions.js';
import type { Circuit, Operation } from '../circuit.js';
import type { Condition, DynamicCircuit } from '../dynamicCircuit.js';
import { floatLiteral, freeNames, spell, type Words, type WordTable, withIdleQubits } from './dialect.js';
import { bitOf, isPossible, type Phrases, phrased, programOf } from './program.js';
import { remarked } from './remark.js';

export interface QuilOptions {
  /** Measure all qubits at the end into `BIT` memory named `ro`; false by default. */
  readonly measure?: boolean;
}

/**
 * The circuit as a Quil program, the same unitary up to a global phase: memory of type `REAL` for every unbound symbol,
 * modifiers CONTROLLED and DAGGER; conditions as jumps. Qubits without a gate get `I`. Qubit 0 is the least significant bit.
 *
 * @throws if an angle uses asin, acos, atan or log, which Quil lacks; or a gate of the user has neither generator nor
 *   decomposition
 * @see R. S. Smith, M. J. Curtis, W. J. Zeng, arXiv:1608.03355, and https://github.com/quil-lang/quil
 */
export function toQuil(source: Circuit | DynamicCircuit, { measure = false }: QuilOptions = {}): string {
  const program = programOf('toQuil', source, measure);
  const { numQubits, data, parameters, steps, dynamic } = program;
  const memory = freeNames([...data, ...parameters], isReserved);
  const declarations = [...memory].map(([name, written]) =>
    remarked(`DECLARE ${written} REAL[1]`, data.includes(name) ? 'data' : 'parameter', name, written, '#'),
  );
  const written = (operations: readonly Operation[]): string[] =>
    spell(operations, words).map(({ word, qubits, angles }) => {
      const list = angles.length > 0 ? `(${angles.map((angle) => expression(angle, memory)).join(', ')})` : '';
      return `${word}${list} ${qubits.join(' ')}`;
    });
  const statements = dynamic
    ? phrased(
        steps,
        phrasesOf((operation) => written([operation])),
      )
    : written(withIdleQubits(program));
  const qubits = Array.from({ length: numQubits }, (_, qubit) => qubit);
  return [
    `# circuit ${JSON.stringify(source.name)}; qubit 0 is the least significant bit`,
    ...declarations,
    ...(measure ? [`DECLARE ro BIT[${numQubits}]`] : []),
    ...(dynamic && dynamic.numBits > 0 ? [`DECLARE ro BIT[${dynamic.numBits}]`] : []),
    ...statements,
    ...(measure ? qubits.map((qubit) => `MEASURE ${qubit} ro[${qubit}]`) : []),
    '',
  ].join('\n');
}

/** Conditions are jumps past what does not happen. */
function phrasesOf(gate: Phrases['gate']): Phrases {
  let labels = 0;
  const label = (): string => `@daruan-${labels++}`;
  const jumpUnless = (condition: Condition, to: string): string[] => {
    switch (condition.kind) {
      case 'equal':
        if (!isPossible(condition)) return [`JUMP ${to}`];
        return condition.bits.map(
          (bit, k) => `JUMP-${bitOf(condition.value, k) === 1 ? 'UNLESS' : 'WHEN'} ${to} ro[${bit}]`,
        );
      case 'not':
        return jumpWhen(condition.operand, to);
      case 'and':
        return [...jumpUnless(condition.left, to), ...jumpUnless(condition.right, to)];
      case 'or': {
        const past = label();
        return [...jumpWhen(condition.left, past), ...jumpUnless(condition.right, to), `LABEL ${past}`];
      }
    }
  };
  const jumpWhen = (condition: Condition, to: string): string[] => {
    const past = label();
    return [...jumpUnless(condition, past), `JUMP ${to}`, `LABEL ${past}`];
  };
  const phrases: Phrases = {
    gate,
    measure: (qubit, bit) => [bit === undefined ? `MEASURE ${qubit}` : `MEASURE ${qubit} ro[${bit}]`],
    reset: (qubit) => [`RESET ${qubit}`],
    branch: (condition, body, otherwise) => {
      const [other, end] = [label(), label()];
      const rest = otherwise.length === 0 ? [] : [`JUMP ${end}`];
      return [
        ...jumpUnless(condition, other),
        ...phrased(body, phrases),
        ...rest,
        `LABEL ${other}`,
        ...(otherwise.length === 0 ? [] : [...phrased(otherwise, phrases), `LABEL ${end}`]),
      ];
    },
  };
  return phrases;
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
