import { append, type Circuit, type Operation, op } from '../../circuits/circuit.js';
import { checkWord, type PauliWord } from '../../circuits/pauli.js';
import { DaruanError } from '../foundation/errors.js';

/** Words that one basis measures together. */
export interface MeasurementGroup {
  /** What each qubit is measured in; `I` where no word looks. */
  readonly basis: PauliWord;
  readonly words: readonly PauliWord[];
}

/** Whether on every qubit the letters agree, or one is I: then one product basis measures both. */
export const commutesQubitwise = (a: PauliWord, b: PauliWord): boolean =>
  [...a].every((letter, j) => letter === 'I' || j >= b.length || b[j] === 'I' || b[j] === letter);

/**
 * Groups words that can be measured in one basis, few groups: the graph of words that do not commute qubit by qubit is
 * coloured greedily, at each step the word whose neighbours show the most colours (DSATUR).
 *
 * @param words  may repeat; the identity belongs to no group, since it needs no measurement
 * @returns groups; each distinct word stands in exactly one
 * @throws if an entry is no Pauli word
 * Cost: O(words² · letters).
 * Sources: Brélaz, Commun. ACM 22, 251 (1979); Verteletskyi, Yen, Izmaylov, J. Chem. Phys. 152, 124114 (2020).
 * @example groupWords(['ZZ', 'XX', 'ZI', 'IX'])    // bases ZZ (ZZ, ZI) and XX (XX, IX)
 */
export function groupWords(words: readonly PauliWord[]): MeasurementGroup[] {
  for (const word of words) checkWord('groupWords', word);
  const nodes = [...new Set(words.map((word) => word.replace(/I+$/, '')))].filter((word) => word !== '');
  const clashes = nodes.map((a) => nodes.flatMap((b, k) => (commutesQubitwise(a, b) ? [] : [k])));
  const colours: (number | undefined)[] = nodes.map(() => undefined);
  const seen = nodes.map(() => new Set<number>());
  for (let step = 0; step < nodes.length; step++) {
    const free = nodes.flatMap((_, k) => (colours[k] === undefined ? [k] : []));
    const next = free.reduce((best, k) => {
      const order = seen[k].size - seen[best].size || clashes[k].length - clashes[best].length;
      return order > 0 ? k : best;
    });
    let colour = 0;
    while (seen[next].has(colour)) colour++;
    colours[next] = colour;
    for (const k of clashes[next]) seen[k].add(colour);
  }
  const count = Math.max(-1, ...colours.map((colour) => colour!)) + 1;
  return Array.from({ length: count }, (_, colour) => {
    const members = nodes.filter((_, k) => colours[k] === colour);
    const length = Math.max(...members.map((word) => word.length));
    const basis = Array.from({ length }, (_, j) => members.map((w) => w[j] ?? 'I').find((l) => l !== 'I') ?? 'I');
    return { basis: basis.join(''), words: words.filter((word) => members.includes(word.replace(/I+$/, ''))) };
  }).map(({ basis, words: all }) => ({ basis, words: [...new Set(all)] }));
}

/**
 * The operations that turn a measurement along Z into one along the letters of `basis`: H for X, S† then H for Y.
 *
 * @throws if `basis` is no Pauli word
 */
export function basisChange(basis: PauliWord): Operation[] {
  checkWord('basisChange', basis);
  return [...basis].flatMap((letter, qubit) => {
    if (letter === 'X') return [op('h', [qubit])];
    return letter === 'Y' ? [op('sdg', [qubit]), op('h', [qubit])] : [];
  });
}

/**
 * The circuit whose measurement of all qubits along Z measures `basis`.
 *
 * @throws if `basis` has more letters than the circuit has qubits
 * @example measurementCircuit(circuit({ numQubits: 1, operations: [] }), 'X')
 */
export function measurementCircuit(source: Circuit, basis: PauliWord): Circuit {
  if (basis.length > source.numQubits) {
    const problem = `basis "${basis}" has ${basis.length} letters, but the circuit has ${source.numQubits} qubit(s)`;
    throw new DaruanError('measurementCircuit', problem, 'Letter j belongs to qubit j.');
  }
  return append(source, ...basisChange(basis));
}

/** ±1: the product of the outcomes that `word` looks at, in basis state `index`. */
export function outcomeOf(word: PauliWord, index: number): 1 | -1 {
  let sign: 1 | -1 = 1;
  for (let qubit = 0; qubit < word.length; qubit++) {
    if (word[qubit] !== 'I' && Math.floor(index / 2 ** qubit) % 2 === 1) sign = sign === 1 ? -1 : 1;
  }
  return sign;
}

/**
 * ⟨word⟩ from probabilities, or quasi-probabilities, of a measurement in a basis that contains it: Σ_z ±p_z.
 *
 * @param distribution  shape [2ⁿ], of sum 1
 * @example wordExpectation('Z', Float64Array.of(0.9, 0.1))    // 0.8
 */
export function wordExpectation(word: PauliWord, distribution: Float64Array): number {
  checkWord('wordExpectation', word);
  return distribution.reduce((sum, chance, index) => sum + outcomeOf(word, index) * chance, 0);
}
