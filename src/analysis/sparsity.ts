import type { Floats } from '../../kernels/chain.js';
import { checkInteger, checkLength } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';

/** The hidden activations of a feed-forward block and the linear map that follows: y = W·a. */
export interface HiddenActivations {
  /** a, shape [batch, width]. */
  readonly activations: Floats;
  readonly width: number;
  /** W, shape [outputs, width]. */
  readonly matrix: Floats;
}

/** Activations set to 0 below a threshold. */
export interface Thresholding {
  /** Contributions |a_i|·‖W_·i‖ below it count as nothing. */
  readonly threshold: number;
  /** The share of activations that stay. */
  readonly ratio: number;
  /** CETT of this threshold, mean over rows of ‖Σ_(below) a_i W_·i‖/‖y‖. */
  readonly error: number;
}

/** Euclidean norms of the columns of W, shape [width]. */
export function columnNorms(matrix: Floats, width: number): Float64Array {
  checkInteger('columnNorms', 'width', width, 1);
  const rows = Math.floor(matrix.length / width);
  checkLength('columnNorms', 'matrix', matrix, rows * width, '[outputs, width]');
  const squares = new Float64Array(width);
  for (let at = 0; at < matrix.length; at++) squares[at % width] += matrix[at] ** 2;
  return squares.map(Math.sqrt);
}

/**
 * WINA scores |x_i|·‖W_·i‖ of inputs to a linear map, by which the largest are kept.
 *
 * @param x  shape [batch, width]
 * @returns shape [batch, width]
 * @see arXiv:2505.19427
 */
export function winaScores(x: Floats, matrix: Floats, width: number): Float64Array {
  const norms = columnNorms(matrix, width);
  return Float64Array.from(x, (value, at) => Math.abs(value) * norms[at % width]);
}

/**
 * The WINA mask: 1 for the `keep` inputs of each row with the largest |x_i|·‖W_·i‖, which is the best choice where the columns of W are
 * orthogonal.
 *
 * @param x       shape [batch, width]
 * @param matrix  W, shape [outputs, width]
 * @returns shape [batch, width]
 * @example winaMask(Float64Array.of(1, -0.5, 0.6), Float64Array.of(1, 0, 2, 0, 3, 0), 3, 1); // [0, 1, 0]
 * @see arXiv:2505.19427
 */
export function winaMask(x: Floats, matrix: Floats, width: number, keep: number): Float32Array {
  checkInteger('winaMask', 'keep', keep, 0, width);
  const scores = winaScores(x, matrix, width);
  checkLength('winaMask', 'x', x, Math.floor(x.length / width) * width, '[batch, width]');
  const mask = new Float32Array(x.length);
  for (let row = 0; row < x.length; row += width) {
    const order = Array.from({ length: width }, (_, i) => row + i).sort((i, j) => scores[j] - scores[i] || i - j);
    for (const at of order.slice(0, keep)) mask[at] = 1;
  }
  return mask;
}

/**
 * What a threshold on |a_i|·‖W_·i‖ costs: its CETT (cumulative error of tail truncation), and the share of activations that stay.
 *
 * @see arXiv:2411.02335
 */
export function truncate({ activations, width, matrix }: HiddenActivations, threshold: number): Thresholding {
  const where = 'truncate';
  const norms = columnNorms(matrix, width);
  const batch = Math.floor(activations.length / width);
  checkLength(where, 'activations', activations, batch * width, '[batch, width]');
  if (!(threshold >= 0)) throw expected(where, 'threshold ≥ 0', threshold);
  const outputs = matrix.length / width;
  let [error, kept] = [0, 0];
  for (let b = 0; b < batch; b++) {
    let [tail, whole] = [0, 0];
    for (let i = 0; i < width; i++) {
      if (Math.abs(activations[b * width + i]) * norms[i] >= threshold) kept++;
    }
    for (let o = 0; o < outputs; o++) {
      let [below, all] = [0, 0];
      for (let i = 0; i < width; i++) {
        const part = activations[b * width + i] * matrix[o * width + i];
        all += part;
        if (Math.abs(activations[b * width + i]) * norms[i] < threshold) below += part;
      }
      tail += below * below;
      whole += all * all;
    }
    if (whole > 0) error += Math.sqrt(tail / whole) / batch;
  }
  return { threshold, ratio: kept / activations.length, error };
}

/**
 * The largest threshold whose CETT stays within a bound, among the contributions themselves, by bisection.
 *
 * @param bound  CETT, for example 0.2
 * @throws unless 0 ≤ bound
 * @cost log₂(batch·width) products with W
 * @see arXiv:2411.02335
 */
export function cettThreshold(hidden: HiddenActivations, bound: number): Thresholding {
  if (!(bound >= 0)) throw expected('cettThreshold', 'bound ≥ 0', bound);
  const norms = columnNorms(hidden.matrix, hidden.width);
  const scores = Float64Array.from(hidden.activations, (a, at) => Math.abs(a) * norms[at % hidden.width]).sort();
  let best = truncate(hidden, 0);
  let [low, high] = [0, scores.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = truncate(hidden, scores[middle]);
    if (found.error <= bound) [best, low] = [found, middle + 1];
    else high = middle - 1;
  }
  return best;
}

/** A model whose activations below a CETT are dropped. */
export interface ThresholdedModel {
  /** The model's loss in nats per token with every block truncated to a CETT; 0 truncates nothing. */
  readonly loss: (cett: number) => number;
  /** The share of activations that stay at a CETT. */
  readonly ratio: (cett: number) => number;
}

/**
 * PPL-p% sparsity: the largest CETT at which the perplexity grows by no more than p %, found by bisection, and what share of activations is
 * then left.
 *
 * @param percent    p, for example 1
 * @param tolerance  of the CETT. Default 1e-6
 * @throws unless p > 0
 * @see arXiv:2411.02335
 */
export function pplSparsity(
  model: ThresholdedModel,
  percent: number,
  tolerance = 1e-6,
): { readonly cett: number; readonly ratio: number; readonly sparsity: number } {
  if (!(percent > 0)) throw expected('pplSparsity', 'percent > 0', percent);
  if (!(tolerance > 0)) throw expected('pplSparsity', 'tolerance > 0', tolerance);
  const limit = model.loss(0) + Math.log1p(percent / 100);
  let [low, high] = [0, 1];
  if (model.loss(1) <= limit) low = 1;
  while (high - low > tolerance) {
    const middle = (low + high) / 2;
    if (model.loss(middle) <= limit) low = middle;
    else high = middle;
  }
  const ratio = model.ratio(low);
  return { cett: low, ratio, sparsity: 1 - ratio };
}
