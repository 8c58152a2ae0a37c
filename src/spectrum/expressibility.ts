import type { Circuit } from '../../circuits/circuit.js';
import { checkInteger } from '../foundation/checks.js';
import { randomFrom } from '../foundation/random.js';
import type { SimulationOptions } from '../simulate/run.js';
import { statevector } from '../simulate/simulate.js';

export interface ExpressibilityOptions extends SimulationOptions {
  /** Pairs of random states; 5000 by default. */
  readonly pairs?: number;
  /** Bins of the fidelity in [0, 1]; 75 by default. */
  readonly bins?: number;
  /** Default 0. */
  readonly seed?: number;
}

export interface Expressibility {
  /** D(circuit ‖ Haar) ≥ 0, in nats: 0 if fidelities are distributed as those of random states. */
  readonly divergence: number;
  /** What this many pairs of Haar-random states would give on average, (bins − 1)/(2·pairs) to leading order. */
  readonly floor: number;
  /** Share of the pairs in each bin, and what it is for random states. */
  readonly found: Float64Array;
  readonly haar: Float64Array;
}

/**
 * How evenly a circuit's states cover the space of states: the Kullback-Leibler divergence of the distribution of fidelities
 * F = |⟨ψ(a)|ψ(b)⟩|² at random symbols, uniform in [0, 2π), from that of Haar-random states, p(F) = (N − 1)(1 − F)^(N−2).
 *
 * @throws if a number of pairs or bins is no integer ≥ 1, or as `statevector`
 * Cost: 2 · pairs simulations.
 * Source: Sim, Johnson, Aspuru-Guzik, Advanced Quantum Technologies 2, 1900070 (2019).
 * @example expressibility(circuit({ numQubits: 1, operations: [op('rz', [0], 'a')] }), { pairs: 100 }).divergence; // log 75: one state only
 */
export function expressibility(source: Circuit, options: ExpressibilityOptions = {}): Expressibility {
  const where = 'expressibility';
  const { pairs = 5000, bins = 75, seed = 0, ...simulation } = options;
  checkInteger(where, 'pairs', pairs, 1);
  checkInteger(where, 'bins', bins, 1);
  const random = randomFrom(seed);
  const symbols = [...source.parameters, ...source.data];
  const counts = new Float64Array(bins);
  const dimension = 2 ** source.numQubits;
  const chunk = Math.max(1, Math.min(pairs, 2 ** 18 / dimension));
  for (let done = 0; done < pairs; done += chunk) {
    const count = Math.min(chunk, pairs - done);
    const draw = () => Float64Array.from({ length: 2 * count }, () => random.uniform(0, 2 * Math.PI));
    const states = statevector(source, Object.fromEntries(symbols.map((name) => [name, draw()])), simulation);
    for (let pair = 0; pair < count; pair++) {
      // Without symbols there is one state, and every pair is it twice.
      const at = symbols.length === 0 ? [0, 0] : [4 * pair * dimension, (4 * pair + 2) * dimension];
      const fidelity = overlap(states, at[0], at[1], dimension);
      counts[Math.min(bins - 1, Math.floor(fidelity * bins))]++;
    }
  }
  const found = counts.map((count) => count / pairs);
  // ∫ p(F) dF from l to h = (1 − l)^(N−1) − (1 − h)^(N−1)
  const above = (fidelity: number): number => Math.max(0, 1 - fidelity) ** (dimension - 1);
  const haar = found.map((_, k) => above(k / bins) - above((k + 1) / bins));
  let divergence = 0;
  found.forEach((share, k) => {
    if (share > 0) divergence += share * logRatio(share, k, bins, dimension);
  });
  return { divergence, floor: (bins - 1) / (2 * pairs), found, haar };
}

/** log(share / Haar share of bin k), also where the latter is too small for a number. */
function logRatio(share: number, k: number, bins: number, dimension: number): number {
  const [low, high] = [1 - k / bins, 1 - (k + 1) / bins];
  const log = (dimension - 1) * Math.log(low) + Math.log1p(-(Math.max(0, high / low) ** (dimension - 1)));
  return Math.log(share) - log;
}

/** |⟨a|b⟩|² of two states in one array. */
function overlap(states: Float64Array, a: number, b: number, dimension: number): number {
  let [re, im] = [0, 0];
  for (let i = 0; i < 2 * dimension; i += 2) {
    re += states[a + i] * states[b + i] + states[a + i + 1] * states[b + i + 1];
    im += states[a + i] * states[b + i + 1] - states[a + i + 1] * states[b + i];
  }
  return re * re + im * im;
}
