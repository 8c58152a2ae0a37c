import { DaruanError } from '../../src/foundation/errors.js';
import type { Angle, Expression } from '../angle/expression.js';
import { substitute, symbolsOf } from '../angle/expression.js';
import type { Circuit, Operation } from '../circuit.js';
import type { DynamicCircuit } from '../dynamicCircuit.js';
import { type Instruction, numericValue, spell, type WordTable, withIdleQubits, wordsOf } from './dialect.js';
import { programOf } from './program.js';

export interface CirqOptions {
  /** Measure all qubits at the end under the key `c`; false by default. */
  readonly measure?: boolean;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * The circuit as JSON that `cirq.read_json` reads, on line qubits; the same unitary up to a global phase. Symbols become
 * sympy symbols, angles stay radians. Qubits without a gate get the identity. Cirq takes qubit 0 as the most significant
 * bit of its states.
 *
 * @throws if a program depends on measured bits; if an angle applies a function to a symbol, which Cirq's JSON cannot hold; or a gate of the user has neither
 *   generator nor decomposition
 * @see https://quantumai.google/cirq/dev/serialization
 */
export function toCirq(source: Circuit | DynamicCircuit, { measure = false }: CirqOptions = {}): string {
  const program = programOf('toCirq', source, measure);
  const placed = (operations: readonly Operation[]): Placed[] =>
    spell(operations, wordsOf(words)).map((instruction) => ({ gate: gate(instruction), qubits: instruction.qubits }));
  const operations = program.dynamic ? inTime(program.dynamic, placed) : placed(withIdleQubits(program));
  const qubits = Array.from({ length: program.numQubits }, (_, qubit) => qubit);
  const moments = [
    ...pack(operations, program.numQubits),
    ...(measure ? [[{ gate: { ...measurement, num_qubits: qubits.length }, qubits }]] : []),
  ];
  const document = {
    cirq_type: 'Circuit',
    moments: moments.map((moment) => ({ cirq_type: 'Moment', operations: moment.map(operation) })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

interface Placed {
  readonly gate: Json;
  readonly qubits: readonly number[];
}

/** Gates, measurements and resets; each bit is a key of its own. */
const inTime = ({ steps }: DynamicCircuit, placed: (operations: readonly Operation[]) => Placed[]): Placed[] =>
  steps.flatMap((step, index): Placed[] => {
    if (step.kind === 'gate') return placed([step.operation]);
    if (step.kind === 'reset') return [{ gate: { cirq_type: 'ResetChannel', dimension: 2 }, qubits: [step.qubit] }];
    if (step.kind === 'measure') {
      return [{ gate: { ...measurement, key: `c${step.bit ?? '_forgotten'}` }, qubits: [step.qubit] }];
    }
    throw new DaruanError(
      'toCirq',
      `step ${index} depends on measured bits, which this writer does not say`,
      'Write OpenQASM 3, Qiskit or Quil.',
    );
  });

const measurement: Json = { cirq_type: 'MeasurementGate', num_qubits: 1, key: 'c', invert_mask: [] };

const operation = ({ gate, qubits }: Placed): Json => ({
  cirq_type: 'GateOperation',
  gate,
  qubits: qubits.map((x) => ({ cirq_type: 'LineQubit', x })),
});

/** Words: Cirq's class, and for powers the exponent. */
const words: WordTable = {
  id: ['IdentityGate'],
  x: ['XPowGate 1', 'CXPowGate 1', 'CCXPowGate 1'],
  y: ['YPowGate 1'],
  z: ['ZPowGate 1', 'CZPowGate 1', 'CCZPowGate 1'],
  h: ['HPowGate 1'],
  s: ['ZPowGate 0.5', 'CZPowGate 0.5'],
  sdg: ['ZPowGate -0.5', 'CZPowGate -0.5'],
  t: ['ZPowGate 0.25'],
  tdg: ['ZPowGate -0.25'],
  sx: ['XPowGate 0.5', 'CXPowGate 0.5'],
  sxdg: ['XPowGate -0.5', 'CXPowGate -0.5'],
  rx: ['Rx'],
  ry: ['Ry'],
  rz: ['Rz'],
  swap: ['SwapPowGate 1', 'CSwapGate'],
  iswap: ['ISwapPowGate 1'],
};

function gate({ word, angles, qubits }: Instruction): Json {
  const [type, exponent] = word.split(' ');
  if (exponent !== undefined) return { cirq_type: type, exponent: Number(exponent), global_shift: 0 };
  if (type === 'IdentityGate') return { cirq_type: type, num_qubits: qubits.length };
  return angles.length > 0 ? { cirq_type: type, rads: radians(angles[0]) } : { cirq_type: type };
}

/** Operations as early as their qubits are free, moment by moment. */
function pack(operations: readonly Placed[], numQubits: number): Placed[][] {
  const free = new Array<number>(numQubits).fill(0);
  const moments: Placed[][] = [];
  for (const placed of operations) {
    const moment = Math.max(...placed.qubits.map((qubit) => free[qubit]));
    moments[moment] ??= [];
    moments[moment].push(placed);
    for (const qubit of placed.qubits) free[qubit] = moment + 1;
  }
  return moments;
}

const radians = (angle: Angle): number | Json =>
  symbolsOf(angle).length === 0 ? numericValue(angle) : sympy(substitute(angle, {}) as Expression);

const float = (value: number): Json => ({ cirq_type: 'sympy.Float', approx: value });
const sum = (...args: Json[]): Json => ({ cirq_type: 'sympy.Add', args });
const times = (...args: Json[]): Json => ({ cirq_type: 'sympy.Mul', args });
const power = (...args: [Json, Json]): Json => ({ cirq_type: 'sympy.Pow', args });
const minusOne: Json = { cirq_type: 'sympy.Integer', i: -1 };

/** An expression as the sums, products and powers that sympy makes of it. */
function sympy(node: Expression): Json {
  switch (node.kind) {
    case 'number':
      return float(node.value);
    case 'symbol':
      return { cirq_type: 'sympy.Symbol', name: node.name };
    case 'negate':
      return times(minusOne, sympy(node.operand));
    case 'binary': {
      const [left, right] = [sympy(node.left), sympy(node.right)];
      if (node.operator === '+') return sum(left, right);
      if (node.operator === '-') return sum(left, times(minusOne, right));
      if (node.operator === '*') return times(left, right);
      return node.operator === '/' ? times(left, power(right, minusOne)) : power(left, right);
    }
    case 'call': {
      if (node.function === 'sqrt') return power(sympy(node.argument), float(0.5));
      if (node.function === 'exp') return power({ cirq_type: 'sympy.E' }, sympy(node.argument));
      throw new DaruanError(
        'toCirq',
        `Cirq's JSON has no function ${node.function} of symbols`,
        'Bind the symbols of its argument, or make the whole a symbol.',
      );
    }
  }
}
