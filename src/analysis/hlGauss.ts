import type { Floats } from '../../kernels/chain.js';
import { normalDistribution } from '../basis/errorFunction.js';
import { checkAllFinite, checkFinite, checkInteger, checkLength } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';

/** Bins in which a number is told as a distribution. */
export interface HlGauss {
  readonly bins: number;
  readonly range: readonly [low: number, high: number];
  /** Deviation of the normal distribution about a target, in bins. Default 0.75. */
  readonly smoothing?: number;
}

function checked({ bins, range, smoothing = 0.75 }: HlGauss) {
  checkInteger('hlGauss', 'bins', bins, 2);
  range.forEach((end, k) => {
    checkFinite('hlGauss', `range[${k}]`, end);
  });
  if (!(range[0] < range[1])) throw expected('hlGauss', 'range [low, high] with low < high', range);
  if (!(smoothing > 0 && smoothing < Infinity)) throw expected('hlGauss', 'smoothing > 0', smoothing);
  const width = (range[1] - range[0]) / bins;
  return { bins, low: range[0], high: range[1], width, sigma: smoothing * width };
}

/**
 * HL-Gauss targets: the probabilities that N(y, σ²), cut to the range, gives the bins, σ = 0.75 bins. With softmax cross-entropy on
 * them a regression is trained as a classification.
 *
 * @param targets  shape [batch]
 * @returns shape [batch, bins]
 * @throws if a target lies outside the range
 * @example hlGaussTargets([0.3], { bins: 5, range: [-1, 1] }); // 0.001, 0.047, 0.325, 0.477, 0.150
 * @see arXiv:2403.03950
 */
export function hlGaussTargets(targets: ArrayLike<number>, options: HlGauss): Float64Array {
  const { bins, low, high, width, sigma } = checked(options);
  const result = new Float64Array(targets.length * bins);
  for (let row = 0; row < targets.length; row++) {
    const y = targets[row];
    if (!(y >= low && y <= high)) {
      throw expected('hlGauss', `targets[${row}] within [${low}, ${high}]`, y, 'Widen the range.');
    }
    const below = Array.from({ length: bins + 1 }, (_, k) => normalDistribution((low + k * width - y) / sigma));
    for (let k = 0; k < bins; k++) result[row * bins + k] = (below[k + 1] - below[k]) / (below[bins] - below[0]);
  }
  return result;
}

/**
 * The number that a distribution over the bins stands for, Σ_k p_k·centre_k.
 *
 * @param probabilities  shape [batch, bins]
 * @returns shape [batch]
 * @see arXiv:2403.03950
 */
export function hlGaussMean(probabilities: Floats, options: HlGauss): Float64Array {
  const { bins, low, width } = checked(options);
  const batch = Math.floor(probabilities.length / bins);
  checkLength('hlGaussMean', 'probabilities', probabilities, batch * bins, '[batch, bins]');
  checkAllFinite('hlGaussMean', 'probabilities', probabilities);
  return Float64Array.from({ length: batch }, (_, row) => {
    let sum = 0;
    for (let k = 0; k < bins; k++) sum += probabilities[row * bins + k] * (low + (k + 0.5) * width);
    return sum;
  });
}
