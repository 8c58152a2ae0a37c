import type { Circuit } from '../../circuits/circuit.js';
import { type ObservableLike, observable } from '../../circuits/pauli.js';
import { compile } from '../compile/compile.js';
import { compileObservables } from '../compile/observables.js';
import { bindValues, type Values } from '../compile/values.js';
import { checkInteger } from '../foundation/checks.js';
import { type Random, randomFrom } from '../foundation/random.js';
import { type NoisySamplingOptions, sampleNoisy } from '../noise/sampleNoisy.js';
import type { Estimate } from '../noise/trajectories.js';
import { groupWords, measurementCircuit, outcomeOf } from './grouping.js';

/**
 * The expectation value of an observable as a device estimates it: its words grouped by the bases that measure them, each
 * basis measured `shots` times, noise and readout errors included.
 *
 * For one word of value m the variance is (1 − m²)/shots; words of one basis share their shots, and their covariance counts.
 *
 * @param shots   for each basis, ≥ 2
 * @param random  a seed, or a generator
 * @param values  one number (shared) or [batch] numbers for each symbol, radians
 * @returns mean and its standard error, shape [batch] each
 * @throws as `sampleNoisy`; if a word is longer than the circuit
 * Cost: bases · that of `sampleNoisy`.
 * @example shotExpectation(circuit({ numQubits: 1, operations: [op('ry', [0], 'a')] }), 'Z', 1000, 7, { a: [0.1, 0.2] })
 */
export function shotExpectation(
  source: Circuit,
  target: ObservableLike,
  shots: number,
  random: number | Random,
  values: Values = {},
  options: NoisySamplingOptions = {},
): Estimate {
  const where = 'shotExpectation';
  checkInteger(where, 'shots', shots, 2);
  compileObservables(where, [target], source.numQubits);
  const { batch } = bindValues(where, compile(source, where).symbols, values);
  const { terms } = observable(target);
  const generator = randomFrom(random);
  const constant = terms.reduce((sum, { word, coefficient }) => sum + (/^I*$/.test(word) ? coefficient : 0), 0);
  const mean = new Float64Array(batch).fill(constant);
  const variance = new Float64Array(batch);
  for (const { basis, words } of groupWords(terms.map(({ word }) => word))) {
    const own = terms.filter(({ word }) => words.includes(word));
    const outcomes = sampleNoisy(measurementCircuit(source, basis), shots, generator, values, options);
    for (let sample = 0; sample < batch; sample++) {
      let [total, square] = [0, 0];
      for (const index of outcomes.subarray(sample * shots, (sample + 1) * shots)) {
        const value = own.reduce((sum, { word, coefficient }) => sum + coefficient * outcomeOf(word, index), 0);
        total += value;
        square += value * value;
      }
      mean[sample] += total / shots;
      variance[sample] += Math.max(0, square - (total * total) / shots) / (shots - 1) / shots;
    }
  }
  return { mean, standardError: variance.map(Math.sqrt) };
}
