import type { Circuit } from '../circuit.js';
import { freeNames, spell, type WordTable, withIdleQubits, wordsOf } from './dialect.js';
import { qasmExpression, qasmReserved } from './qasmSpelling.js';
import { remarked } from './remark.js';

export interface BraketOptions {
  /** Measure all qubits at the end into `bit[n] c`; false by default. Not together with result pragmas of your own. */
  readonly measure?: boolean;
}

/**
 * The circuit in Amazon Braket's dialect of OpenQASM 3: no include, Braket's names of gates, `input float` for every
 * unbound symbol. Qubits without a gate get `i`, since Braket drops idle ones. Braket takes q[0] as the most significant
 * bit of its states. The unitary is that of the circuit, global phase included.
 *
 * @throws if a gate of the user has neither generator nor decomposition
 * @see https://docs.aws.amazon.com/braket/latest/developerguide/braket-openqasm-supported-features.html
 */
export function toBraket(source: Circuit, { measure = false }: BraketOptions = {}): string {
  const { numQubits, data, parameters } = source;
  const rename = freeNames([...data, ...parameters], isReserved);
  const inputs = [...rename].map(([name, written]) =>
    remarked(`input float ${written};`, data.includes(name) ? 'data' : 'parameter', name, written),
  );
  const statements = spell(withIdleQubits(source), wordsOf(words)).map(({ word, qubits, angles }) => {
    const list = angles.length > 0 ? `(${angles.map((angle) => qasmExpression(angle, rename)).join(', ')})` : '';
    return `${word}${list}${qubits.length > 0 ? ' ' : ''}${qubits.map((qubit) => `q[${qubit}]`).join(', ')};`;
  });
  return [
    'OPENQASM 3;',
    `// circuit ${JSON.stringify(source.name)}, for Amazon Braket; q[0] is Braket's most significant bit`,
    ...inputs,
    `qubit[${numQubits}] q;`,
    ...(measure ? [`bit[${numQubits}] c;`] : []),
    ...statements,
    ...(measure ? ['c = measure q;'] : []),
    '',
  ].join('\n');
}

const words: WordTable = {
  gphase: ['gphase'],
  id: ['i'],
  x: ['x', 'cnot', 'ccnot'],
  y: ['y', 'cy'],
  z: ['z', 'cz'],
  h: ['h'],
  s: ['s'],
  sdg: ['si'],
  t: ['t'],
  tdg: ['ti'],
  sx: ['v', 'cv'],
  sxdg: ['vi'],
  p: ['phaseshift', 'cphaseshift'],
  rx: ['rx'],
  ry: ['ry'],
  rz: ['rz'],
  rxx: ['xx'],
  ryy: ['yy'],
  rzz: ['zz'],
  swap: ['swap', 'cswap'],
  iswap: ['iswap'],
  ecr: ['ecr'],
  prx: ['prx'],
  gpi: ['gpi'],
  gpi2: ['gpi2'],
  ms: ['ms'],
};

const others = 'pswap xy cphaseshift00 cphaseshift01 cphaseshift10 unitary i v vi si ti'.split(' ');
const own = new Set([...Object.values(words).flat(), ...others]);

const isReserved = (name: string): boolean => qasmReserved.has(name) || own.has(name);
