import { type Angle, substitute, symbolsOf } from '../angle/expression.js';
import { formatAngle } from '../angle/format.js';
import type { AngleFunction } from '../angle/functions.js';
import type { Circuit } from '../circuit.js';
import { floatLiteral, freeNames, numericValue, spell, type WordTable, wordsOf } from './dialect.js';

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
export function toQiskit(source: Circuit, { measure = false }: QiskitOptions = {}): string {
  const { numQubits, data, parameters } = source;
  const variables = freeNames([...data, ...parameters], (name) => reserved.has(name));
  const statements = spell(source.operations, wordsOf(words)).map(({ word, qubits, angles }) => {
    const list = angles.map((angle) => expression(angle, variables));
    if (word === 'global_phase') return `circuit.global_phase += ${list[0]}`;
    return `circuit.${word}(${[...list, ...qubits].join(', ')})`;
  });
  return [
    '"""',
    `Circuit ${JSON.stringify(source.name).replaceAll('"""', "'''")} for Qiskit.`,
    '"""',
    'from qiskit import QuantumCircuit',
    ...(variables.size > 0 ? ['from qiskit.circuit import Parameter'] : []),
    '',
    ...[...variables].map(([name, variable]) => `${variable} = Parameter("${name}")`),
    `circuit = QuantumCircuit(${numQubits})`,
    ...statements,
    ...(measure ? ['circuit.measure_all()'] : []),
    '',
  ].join('\n');
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
]);
