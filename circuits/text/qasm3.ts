import { symbol } from '../angle/expression.js';
import { type Circuit, type Operation, op } from '../circuit.js';
import type { Condition, DynamicCircuit, DynamicStep } from '../dynamicCircuit.js';
import { type Gate, type GateName, gates } from '../gates.js';
import { lowerOperation } from '../lower.js';
import { freeNames } from './dialect.js';
import { type Bits, bitOf, bitsOf, isPossible, type Phrases, phrased, programOf } from './program.js';
import { qasmExpression, qasmReserved } from './qasmSpelling.js';
import { type InputRole, remarked } from './remark.js';

export interface Qasm3Options {
  /** Measure all qubits at the end into `bit[n] c`; false by default. */
  readonly measure?: boolean;
}

/**
 * The circuit as an OpenQASM 3 program: `input float` for every unbound symbol, gate definitions with formal parameters
 * for what `stdgates.inc` lacks, modifiers for controls. The unitary is that of the circuit, global phase included.
 * A program keeps its measurements, resets and conditions. Names that OpenQASM reserves, such as those of gates, get an
 * underscore at their end. Which inputs are data, and what they were called, stands in comments that `fromQasm3`
 * understands: `input float x_; // daruan: data x`. Numbers read back to the same doubles.
 *
 * @throws if a gate of the user has neither generator nor decomposition
 * @example toQasm3(circuit({ numQubits: 2, operations: [op('h', [0]), controlled(op('x', [1]), 0)] }))
 * @see https://openqasm.com/versions/3.1/
 */
export function toQasm3(source: Circuit | DynamicCircuit, { measure = false }: Qasm3Options = {}): string {
  const program = programOf('toQasm3', source, measure);
  const { numQubits, data, parameters, steps, dynamic } = program;
  const lowered = (operation: Operation): Operation[] => lowerOperation(operation, isSpelled);
  const operations = program.operations.flatMap(lowered);
  const defined = rows.filter((row) => !names[row.name] && operations.some(({ gate }) => gate === row));
  const rename = freeNames([...data, ...parameters], (name) => qasmReserved.has(name));
  const inputs = new Set(rename.values());
  const bits = dynamic && bitsOf(dynamic, (name) => (name !== 'c' && qasmReserved.has(name)) || inputs.has(name));
  const qubit = (index: number): string => `q[${index}]`;
  const input =
    (role: InputRole) =>
    (name: string): string =>
      remarked(`input float ${rename.get(name)};`, role, name, rename.get(name)!);
  const section = (title: string, lines: readonly string[]): string[] => (lines.length > 0 ? [title, ...lines] : []);
  return [
    'OPENQASM 3.0;',
    'include "stdgates.inc";',
    `// circuit ${JSON.stringify(source.name)}; q[0] is the least significant bit`,
    ...section('// data', data.map(input('data'))),
    ...section('// parameters', parameters.map(input('parameter'))),
    ...defined.map(definition),
    `qubit[${numQubits}] q;`,
    ...(bits?.registers ?? []).map(({ name, size }) => `bit[${size}] ${name};`),
    ...phrased(
      steps,
      phrasesOf(bits, qubit, (operation) => lowered(operation).map((step) => statement(step, qubit, rename))),
    ),
    ...(measure ? [`bit[${numQubits}] c;`, 'c = measure q;'] : []),
    '',
  ].join('\n');
}

function phrasesOf(bits: Bits | undefined, qubit: (index: number) => string, gate: Phrases['gate']): Phrases {
  const block = (steps: readonly DynamicStep[]): string[] => phrased(steps, phrases).map((line) => `  ${line}`);
  const phrases: Phrases = {
    gate,
    measure: (index, bit) => [`${bit === undefined ? '' : `${bits!.bit(bit)} = `}measure ${qubit(index)};`],
    reset: (index) => [`reset ${qubit(index)};`],
    branch: (condition, body, otherwise) => [
      `if (${conditionText(condition, bits!)}) {`,
      ...block(body),
      ...(otherwise.length > 0 ? ['} else {', ...block(otherwise)] : []),
      '}',
    ],
  };
  return phrases;
}

function conditionText(condition: Condition, bits: Bits): string {
  switch (condition.kind) {
    case 'equal': {
      if (!isPossible(condition)) return 'false';
      const register = bits.whole(condition.bits);
      if (register !== undefined) return `${register} == ${condition.value}`;
      const parts = condition.bits.map((bit, k) => `${bits.bit(bit)} == ${bitOf(condition.value, k)}`);
      return parts.length === 0 ? 'true' : parts.join(' && ');
    }
    case 'not':
      return `!(${conditionText(condition.operand, bits)})`;
    default: {
      const sign = condition.kind === 'and' ? '&&' : '||';
      return `(${conditionText(condition.left, bits)}) ${sign} (${conditionText(condition.right, bits)})`;
    }
  }
}

const rows: readonly Gate[] = Object.values(gates);

/** names[k]: what OpenQASM 3 and its standard library call a row under k controls. Rows that are absent get a definition. */
const names: Readonly<Record<string, readonly string[] | undefined>> = {
  gphase: ['gphase'],
  id: ['id'],
  x: ['x', 'cx', 'ccx'],
  y: ['y', 'cy'],
  z: ['z', 'cz'],
  h: ['h', 'ch'],
  s: ['s'],
  sdg: ['sdg'],
  t: ['t'],
  tdg: ['tdg'],
  sx: ['sx'],
  p: ['p'],
  u: ['U'],
  rx: ['rx'],
  ry: ['ry'],
  rz: ['rz'],
  swap: ['swap', 'cswap'],
} satisfies Partial<Record<GateName, readonly string[]>>;

/**
 * Whether the operation is written as it stands, rather than lowered. A gate's parameter is an `angle` in OpenQASM 3, which
 * readers may reduce modulo 2π; but rz(θ + 2π) = −rz(θ), a sign that a control makes physical. So no gate with an angle
 * stands under a control, only named gates without one; and modifiers of both kinds are not mixed, since readers fail on it.
 */
function isSpelled({ gate, controls }: Operation): boolean {
  if (!rows.includes(gate)) return false;
  if (controls.length === 0) return true;
  const ones = controls.filter(({ value }) => value === 1).length;
  const spellings = names[gate.name];
  if (gate === gates.gphase) return ones === 1 && controls.length === 1;
  if (spellings === undefined || gate.parameters.length > 0) return false;
  return ones === controls.length || spellings[ones] !== undefined;
}

function statement(
  operation: Operation,
  qubitName: (qubit: number) => string,
  rename: ReadonlyMap<string, string>,
): string {
  const { gate, targets, angles, controls } = phaseOnQubit(operation);
  const on = (value: 0 | 1) => controls.filter((control) => control.value === value).map(({ qubit }) => qubit);
  const [zeros, ones] = [on(0), on(1)];
  const named = (names[gate.name] ?? [gate.name])[ones.length];
  const modifiers = [modifier('negctrl', zeros.length), modifier('ctrl', named ? 0 : ones.length)].join('');
  const list = angles.length > 0 ? `(${angles.map((angle) => qasmExpression(angle, rename)).join(', ')})` : '';
  const qubits = [...zeros, ...ones, ...targets].map(qubitName).join(', ');
  return `${modifiers}${named ?? names[gate.name]?.[0] ?? gate.name}${list}${qubits === '' ? '' : ` ${qubits}`};`;
}

/** A phase under a control on |1⟩ is `p` on that qubit. */
function phaseOnQubit(operation: Operation): Operation {
  const { gate, angles, controls } = operation;
  if (gate !== gates.gphase || controls.length === 0) return operation;
  return { gate: gates.p, targets: [controls[0].qubit], angles, controls: [] };
}

const modifier = (name: string, count: number): string =>
  count === 0 ? '' : count === 1 ? `${name} @ ` : `${name}(${count}) @ `;

/** A row as a gate definition, from its lowering to standard gates, with formal parameters. */
function definition(row: Gate): string {
  const qubits = row.numTargets === 1 ? ['a'] : ['a', 'b'];
  const body = lowerOperation(
    op(row, [...qubits.keys()], ...row.parameters.map(symbol)),
    (operation) => operation.gate !== row && isSpelled(operation) && names[operation.gate.name] !== undefined,
  );
  const formal = new Map(row.parameters.map((name) => [name, name]));
  const head = `gate ${row.name}${row.parameters.length > 0 ? `(${row.parameters.join(', ')})` : ''}`;
  return `${head} ${qubits.join(', ')} { ${body.map((step) => statement(step, (qubit) => qubits[qubit], formal)).join(' ')} }`;
}
