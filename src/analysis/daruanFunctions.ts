import type { Ansatz } from '../../circuits/ansatz/ansatz.js';
import { type AnsatzName, ansatze } from '../../circuits/ansatz/table.js';
import { planActivation } from '../activation/plan.js';
import type { BaseFunction } from '../basis/baseFunctions.js';
import { checkChoice, checkInteger } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';
import { type Random, randomFrom } from '../foundation/random.js';
import { activationSpectrum } from '../spectrum/activation.js';

export interface DaruanDraw {
  /** Default `'pz'`. */
  readonly ansatz?: AnsatzName | Ansatz;
  /** r. Default 3. */
  readonly reps?: number;
  /** Standard deviation of θ, radians. Default √(1/r). */
  readonly deviation?: number;
  /** Number of activations. Default 256. */
  readonly draws?: number;
  /** A seed, or a generator. */
  readonly seed: number | Random;
}

/**
 * Quantum activations at their start as functions with derivatives: θ normal, w = 1 and b = 0, each evaluated by its exact Fourier series.
 *
 * @throws for the encoding acos x (`px`), which has no value at |x| > 1
 * @cost r frequencies a value
 * @example criticality(daruanFunctions({ reps: 3, draws: 64, seed: 1 })).kernel; // 1
 */
export function daruanFunctions(options: DaruanDraw): BaseFunction[] {
  const where = 'daruanFunctions';
  const { ansatz: source = 'pz', reps = 3, draws = 256 } = options;
  if (typeof source === 'string') checkChoice(where, 'ansatz', source, Object.keys(ansatze) as AnsatzName[]);
  checkInteger(where, 'reps', reps, 1);
  checkInteger(where, 'draws', draws, 1);
  const deviation = options.deviation ?? Math.sqrt(1 / reps);
  if (!(deviation >= 0 && deviation < Infinity)) throw expected(where, 'deviation ≥ 0', deviation);
  const ansatz = typeof source === 'string' ? ansatze[source] : source;
  const { theta, weights, biases } = ansatz.names(reps);
  const names = [...theta, ...weights, ...biases];
  const plan = planActivation(ansatz.circuit(reps), ansatz.observable, names);
  if (plan.encoding === 'acos') {
    throw new DaruanError(where, `"${ansatz.name}" encodes acos x, which has no value at |x| > 1`, 'Use another.');
  }
  const random = randomFrom(options.seed);
  const rows = Float64Array.from({ length: draws * names.length }, (_, at) => {
    const column = at % names.length;
    if (column < theta.length) return random.normal(0, deviation);
    return column < theta.length + weights.length ? 1 : 0;
  });
  const { frequencies, coefficients } = activationSpectrum(plan, rows, draws);
  const count = frequencies.length;
  return Array.from({ length: draws }, (_, draw) => {
    const own = coefficients.subarray(2 * draw * count, 2 * (draw + 1) * count);
    const sum = (term: (omega: number, re: number, im: number) => number): number => {
      let total = 0;
      for (let k = 0; k < count; k++) total += term(frequencies[k], own[2 * k], own[2 * k + 1]);
      return total;
    };
    return {
      // frequencies ≥ 0: the others are conjugates
      value: (x) =>
        sum((omega, re, im) => (omega === 0 ? re : 2 * (re * Math.cos(omega * x) - im * Math.sin(omega * x)))),
      derivative: (x) => sum((omega, re, im) => -2 * omega * (re * Math.sin(omega * x) + im * Math.cos(omega * x))),
    };
  });
}
