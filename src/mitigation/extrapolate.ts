import { checkAllFinite, checkChoice, checkLength } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';

export type Extrapolation = 'linear' | 'richardson' | 'exponential';

export interface ExtrapolationOptions {
  /** Of each value, one standard deviation; equal by default. Weights of `linear` and `exponential`. */
  readonly errors?: ArrayLike<number>;
  /** What `exponential` decays to: the value of the maximally mixed state, 0 by default. */
  readonly asymptote?: number;
}

export interface Extrapolated {
  readonly value: number;
  /** One standard deviation, propagated from `errors`; 0 without them. */
  readonly standardError: number;
}

/**
 * The value at scale 0 from values at scales of the noise ≥ 1.
 *
 * `linear`: the straight line of least squares. `richardson`: the polynomial through all points, Σ_i v_i Π_{j≠i} s_j/(s_j − s_i):
 * without bias up to its degree, but errors grow fast. `exponential`: a + b·e^(−cs), fitted on logarithms of v − a.
 *
 * @param scales  distinct, at least two
 * @param values  one a scale
 * @throws if lengths differ, scales repeat, or values lie on both sides of the asymptote
 * Source: Temme, Bravyi, Gambetta, Phys. Rev. Lett. 119, 180509 (2017); Li, Benjamin, Phys. Rev. X 7, 021050 (2017).
 * @example extrapolate([1, 3], [0.8, 0.6], 'linear').value    // 0.9
 */
export function extrapolate(
  scales: ArrayLike<number>,
  values: ArrayLike<number>,
  method: Extrapolation = 'linear',
  { errors, asymptote = 0 }: ExtrapolationOptions = {},
): Extrapolated {
  const where = 'extrapolate';
  checkChoice(where, 'method', method, ['linear', 'richardson', 'exponential']);
  const s = Float64Array.from(scales ?? []);
  if (s.length < 2 || new Set(s).size !== s.length) throw expected(where, 'two or more distinct scales', [...s]);
  checkLength(where, 'values', values, s.length, '[scales]');
  checkAllFinite(where, 'scales', s);
  checkAllFinite(where, 'values', values);
  if (errors) {
    checkLength(where, 'errors', errors, s.length, '[scales]');
    for (let k = 0; k < s.length; k++) if (!(errors[k] >= 0)) throw expected(where, 'errors ≥ 0', errors[k]);
  }
  const v = Float64Array.from(values);
  const sigma = errors && Float64Array.from(errors);
  if (method === 'richardson') return combine(richardsonWeights(s), v, sigma);
  if (method === 'linear') return combine(interceptWeights(s, precisions(sigma)), v, sigma);
  const above = v.every((value) => value > asymptote);
  if (!above && !v.every((value) => value < asymptote)) {
    const problem = `values lie on both sides of the asymptote ${asymptote}`;
    throw new DaruanError(where, problem, 'Use "linear", or measure with more shots.');
  }
  const heights = v.map((value) => Math.abs(value - asymptote));
  const relative = sigma?.map((error, k) => error / heights[k]); // of the logarithms
  const inLog = combine(interceptWeights(s, precisions(relative)), heights.map(Math.log), relative);
  const height = Math.exp(inLog.value);
  return { value: asymptote + (above ? height : -height), standardError: height * inLog.standardError };
}

/** 1/σ²; equal where there are no errors, or one is 0. */
const precisions = (sigma: Float64Array | undefined) =>
  sigma?.every((error) => error > 0) ? sigma.map((error) => 1 / error ** 2) : undefined;

function combine(weights: Float64Array, values: Float64Array, sigma: ArrayLike<number> | undefined): Extrapolated {
  const value = weights.reduce((sum, weight, k) => sum + weight * values[k], 0);
  const variance = sigma ? weights.reduce((sum, weight, k) => sum + (weight * sigma[k]) ** 2, 0) : 0;
  return { value, standardError: Math.sqrt(variance) };
}

const richardsonWeights = (s: Float64Array): Float64Array =>
  s.map((own, i) => s.reduce((product, other, j) => (i === j ? product : (product * other) / (other - own)), 1));

/** The intercept of the straight line of least squares, as weights of the values. */
function interceptWeights(s: Float64Array, precision: Float64Array = s.map(() => 1)): Float64Array {
  const total = precision.reduce((sum, w) => sum + w, 0);
  const mean = s.reduce((sum, x, k) => sum + precision[k] * x, 0) / total;
  const spread = s.reduce((sum, x, k) => sum + precision[k] * (x - mean) ** 2, 0);
  return s.map((x, k) => precision[k] * (1 / total - (mean * (x - mean)) / spread));
}
