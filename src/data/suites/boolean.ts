import { checkChoice, checkInteger } from '../../foundation/checks.js';
import type { Dataset } from '../dataset.js';

/** Functions of bits, in ±1 for true and false, by name; each of n inputs. */
export const booleanFunctions = {
  /** The product of all inputs: cos(π · number of inputs that are −1). */
  parity: (x: ArrayLike<number>): number => product(x, x.length),
  /** The product of the first three inputs. */
  sparseParity: (x: ArrayLike<number>): number => product(x, 3),
  /** The sign of the sum; +1 where as many are true as false. */
  majority: (x: ArrayLike<number>): number => (Array.from(x).reduce((sum, value) => sum + value, 0) >= 0 ? 1 : -1),
  /** Whether all inputs of an odd number, counted from 1, are true. */
  conjunction: (x: ArrayLike<number>): number => (Array.from(x).every((value, i) => i % 2 === 1 || value > 0) ? 1 : -1),
} as const;

export type BooleanFunctionName = keyof typeof booleanFunctions;

function product(x: ArrayLike<number>, count: number): number {
  let sign = 1;
  for (let i = 0; i < Math.min(count, x.length); i++) sign *= x[i];
  return sign;
}

/**
 * All 2^n inputs of a Boolean function with their values, in ±1; bit i of a sample's number is input i, and 1 is −1.
 *
 * @see arXiv:2310.03016
 * @example booleanDataset('parity', 2).y; // Float64Array [1, -1, -1, 1]
 */
export function booleanDataset(name: BooleanFunctionName, numBits: number): Dataset {
  checkChoice('booleanDataset', 'name', name, Object.keys(booleanFunctions));
  checkInteger('booleanDataset', 'numBits', numBits, 1, 16);
  const numSamples = 2 ** numBits;
  const x = Float64Array.from({ length: numSamples * numBits }, (_, at) =>
    ((Math.floor(at / numBits) >> (at % numBits)) & 1) === 1 ? -1 : 1,
  );
  const f = booleanFunctions[name];
  const y = Float64Array.from({ length: numSamples }, (_, s) => f(x.subarray(s * numBits, (s + 1) * numBits)));
  return { inputs: Array.from({ length: numBits }, (_, i) => `x${i + 1}`), targets: [name], numSamples, x, y };
}
