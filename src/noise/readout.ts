import { checkInteger } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';

/** How one qubit is misread: the columns of its confusion matrix, [[1 − p01, p10], [p01, 1 − p10]]. */
export interface ReadoutError {
  /** Probability to read 1 where the qubit is 0. */
  readonly p01: number;
  /** Probability to read 0 where the qubit is 1. */
  readonly p10: number;
}

/** Throws unless both are probabilities. */
export function checkReadout(where: string, errors: readonly ReadoutError[], numQubits: number): void {
  if (!Array.isArray(errors) || errors.length < numQubits) {
    throw expected(where, `readout errors of ${numQubits} qubit(s)`, errors?.length, 'Give { p01, p10 } a qubit.');
  }
  errors.forEach(({ p01, p10 }, qubit) => {
    for (const [name, value] of Object.entries({ p01, p10 })) {
      if (!(value >= 0 && value <= 1)) throw expected(where, `${name} of qubit ${qubit} in [0, 1]`, value);
    }
  });
}

/**
 * Multiplies a distribution over basis states by a 2×2 matrix [[a, b], [c, d]] on each qubit, in place.
 *
 * @param distribution  shape [2ⁿ]
 */
export function onEachQubit(
  distribution: Float64Array,
  matrixOf: (qubit: number) => readonly [a: number, b: number, c: number, d: number],
): Float64Array {
  for (let qubit = 0; 1 << qubit < distribution.length; qubit++) {
    const [a, b, c, d] = matrixOf(qubit);
    const bit = 1 << qubit;
    for (let index = 0; index < distribution.length; index++) {
      if (index & bit) continue;
      const [zero, one] = [distribution[index], distribution[index | bit]];
      distribution[index] = a * zero + b * one;
      distribution[index | bit] = c * zero + d * one;
    }
  }
  return distribution;
}

/**
 * The distribution of what is read, from that of what is: the confusion matrix of each qubit applied.
 *
 * @param probabilities  shape [2ⁿ], bit q of an index is qubit q
 * @param errors         one a qubit
 * @throws if there are fewer errors than qubits, or one is no probability
 * Cost: O(n · 2ⁿ).
 * @example confuse(Float64Array.of(1, 0), [{ p01: 0.02, p10: 0.05 }])    // [0.98, 0.02]
 */
export function confuse(probabilities: Float64Array, errors: readonly ReadoutError[]): Float64Array {
  const numQubits = Math.log2(probabilities.length);
  checkInteger('confuse', 'log2 of the number of probabilities', numQubits, 0);
  checkReadout('confuse', errors, numQubits);
  return onEachQubit(probabilities.slice(), (qubit) => {
    const { p01, p10 } = errors[qubit];
    return [1 - p01, p10, p01, 1 - p10];
  });
}
