import type { PauliMasks, PauliSum } from '../../backend.js';
import { popcount } from '../../reference/pauli.js';
import { type Geometry, oddLanes, split } from './geometry.js';
import { GROUP_ENTRY, WORD_ENTRY } from './layout.js';

/** The distinct Pauli words of some observables, those that flip the same bits together. */
export interface Words {
  readonly groups: readonly { readonly xMask: number; readonly words: readonly Word[] }[];
  readonly count: number;
  /** The observables' terms: term k is `coefficients[k]` times word `indices[k]`, of `masks[k]`, in observable `owners[k]`. */
  readonly masks: readonly PauliMasks[];
  readonly indices: Int32Array;
  readonly owners: Int32Array;
  readonly coefficients: Float64Array;
}

/** A word of an observable. */
export interface Term extends PauliMasks {
  readonly coefficient: number;
  /** The observable. */
  readonly owner: number;
}

interface Word {
  readonly zMask: number;
  readonly index: number;
}

/** Collects words. O(terms). */
export const wordsOf = (observables: readonly PauliSum[]): Words =>
  wordsOfTerms(observables.flatMap(({ terms }, owner) => terms.map((term) => ({ ...term, owner }))));

/** The terms that words were collected from. */
export const termsOf = ({ masks, owners, coefficients }: Words): Term[] =>
  masks.map((word, k) => ({ ...word, coefficient: coefficients[k], owner: owners[k] }));

export function wordsOfTerms(all: readonly Term[]): Words {
  const groups = new Map<number, Map<number, number>>();
  const masks: PauliMasks[] = [];
  const terms: [index: number, owner: number, coefficient: number][] = [];
  let count = 0;
  for (const { xMask, zMask, coefficient, owner } of all) {
    const group = groups.get(xMask) ?? new Map<number, number>();
    groups.set(xMask, group);
    const index = group.get(zMask) ?? count++;
    group.set(zMask, index);
    terms.push([index, owner, coefficient]);
    masks.push({ xMask, zMask });
  }
  return {
    groups: [...groups].map(([xMask, words]) => ({
      xMask,
      words: [...words].map(([zMask, index]) => ({ zMask, index })),
    })),
    count,
    masks,
    indices: Int32Array.from(terms, ([index]) => index),
    owners: Int32Array.from(terms, ([, owner]) => owner),
    coefficients: Float64Array.from(terms, ([, , coefficient]) => coefficient),
  };
}

/** Whether `words` was collected from observables like these. */
export function areWordsOf({ masks, owners, coefficients }: Words, observables: readonly PauliSum[]): boolean {
  let term = 0;
  for (let owner = 0; owner < observables.length; owner++) {
    const { terms } = observables[owner];
    for (let k = 0; k < terms.length; k++, term++) {
      if (term === masks.length || owners[term] !== owner || coefficients[term] !== terms[k].coefficient) return false;
      if (masks[term].xMask !== terms[k].xMask || masks[term].zMask !== terms[k].zMask) return false;
    }
  }
  return term === masks.length;
}

/** Bytes that `encodeWords` writes. */
export const wordsSize = ({ groups, count }: Words): number => groups.length * GROUP_ENTRY + count * WORD_ENTRY;

/** Groups, then words, as the kernel reads them at `address`. */
export function encodeWords({ groups }: Words, geometry: Geometry, address: number): Int32Array {
  const heads: number[] = [];
  const entries: number[] = [];
  for (const { xMask, words } of groups) {
    const flip = split(geometry, xMask);
    heads.push(flip.local, flip.lanes, address + groups.length * GROUP_ENTRY + 4 * entries.length, words.length);
    for (const { zMask, index } of words) {
      const sign = split(geometry, zMask);
      const power = popcount(xMask & zMask) & 3;
      entries.push(sign.local, oddLanes(geometry, sign.lanes), power, index, sign.outer, 0, 0, 0);
    }
  }
  return Int32Array.from([...heads, ...entries]);
}

/**
 * What the kernel's sum of each word is to be multiplied with: it looks at one of two partners, and leaves out the sign of
 * i^(number of Y).
 */
export function wordFactors({ groups, count }: Words, geometry: Geometry): Float64Array {
  const factors = new Float64Array(count);
  for (const { xMask, words } of groups) {
    const partners = split(geometry, xMask).local === 0 ? 1 : 2;
    for (const { zMask, index } of words) factors[index] = partners * [1, -1, -1, 1][popcount(xMask & zMask) & 3];
  }
  return factors;
}
