import { checkFinite } from '../src/foundation/checks.js';
import { expected } from '../src/foundation/errors.js';
import { identity, kronecker, type Matrix, matrix } from './matrix.js';

/** A word over I, X, Y, Z. Character j acts on qubit j (or on `targets[j]` of a gate). */
export type PauliWord = string;

/** Σ coefficient · word, a Hermitian operator. Words may be shorter than the circuit: the rest is identity. */
export interface Observable {
  readonly terms: readonly { readonly word: PauliWord; readonly coefficient: number }[];
}

/** What functions take as an observable: an `Observable`, one word, or a list of [word, coefficient]. */
export type ObservableLike = Observable | PauliWord | readonly (readonly [word: PauliWord, coefficient: number])[];

/** A word as bit masks: P|z⟩ = i^(number of Y) · (−1)^popcount(z & z-mask) |z ⊕ x-mask⟩. */
export interface PauliMasks {
  /** Bits where the word has X or Y. */
  readonly xMask: number;
  /** Bits where the word has Z or Y. */
  readonly zMask: number;
}

/** Throws unless `word` consists of I, X, Y and Z. */
export function checkWord(where: string, word: unknown): asserts word is PauliWord {
  if (typeof word !== 'string' || !/^[IXYZ]*$/.test(word)) {
    throw expected(where, 'a Pauli word of I, X, Y and Z', word, 'Character j acts on qubit j: "IZ" is Z on qubit 1.');
  }
}

/**
 * An observable from one of its short forms.
 *
 * @example observable('ZZ')                         // Z⊗Z on qubits 0 and 1
 * @example observable([['Z', 0.5], ['IX', -1]])     // 0.5·Z on qubit 0 − X on qubit 1
 */
export function observable(source: ObservableLike): Observable {
  if (typeof source !== 'string' && !Array.isArray(source) && !Array.isArray((source as Observable)?.terms)) {
    throw expected(
      'observable',
      'a Pauli word, a list of [word, coefficient], or { terms }',
      source,
      'Write "Z" or [["ZZ", 0.5]].',
    );
  }
  const terms =
    typeof source === 'string'
      ? [{ word: source, coefficient: 1 }]
      : 'terms' in source
        ? source.terms
        : source.map(([word, coefficient]) => ({ word, coefficient }));
  for (const { word, coefficient } of terms) {
    checkWord('observable', word);
    checkFinite('observable', `coefficient of "${word}"`, coefficient);
  }
  return { terms };
}

/** The word with `letter` on one qubit and identity elsewhere. */
export const pauliOn = (letter: 'X' | 'Y' | 'Z', qubit: number): PauliWord => 'I'.repeat(qubit) + letter;

/** The masks of `word`, its character j placed on bit `qubits[j]` (bit j by default). */
export function masks(word: PauliWord, qubits?: readonly number[]): PauliMasks {
  let [xMask, zMask] = [0, 0];
  for (let j = 0; j < word.length; j++) {
    const bit = 1 << (qubits ? qubits[j] : j);
    if (word[j] === 'X' || word[j] === 'Y') xMask |= bit;
    if (word[j] === 'Z' || word[j] === 'Y') zMask |= bit;
  }
  return { xMask, zMask };
}

const single: Readonly<Record<string, Matrix>> = {
  I: identity(2),
  X: matrix([
    [0, 1],
    [1, 0],
  ]),
  Y: matrix([
    [0, [0, -1]],
    [[0, 1], 0],
  ]),
  Z: matrix([
    [1, 0],
    [0, -1],
  ]),
};

/** The dense matrix of `word`; its first character is the lowest bit. */
export const pauliMatrix = (word: PauliWord): Matrix =>
  [...word].reduce((matrix, letter) => kronecker(single[letter], matrix), identity(1));
