import { parseAngle } from '../../circuits/angle/parse.js';
import { type Circuit, type Control, circuit, controlled, gateNamed, op } from '../../circuits/circuit.js';
import { gates } from '../../circuits/gates.js';
import type { Values } from '../../src/compile/values.js';
import type { Random } from '../../src/foundation/random.js';

/** Angles over parameters a, b, c and data x, y: constants, affine, products, and curved ones, all smooth everywhere. */
const angles = [
  '0.7',
  '-pi/3',
  'a',
  'b',
  'c',
  'x',
  'y',
  '2*a + pi/2',
  '-b/3',
  'a*x + b',
  'x - y',
  'c*x*y/4',
  'sin(a) + x',
  'x^2/3',
  'acos(0.8*cos(x))',
  'tanh(b*y)',
  'exp(-a^2)',
  'sqrt(1 + c^2)',
  'log(2 + sin(y))',
  'a/(2 + cos(b))',
  '(2 + sin(a))^x',
  'asin(0.6*sin(c))',
  'atan(x + a)',
  'tan(0.3*sin(b))',
  '(1 + a^2)^(1/3)',
  '(c - 3*x)^3/20',
].map(parseAngle);

const pick = <T>(random: Random, list: readonly T[]): T => list[random.integer(list.length)];

/** `length` operations on distinct qubits: any gate of the table, up to two controls on |0⟩ or |1⟩, any of the angles. */
export function randomCircuit(random: Random, numQubits: number, length: number): Circuit {
  const names = Object.keys(gates).filter((name) => gateNamed(name).numTargets <= numQubits);
  const operations = Array.from({ length }, () => {
    const gate = gateNamed(pick(random, names));
    const order = [...random.permutation(numQubits)];
    const targets = order.splice(0, gate.numTargets);
    const controls = order
      .slice(0, random.integer(3))
      .map((qubit): Control => ({ qubit, value: random.integer(2) as 0 | 1 }));
    return controlled(op(gate, targets, ...gate.parameters.map(() => pick(random, angles))), ...controls);
  });
  return circuit({ numQubits, data: ['x', 'y'], operations });
}

/** Parameters shared by the batch, one of them per sample; data per sample. */
export function randomValues(random: Random, { parameters, data }: Circuit, batch: number): Values {
  const column = () => Float64Array.from({ length: batch }, () => random.uniform(-2, 2));
  return Object.fromEntries([
    ...parameters.map((name) => [name, name === 'c' ? column() : random.uniform(-2, 2)]),
    ...data.map((name) => [name, column()]),
  ]);
}

/** Three Pauli words with coefficients. */
export const randomObservable = (random: Random, numQubits: number): [string, number][] =>
  Array.from({ length: 3 }, () => [
    Array.from({ length: numQubits }, () => pick(random, ['I', 'X', 'Y', 'Z'])).join(''),
    random.uniform(-1, 1),
  ]);

/** max |a − b|; infinite if the lengths differ, or an entry is no number. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = a.length === b.length ? 0 : Infinity;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i]);
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
  }
  return largest;
}
