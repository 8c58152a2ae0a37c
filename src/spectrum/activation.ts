import type { Floats } from '../../kernels/chain.js';
import { foldEdges } from '../activation/fold.js';
import type { ActivationPlan } from '../activation/plan.js';
import { DaruanError } from '../foundation/errors.js';

/** One term of f(t) = Σ c_ω e^{iωt}: its frequency and its coefficient re + i·im. Real f has c_{−ω} = conj c_ω. */
export interface FourierTerm {
  readonly frequency: number;
  readonly re: number;
  readonly im: number;
}

/** Frequencies closer than this count as one. */
const SAME_FREQUENCY = 1e-9;

type Modes = { frequency: number; v: Float64Array }[]; // v: three complex numbers, x y z, interleaved

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
  const { start, blocks, end, weights, biases } = foldEdges(plan, parameters, 1);
  if (plan.encoding === 'acos' && (weights.some((w) => w !== 1) || biases.some((b) => b !== 0))) {
    throw new DaruanError(
      'activationSeries',
      'acos(w·x + b) with w ≠ 1 or b ≠ 0 has no finite Fourier series in acos x',
      'Keep w = 1 and b = 0, or use a linear encoding.',
    );
  }
  let modes: Modes = [{ frequency: 0, v: Float64Array.of(start[0], 0, start[1], 0, start[2], 0) }];
  for (let l = 0; l < plan.reps; l++) {
    modes = rotateByData(modes, weights[l], biases[l]);
    if (l < plan.reps - 1) for (const mode of modes) multiply(blocks, 9 * l, mode.v);
  }
  return modes
    .map(({ frequency, v }) => ({
      frequency,
      re: end[0] * v[0] + end[1] * v[2] + end[2] * v[4] + (frequency === 0 ? plan.offset : 0),
      im: frequency === 0 ? 0 : end[0] * v[1] + end[1] * v[3] + end[2] * v[5],
    }))
    .filter(({ frequency }) => frequency >= 0);
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

/**
 * Rz(w·t + b) on every mode: with u = v_x + i v_y and ū = v_x − i v_y, u gains e^{i(wt + b)} and ū its conjugate, so a
 * mode splits into the frequencies ω + w, ω and ω − w.
 */
function rotateByData(modes: Modes, w: number, b: number): Modes {
  const [c, s] = [Math.cos(b), Math.sin(b)];
  const parts: Modes = modes.flatMap(({ frequency, v }) => {
    // p = (v_x + i v_y)/2 · e^{ib} and q = (v_x − i v_y)/2 · e^{−ib}, complex amplitudes of ω + w and ω − w.
    const [pr, pi] = [(v[0] - v[3]) / 2, (v[1] + v[2]) / 2];
    const [qr, qi] = [(v[0] + v[3]) / 2, (v[1] - v[2]) / 2];
    const [ar, ai] = [c * pr - s * pi, s * pr + c * pi];
    const [br, bi] = [c * qr + s * qi, c * qi - s * qr];
    return [
      { frequency: frequency + w, v: Float64Array.of(ar, ai, ai, -ar, 0, 0) },
      { frequency, v: Float64Array.of(0, 0, 0, 0, v[4], v[5]) },
      { frequency: frequency - w, v: Float64Array.of(br, bi, -bi, br, 0, 0) },
    ];
  });
  return merge(parts);
}

/** Sorted by frequency, equal frequencies added up; frequencies next to 0 become 0. */
function merge(parts: Modes): Modes {
  const sorted = parts.sort((a, b) => a.frequency - b.frequency);
  const merged: Modes = [];
  for (const part of sorted) {
    const last = merged[merged.length - 1];
    if (last && part.frequency - last.frequency < SAME_FREQUENCY)
      part.v.forEach((value, i) => {
        last.v[i] += value;
      });
    else merged.push({ frequency: Math.abs(part.frequency) < SAME_FREQUENCY ? 0 : part.frequency, v: part.v });
  }
  return merged;
}

/** v ← M v for three complex components and a real 3×3 block. */
function multiply(blocks: Float64Array, at: number, v: Float64Array): void {
  const old = Float64Array.from(v);
  for (let i = 0; i < 3; i++) {
    for (let part = 0; part < 2; part++) {
      v[2 * i + part] =
        blocks[at + 3 * i] * old[part] +
        blocks[at + 3 * i + 1] * old[2 + part] +
        blocks[at + 3 * i + 2] * old[4 + part];
    }
  }
}
