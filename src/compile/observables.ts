import { masks, type Observable, type ObservableLike, observable } from '../../circuits/pauli.js';
import type { PauliSum } from '../../kernels/backend.js';
import { DaruanError, expected } from '../foundation/errors.js';

/** One observable or a list of them. A list of [word, coefficient] pairs is one observable. */
export type Observables = ObservableLike | readonly ObservableLike[];

/**
 * Observables as masks.
 *
 * @throws if the list is empty, an entry is no observable, or a word is longer than the circuit
 */
export function compileObservables(where: string, source: Observables, numQubits: number): PauliSum[] {
  const list = listObservables(source);
  if (list.length === 0) {
    throw new DaruanError(where, 'the list of observables is empty', 'Give at least one, such as "Z".');
  }
  return list.map((entry) => pauliSum(where, entry, numQubits));
}

/** One observable as a list, a list as it is. */
export const listObservables = (source: Observables): readonly ObservableLike[] => (isList(source) ? source : [source]);

function pauliSum(where: string, source: ObservableLike, numQubits: number): PauliSum {
  const isObservable =
    typeof source === 'string' || Array.isArray(source) || Array.isArray((source as Observable | null)?.terms);
  if (!isObservable) {
    throw expected(where, 'an observable', source, 'Write "ZZ", [["Z", 0.5], ["IX", -1]] or observable(…).');
  }
  const { terms } = observable(source);
  for (const { word } of terms) {
    if (word.length > numQubits) {
      throw new DaruanError(
        where,
        `observable "${word}" has ${word.length} letters, but the circuit has ${numQubits} qubit(s)`,
        'Letter j acts on qubit j.',
      );
    }
  }
  return { terms: terms.map(({ word, coefficient }) => ({ ...masks(word), coefficient })) };
}

const isPair = (entry: unknown): boolean => Array.isArray(entry) && entry.length === 2 && typeof entry[1] === 'number';

function isList(source: Observables): source is readonly ObservableLike[] {
  return Array.isArray(source) && !(source.length > 0 && source.every(isPair));
}
