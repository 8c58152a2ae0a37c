import type { Circuit } from '../../circuits/circuit.js';
import type { Angles, Instruction } from '../../kernels/backend.js';
import { expectationOf } from '../../kernels/reference/pauli.js';
import { compileObservables, type Observables } from '../compile/observables.js';
import type { Values } from '../compile/values.js';
import { checkInteger } from '../foundation/checks.js';
import { Random, randomFrom } from '../foundation/random.js';
import { prepare } from '../simulate/run.js';
import type { NoisyOptions } from './density.js';
import { jumpOf } from './jump.js';
import { channelsAfter, checkNoise, type PlacedChannel } from './model.js';

/** Amplitudes that are simulated at a time: bounds memory, changes no result. */
const CHUNK = 2 ** 18;

/**
 * Pure states whose mean over trajectories is the density matrix: where a channel acts, one of its Kraus operators is drawn
 * with probability |K|ψ⟩|² and applied. (Monte Carlo wave functions, quantum jumps.)
 *
 * @param count   trajectories for each sample
 * @param random  a seed, or a generator that is advanced by one draw a trajectory
 * @param values  one number (shared) or [batch] numbers for each symbol, radians
 * @returns amplitudes, shape [batch, count, 2ⁿ, 2]
 * @throws as `statevector`; if `count` is no positive integer
 * Cost: O(batch · count · (operations + channels) · 2ⁿ).
 * Source: Dalibard, Castin, Mølmer, Phys. Rev. Lett. 68, 580 (1992).
 */
export function trajectories(
  source: Circuit,
  count: number,
  random: number | Random,
  values: Values = {},
  options: NoisyOptions = {},
): Float64Array {
  const length = 2 * 2 ** source.numQubits;
  const { rows, visit } = plan('trajectories', source, count, random, values, options);
  const result = new Float64Array(rows * length);
  visit((row, state) => result.set(state, row * length));
  return result;
}

/** An estimated mean. */
export interface Estimate {
  readonly mean: Float64Array;
  /** One standard deviation of the mean. */
  readonly standardError: Float64Array;
}

/**
 * Expectation values as means over trajectories, without readout errors: for more qubits than a density matrix allows.
 *
 * @param count   trajectories for each sample, ≥ 2
 * @param random  a seed, or a generator that is advanced by one draw a trajectory
 * @returns mean and its standard error, shape [batch, observables] each
 * @throws as `trajectories`; if a word is longer than the circuit
 * Cost: that of `trajectories`, and O(batch · count · terms · 2ⁿ).
 * @example trajectoryExpectation(circuit({ numQubits: 1, operations: [op('x', [0])] }), 'Z', 1000, 7, {}, { noise: { rules: [{ channel: bitFlip(0.1) }] } })
 */
export function trajectoryExpectation(
  source: Circuit,
  observables: Observables,
  count: number,
  random: number | Random,
  values: Values = {},
  options: NoisyOptions = {},
): Estimate {
  const where = 'trajectoryExpectation';
  checkInteger(where, 'count', count, 2);
  const sums = compileObservables(where, observables, source.numQubits);
  const { rows, visit } = plan(where, source, count, random, values, options);
  const width = sums.length;
  const mean = new Float64Array((rows / count) * width);
  const square = new Float64Array(mean.length); // Σ (value − mean)², by Welford's recurrence
  visit((row, state) => {
    const seen = (row % count) + 1;
    sums.forEach((sum, k) => {
      const at = Math.floor(row / count) * width + k;
      const value = expectationOf(sum, state);
      const difference = value - mean[at];
      mean[at] += difference / seen;
      square[at] += difference * (value - mean[at]);
    });
  });
  return { mean, standardError: square.map((sum) => Math.sqrt(sum / (count - 1) / count)) };
}

/** Runs of `count` trajectories a sample; `visit` hands over the final states in order of rows sample · count + k. */
export function plan(
  where: string,
  source: Circuit,
  count: number,
  random: number | Random,
  values: Values,
  { noise = {}, ...options }: NoisyOptions,
): { readonly rows: number; readonly visit: (each: (row: number, state: Float64Array) => void) => void } {
  checkInteger(where, 'count', count, 1);
  const { compiled, bound, angles, backend } = prepare(where, source, values, options);
  checkNoise(where, noise, source.numQubits);
  const { numQubits, numSlots, instructions } = compiled.program;
  const stages: { instructions: Instruction[]; channels: PlacedChannel[] }[] = [{ instructions: [], channels: [] }];
  source.operations.forEach((operation, index) => {
    const stage = stages[stages.length - 1];
    stage.instructions.push(...instructions.slice(compiled.ends[index - 1] ?? 0, compiled.ends[index]));
    stage.channels.push(...channelsAfter(noise, operation));
    if (stage.channels.length > 0) stages.push({ instructions: [], channels: [] });
  });
  const steps = stages.map((stage) => ({ ...stage, channels: stage.channels.map(jumpOf) }));
  const rows = bound.batch * count;
  const generator = randomFrom(random);
  const length = 2 * 2 ** numQubits;
  const visit = (each: (row: number, state: Float64Array) => void): void => {
    const atOnce = Math.max(1, Math.floor(CHUNK / length));
    for (let from = 0; from < rows; from += atOnce) {
      const some = Math.min(atOnce, rows - from);
      // A generator for each trajectory: what it draws does not depend on how many run together.
      const own = Array.from({ length: some }, () => new Random(generator.bits()));
      const table: Angles = angles.map((column) =>
        column.length === 1
          ? column
          : Float64Array.from({ length: some }, (_, k) => column[Math.floor((from + k) / count)]),
      );
      let states: Float64Array | undefined;
      for (const step of steps) {
        if (states === undefined || step.instructions.length > 0) {
          states = backend.statevector({ numQubits, numSlots, instructions: step.instructions }, table, some, states);
        }
        for (let k = 0; k < some; k++) {
          const state = states.subarray(k * length, (k + 1) * length);
          for (const jump of step.channels) jump(state, own[k]);
        }
      }
      for (let k = 0; k < some; k++) each(from + k, states!.subarray(k * length, (k + 1) * length));
    }
  };
  return { rows, visit };
}
