import type { Circuit } from '../../circuits/circuit.js';
import type { CompiledCircuit } from '../compile/compile.js';
import type { Values } from '../compile/values.js';
import { checkInteger } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import { type Random, randomFrom } from '../foundation/random.js';
import { prepare, type SimulationOptions } from './run.js';
import { squaredModuli } from './simulate.js';

/**
 * Measures all qubits `shots` times.
 *
 * @param random  a seed, or a generator that is advanced by batch · shots uniform numbers
 * @param values  one number (shared) or [batch] numbers for each symbol, radians
 * @returns basis indices, shape [batch, shots]; bit q of an index is the result of qubit q
 * @throws as `statevector`; if `shots` is no positive integer
 * Cost: the simulation, then O(batch · (2ⁿ + shots · n)).
 * @example sample(circuit({ numQubits: 1, operations: [op('h', [0])] }), 100, 7)
 */
export function sample(
  circuit: Circuit | CompiledCircuit,
  shots: number,
  random: number | Random,
  values: Values = {},
  options: SimulationOptions = {},
): Uint32Array {
  checkInteger('sample', 'shots', shots, 1);
  const generator = randomFrom(random);
  const { compiled, bound, angles, backend } = prepare('sample', circuit, values, options);
  const chances = squaredModuli(backend.statevector(compiled.program, angles, bound.batch));
  const size = 2 ** compiled.numQubits;
  const result = new Uint32Array(bound.batch * shots);
  for (let row = 0; row < bound.batch; row++) {
    const sums = runningSums(chances.subarray(row * size, (row + 1) * size));
    for (let shot = 0; shot < shots; shot++) result[row * shots + shot] = drawIndex(sums, generator);
  }
  return result;
}

/** w_0, w_0 + w_1, …: weights as `drawIndex` takes them. */
export function runningSums(weights: Float64Array): Float64Array {
  const sums = new Float64Array(weights.length);
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    total += weights[i];
    sums[i] = total;
  }
  return sums;
}

/** Draws an index with probability proportional to its weight; advances the generator by one uniform number. */
export const drawIndex = (sums: Float64Array, random: Random): number =>
  firstAbove(sums, random.uniform(0, sums[sums.length - 1]));

/** The first index whose cumulative weight exceeds `target`, so that an outcome of weight 0 is never drawn. */
function firstAbove(cumulative: Float64Array, target: number): number {
  let [low, high] = [0, cumulative.length - 1];
  // A product that rounds up to the total would pass the last outcome of positive weight.
  const limit = target < cumulative[high] ? target : cumulative[high] * (1 - Number.EPSILON);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cumulative[middle] > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * How often each outcome occurred, keyed by bit strings with qubit 0 as the last (rightmost) character.
 *
 * @param samples    basis indices; for one sample of a batch pass `samples.subarray(b * shots, (b + 1) * shots)`
 * @param numQubits  the length of the keys
 * @throws if an index does not fit into `numQubits` bits
 * @example counts(sample(circuit({ numQubits: 2, operations: [op('x', [0])] }), 1000, 7), 2)    // { '01': 1000 }
 */
export function counts(samples: Uint32Array, numQubits: number): Record<string, number> {
  checkInteger('counts', 'numQubits', numQubits, 1, 32);
  const tally = new Map<number, number>();
  for (const index of samples) tally.set(index, (tally.get(index) ?? 0) + 1);
  let largest = 0;
  for (const index of tally.keys()) largest = Math.max(largest, index);
  if (largest >= 2 ** numQubits) {
    throw expected('counts', `samples of ${numQubits} qubit(s)`, largest, 'Pass the number of qubits of the circuit.');
  }
  return Object.fromEntries([...tally].map(([index, count]) => [index.toString(2).padStart(numQubits, '0'), count]));
}
