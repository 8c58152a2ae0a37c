import type { Circuit } from '../../circuits/circuit.js';
import { compileObservables, type Observables } from '../compile/observables.js';
import type { Values } from '../compile/values.js';
import { diagonal, type NoisyOptions, traceWith } from './density.js';
import { type PartState, partStates } from './parts.js';
import { confuse } from './readout.js';

/**
 * Expectation values tr(ρ O_k) under noise, without shots and without readout errors.
 *
 * @param observables  one observable or a list: Pauli words (letter j on qubit j) or weighted sums of them
 * @param values       one number (shared) or [batch] numbers for each symbol, radians
 * @returns shape [batch, observables]
 * @throws as `densityMatrix`; if a word is longer than the circuit
 * Cost: that of `densityMatrix` for each set of qubits that operations join.
 * @example noisyExpectation(circuit({ numQubits: 1, operations: [op('x', [0])] }), 'Z', {}, { noise: { rules: [{ channel: amplitudeDamping(0.1) }] } })
 *          // [-0.8]
 */
export function noisyExpectation(
  source: Circuit,
  observables: Observables,
  values: Values = {},
  options: NoisyOptions = {},
): Float64Array {
  const where = 'noisyExpectation';
  const { batch, parts } = partStates(where, source, values, options);
  const sums = compileObservables(where, observables, source.numQubits);
  const result = new Float64Array(batch * sums.length);
  for (let sample = 0; sample < batch; sample++) {
    sums.forEach(({ terms }, k) => {
      for (const { xMask, zMask, coefficient } of terms) {
        const product = parts.reduce((value, part) => value * factor(part, sample, xMask, zMask), coefficient);
        result[sample * sums.length + k] += product;
      }
    });
  }
  return result;
}

/** The expectation of what a word says on the qubits of one part. */
function factor({ qubits, densityOf }: PartState, sample: number, xMask: number, zMask: number): number {
  const within = (mask: number): number => qubits.reduce((bits, qubit, k) => bits | (((mask >> qubit) & 1) << k), 0);
  const own = { xMask: within(xMask), zMask: within(zMask), coefficient: 1 };
  return own.xMask === 0 && own.zMask === 0 ? 1 : traceWith(densityOf(sample), qubits.length, { terms: [own] });
}

/**
 * Probabilities of what is read at the end, readout errors included.
 *
 * @param values  one number (shared) or [batch] numbers for each symbol, radians
 * @returns shape [batch, 2ⁿ]; bit q of an index is qubit q
 * @throws as `densityMatrix`
 * Cost: that of `noisyExpectation`, and O(batch · n · 2ⁿ).
 * @example noisyProbabilities(circuit({ numQubits: 1, operations: [op('x', [0])] }), {}, { noise: { readout: [{ p01: 0, p10: 0.1 }] } })
 *          // [0.1, 0.9]
 */
export function noisyProbabilities(source: Circuit, values: Values = {}, options: NoisyOptions = {}): Float64Array {
  const { batch, parts } = partStates('noisyProbabilities', source, values, options);
  const size = 2 ** source.numQubits;
  const result = new Float64Array(batch * size).fill(1);
  for (let sample = 0; sample < batch; sample++) {
    for (const part of parts) {
      const chances = readChances(part, sample, options);
      for (let z = 0; z < size; z++) {
        const local = part.qubits.reduce((bits, qubit, k) => bits | (((z >> qubit) & 1) << k), 0);
        result[sample * size + z] *= chances[local];
      }
    }
  }
  return result;
}

/** What is read on the qubits of one part: its diagonal, confused. */
export function readChances({ qubits, densityOf }: PartState, sample: number, { noise }: NoisyOptions): Float64Array {
  const chances = diagonal(densityOf(sample), qubits.length);
  const readout = noise?.readout;
  return readout
    ? confuse(
        chances,
        qubits.map((qubit) => readout[qubit]),
      )
    : chances;
}
