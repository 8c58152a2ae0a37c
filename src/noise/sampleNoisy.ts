import type { Circuit } from '../../circuits/circuit.js';
import type { Values } from '../compile/values.js';
import { checkChoice, checkInteger } from '../foundation/checks.js';
import { type Random, randomFrom } from '../foundation/random.js';
import { drawIndex, runningSums } from '../simulate/sample.js';
import { squaredModuli } from '../simulate/simulate.js';
import type { NoisyOptions } from './density.js';
import { readChances } from './noisy.js';
import { partStates } from './parts.js';
import { plan } from './trajectories.js';

export interface NoisySamplingOptions extends NoisyOptions {
  /** `density` (default) draws from density matrices; `trajectories` runs one trajectory a shot, for more qubits. */
  readonly method?: 'density' | 'trajectories';
}

/**
 * Measures all qubits of a noisy circuit `shots` times, readout errors included.
 *
 * @param random  a seed, or a generator
 * @param values  one number (shared) or [batch] numbers for each symbol, radians
 * @returns basis indices, shape [batch, shots]; bit q of an index is what was read on qubit q
 * @throws as `densityMatrix`; if `shots` is no positive integer
 * Cost: `density`: a density matrix for each set of qubits that operations join, then O(batch · shots · n);
 *       `trajectories`: O(batch · shots · operations · 2ⁿ).
 * @example sampleNoisy(circuit({ numQubits: 1, operations: [op('h', [0])] }), 100, 7, {}, { noise: { readout: [{ p01: 0.01, p10: 0.03 }] } })
 */
export function sampleNoisy(
  source: Circuit,
  shots: number,
  random: number | Random,
  values: Values = {},
  { method = 'density', ...options }: NoisySamplingOptions = {},
): Uint32Array {
  checkInteger('sampleNoisy', 'shots', shots, 1);
  checkChoice('sampleNoisy', 'method', method, ['density', 'trajectories']);
  const generator = randomFrom(random);
  return method === 'density'
    ? fromDensity(source, shots, generator, values, options)
    : fromTrajectories(source, shots, generator, values, options);
}

function fromDensity(source: Circuit, shots: number, random: Random, values: Values, options: NoisyOptions) {
  const { batch, parts } = partStates('sampleNoisy', source, values, options);
  const result = new Uint32Array(batch * shots);
  for (let sample = 0; sample < batch; sample++) {
    for (const part of parts) {
      const sums = runningSums(readChances(part, sample, options));
      const places = Uint32Array.from(sums, (_, local) =>
        part.qubits.reduce((bits, qubit, k) => bits | (((local >> k) & 1) << qubit), 0),
      );
      for (let at = sample * shots; at < (sample + 1) * shots; at++) result[at] |= places[drawIndex(sums, random)];
    }
  }
  return result;
}

function fromTrajectories(source: Circuit, shots: number, random: Random, values: Values, options: NoisyOptions) {
  const { rows, visit } = plan('sampleNoisy', source, shots, random, values, options);
  const readout = options.noise?.readout ?? [];
  const result = new Uint32Array(rows);
  visit((row, state) => {
    let index = drawIndex(runningSums(squaredModuli(state)), random);
    for (let qubit = 0; qubit < source.numQubits && readout.length > 0; qubit++) {
      const { p01, p10 } = readout[qubit];
      if (random.uniform() < ((index >> qubit) & 1 ? p10 : p01)) index ^= 1 << qubit;
    }
    result[row] = index;
  });
  return result;
}
