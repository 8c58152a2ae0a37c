import { type Angle, substitute, symbolsOf } from '../angle/expression.js';
import { formatAngle } from '../angle/format.js';
import type { AngleFunction } from '../angle/functions.js';
import type { Circuit, Operation } from '../circuit.js';
import type { Condition, DynamicCircuit, DynamicStep } from '../dynamicCircuit.js';
import { floatLiteral, freeNames, numericValue, spell, type WordTable, wordsOf } from './dialect.js';
import { type Bits, bitOf, bitsOf, isPossible, type Phrases, phrased, programOf } from './program.js';

export interface QiskitOptions {
  /** Measure all qubits at the end; false by default. */
  readonly measure?: boolean;
}

/**
 * A Python script that makes `circuit`, a Qiskit `QuantumCircuit`, with a `Parameter` for every unbound symbol. The
 * unitary is that of the circuit, global phase included; as here, qubit 0 is the least significant bit.
 *
 * @throws if a gate of the user has neither generator nor decomposition
 * @see https://docs.quantum.ibm.com/api/qiskit/qiskit.circuit.QuantumCircuit
 */
export function toQiskit(source: Circuit | DynamicCircuit, { measure = false }: QiskitOptions = {}): string {
  const { name, numQubits, data, parameters, steps, dynamic } = programOf('toQiskit', source, measure);
  const variables = freeNames([...data, ...parameters], (name) => reserved.has(name));
  const gate = (operation: Operation): string[] =>
    spell([operation], wordsOf(words)).map(({ word, qubits, angles }) => {
      const list = angles.map((angle) => expression(angle, variables));
      if (word === 'global_phase') return `circuit.global_phase += ${list[0]}`;
      return `circuit.${word}(${[...list, ...qubits].join(', ')})`;
    });
  const taken = new Set(variables.values());
  const bits = dynamic && bitsOf(dynamic, (found) => reserved.has(found) || taken.has(found));
  const statements = phrased(steps, phrasesOf(bits, gate));
  const forgets = statements.some((line) => line.includes('forgotten[0]'));
  const registers = [...(bits?.registers ?? []), ...(forgets ? [{ name: 'forgotten', size: 1 }] : [])];
  const decides = statements.some((line) => line.includes('expr.'));
  return [
    '"""',
    `Circuit ${JSON.stringify(name).replaceAll('"""', "'''")} for Qiskit.`,
    '"""',
    `from qiskit import ${registers.length > 0 ? 'ClassicalRegister, ' : ''}QuantumCircuit`,
    ...(variables.size > 0 ? ['from qiskit.circuit import Parameter'] : []),
    ...(decides ? ['from qiskit.circuit.classical import expr'] : []),
    '',
    ...[...variables].map(([name, variable]) => `${variable} = Parameter("${name}")`),
    `circuit = QuantumCircuit(${numQubits})`,
    ...registers.flatMap((found) => [
      `${found.name} = ClassicalRegister(${found.size}, "${found.name}")`,
      `circuit.add_register(${found.name})`,
    ]),
    ...statements,
    ...(measure ? ['circuit.measure_all()'] : []),
    '',
  ].join('\n');
}

function phrasesOf(bits: Bits | undefined, gate: Phrases['gate']): Phrases {
  const block = (steps: readonly DynamicStep[]): string[] => {
    const lines = phrased(steps, phrases).filter((line) => !line.startsWith('circuit.global_phase')); // of no effect here
    return (lines.length === 0 ? ['pass'] : lines).map((line) => `    ${line}`);
  };
  let branches = 0;
  const phrases: Phrases = {
    gate,
    measure: (qubit, bit) => [`circuit.measure(${qubit}, ${bit === undefined ? 'forgotten[0]' : bits!.bit(bit)})`],
    reset: (qubit) => [`circuit.reset(${qubit})`],
    branch: (condition, body, otherwise) => {
      const name = `otherwise_${branches++}`;
      const test = `with circuit.if_test(${conditionText(condition, bits!)})`;
      if (otherwise.length === 0) return [`${test}:`, ...block(body)];
      return [`${test} as ${name}:`, ...block(body), `with ${name}:`, ...block(otherwise)];
    },
  };
  return phrases;
}

/** A register or a bit with its value, or an expression of these. */
function conditionText(condition: Condition, bits: Bits): string {
  if (condition.kind !== 'equal' || !isPossible(condition)) return truth(condition, bits);
  const register = bits.whole(condition.bits);
  if (register !== undefined) return `(${register}, ${condition.value})`;
  return condition.bits.length === 1 ? `(${bits.bit(condition.bits[0])}, ${condition.value})` : truth(condition, bits);
}

function truth(condition: Condition, bits: Bits): string {
  const joined = (kind: 'and' | 'or', parts: readonly string[]): string =>
    parts.length === 0 ? 'expr.lift(True)' : parts.reduce((left, right) => `expr.logic_${kind}(${left}, ${right})`);
  switch (condition.kind) {
    case 'equal': {
      if (!isPossible(condition)) return 'expr.lift(False)';
      const parts = condition.bits.map((bit, k) =>
        bitOf(condition.value, k) === 1 ? `expr.lift(${bits.bit(bit)})` : `expr.logic_not(${bits.bit(bit)})`,
      );
      return joined('and', parts);
    }
    case 'not':
      return `expr.logic_not(${truth(condition.operand, bits)})`;
    default:
      return joined(condition.kind, [truth(condition.left, bits), truth(condition.right, bits)]);
  }
}

const words: WordTable = {
  gphase: ['global_phase'],
  id: ['id'],
  x: ['x', 'cx', 'ccx'],
  y: ['y', 'cy'],
  z: ['z', 'cz', 'ccz'],
  h: ['h', 'ch'],
  s: ['s', 'cs'],
  sdg: ['sdg', 'csdg'],
  t: ['t'],
  tdg: ['tdg'],
  sx: ['sx', 'csx'],
  sxdg: ['sxdg'],
  p: ['p', 'cp'],
  u: ['u'],
  rx: ['rx', 'crx'],
  ry: ['ry', 'cry'],
  rz: ['rz', 'crz'],
  rxx: ['rxx'],
  ryy: ['ryy'],
  rzz: ['rzz'],
  swap: ['swap', 'cswap'],
  iswap: ['iswap'],
  ecr: ['ecr'],
  prx: ['r'],
};

function expression(angle: Angle, variables: ReadonlyMap<string, string>): string {
  if (symbolsOf(angle).length === 0) return floatLiteral(numericValue(angle));
  // substituting nothing folds what is constant, so that methods are called on parameters alone
  return formatAngle(substitute(angle, {}), {
    number: floatLiteral,
    symbol: (name) => variables.get(name)!,
    call: (name, argument) => calls[name](`(${argument})`),
    power: (base, exponent) => `${base}**${exponent}`,
  });
}

const calls: Readonly<Record<AngleFunction, (argument: string) => string>> = {
  sin: (t) => `${t}.sin()`,
  cos: (t) => `${t}.cos()`,
  tan: (t) => `${t}.tan()`,
  asin: (t) => `${t}.arcsin()`,
  acos: (t) => `${t}.arccos()`,
  atan: (t) => `${t}.arctan()`,
  tanh: (t) => `(1.0 - 2.0/((2.0*${t}).exp() + 1.0))`,
  exp: (t) => `${t}.exp()`,
  log: (t) => `${t}.log()`,
  sqrt: (t) => `(${t}**0.5)`,
};

const keywords =
  'False None True and as assert async await break class continue def del elif else except finally for from global if';
const moreKeywords = 'import in is lambda nonlocal not or pass raise return try while with yield';

/** Python's keywords, and the names that the script itself uses. */
const reserved: ReadonlySet<string> = new Set([
  ...`${keywords} ${moreKeywords}`.split(' '),
  'circuit',
  'QuantumCircuit',
  'Parameter',
  'ClassicalRegister',
  'expr',
  'forgotten',
]);
