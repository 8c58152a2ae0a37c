import type { Floats } from '../../kernels/chain.js';
import { type FoldedEdges, foldEdges } from '../activation/fold.js';
import type { ActivationPlan } from '../activation/plan.js';
import { checkAllFinite, checkInteger, checkLength } from '../foundation/checks.js';
import { DaruanError } from '../foundation/errors.js';
import { propagate } from './laurent.js';
import { type Modes, modesOf } from './modes.js';
import type { Spectrum } from './spectrum.js';

/** One term of f(t) = Σ c_ω e^{iωt}: its frequency and its coefficient re + i·im. Real f has c_{−ω} = conj c_ω. */
export interface FourierTerm {
  readonly frequency: number;
  readonly re: number;
  readonly im: number;
}

/**
 * The exact Fourier series of one activation, f(t) = Σ_ω c_ω e^{iωt}, for any real weights: the Bloch vector is carried
 * through the circuit as a trigonometric polynomial. The variable is x, or t = acos x for the acos encoding with unit
 * weights.
 *
 * @param parameters  one row of plan.parameters; radians
 * @returns terms of frequency ≥ 0 in increasing order (the others are their conjugates)
 * @throws for an acos encoding with w ≠ 1 or b ≠ 0, which has no finite series
 * @cost O(number of frequencies · r), at most (3^r + 1)/2 frequencies
 */
export function activationSeries(plan: ActivationPlan, parameters: Floats): FourierTerm[] {
  const { frequencies, coefficients } = seriesOf('activationSeries', plan, parameters, 1);
  return Array.from(frequencies, (frequency, k) => ({
    frequency,
    re: coefficients[2 * k],
    im: coefficients[2 * k + 1],
  }));
}

/**
 * The exact Fourier coefficients of an activation for many draws of its parameters at once, whose encoding weights are the
 * same (any real numbers): f_b(t) = Σ_ω c_bω e^{iωt}. The variable is x, or acos x for the acos encoding.
 *
 * @param parameters  shape [batch, plan.parameters.length]; radians
 * @returns a spectrum of all frequencies that the weights can reach, also those whose coefficients vanish
 * @throws if a number is not finite, if weights differ between draws, or for an acos encoding with w ≠ 1 or b ≠ 0
 * Cost: batch · r · frequencies, about 30 multiplications each; nothing is sampled, so nothing is aliased.
 * Source: the Laurent polynomials of quantum signal processing, as in Yu et al., arXiv:2205.07848.
 * @example
 * const plan = planActivation(ansatze.pz.circuit(1));
 * const row = plan.parameters.map((name) => (name === 'w_0' ? 1 : 0.5));
 * activationSpectrum(plan, Float64Array.from([...row, ...row]), 2).coefficients; // shape [2 draws, 2 frequencies, 2]
 */
export function activationSpectrum(plan: ActivationPlan, parameters: Floats, batch = 1): Spectrum {
  const where = 'activationSpectrum';
  checkInteger(where, 'batch', batch, 1);
  const width = plan.parameters.length;
  checkLength(where, 'parameters', parameters, batch * width, `[batch ${batch}, parameters ${width}]`);
  checkAllFinite(where, 'parameters', parameters);
  return seriesOf(where, plan, parameters, batch);
}

/** Draws that are folded at a time: their blocks stay in the cache. */
const CHUNK = 256;

function seriesOf(where: string, plan: ActivationPlan, parameters: Floats, batch: number): Spectrum {
  const { reps, encoding, offset } = plan;
  const width = plan.parameters.length;
  let modes: Modes | undefined;
  let first = new Float64Array(0);
  let coefficients = new Float64Array(0);
  for (let draw = 0; draw < batch; draw += CHUNK) {
    const count = Math.min(CHUNK, batch - draw);
    const folded = foldEdges(plan, parameters.subarray(draw * width, (draw + count) * width), count);
    if (encoding === 'acos') checkAcos(where, folded);
    if (!modes) {
      first = folded.weights.slice(0, reps);
      modes = modesOf(where, first);
      coefficients = new Float64Array(2 * batch * modes.frequencies.length);
    }
    checkWeights(where, first, folded.weights, draw);
    propagate(modes, folded, count, coefficients.subarray(2 * draw * modes.frequencies.length));
  }
  const { frequencies } = modes!;
  if (offset !== 0) for (let b = 0; b < batch; b++) coefficients[2 * b * frequencies.length] += offset;
  return { variables: [encoding === 'acos' ? 'acos x' : 'x'], frequencies, batch, coefficients };
}

function checkAcos(where: string, { weights, biases }: FoldedEdges): void {
  if (weights.every((w) => w === 1) && biases.every((b) => b === 0)) return;
  throw new DaruanError(
    where,
    'acos(w·x + b) with w ≠ 1 or b ≠ 0 has no finite Fourier series in acos x',
    'Keep w = 1 and b = 0, or use a linear encoding.',
  );
}

/** Throws unless the weights of all draws are those of the first. */
function checkWeights(where: string, first: Float64Array, weights: Float64Array, draw: number): void {
  const reps = first.length;
  for (let at = 0; at < weights.length; at++) {
    if (weights[at] === first[at % reps]) continue;
    const other = draw + Math.floor(at / reps);
    throw new DaruanError(
      where,
      `the encoding weight of data gate ${at % reps} is ${first[at % reps]} in draw 0, but ${weights[at]} in draw ${other}`,
      'Draws of different frequencies have no spectrum in common: compute one after the other.',
    );
  }
}

/** Σ of the series at t, from its terms of frequency ≥ 0. */
export function evaluateSeries(terms: readonly FourierTerm[], t: number): number {
  let sum = 0;
  for (const { frequency, re, im } of terms) {
    const value = re * Math.cos(frequency * t) - im * Math.sin(frequency * t);
    sum += frequency === 0 ? re : 2 * value;
  }
  return sum;
}
