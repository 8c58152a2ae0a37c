import type { Floats } from '../../kernels/chain.js';
import { checkInteger, checkLength } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';

/** Training rows as a network sees them. */
export interface SdmReference {
  /** Shape [rows, width], for example the last hidden layer. */
  readonly exemplars: Floats;
  readonly width: number;
  /** Class of each row, and the class that the network predicts. */
  readonly labels: ArrayLike<number>;
  readonly predicted: ArrayLike<number>;
}

/** q and d of rows. */
export interface SimilarityDistance {
  readonly similarity: Float64Array;
  readonly distance: Float64Array;
}

/**
 * What the similarity-distance-magnitude activation needs of each row: q, how many training rows in succession from the nearest on have
 * the row's predicted class both as label and as prediction; and d = min_c (1 − F_c(distance to the nearest)), F_c the distribution
 * of the distances of training rows of class c to the nearest other training row.
 *
 * @param queries    shape [batch, width]
 * @param predicted  predicted class of each query, shape [batch]
 * @throws if a shape is wrong, or there are fewer than two training rows
 * @cost rows² · width once, and batch · rows · width
 * @see arXiv:2502.20167
 */
export function similarityDistance(
  reference: SdmReference,
  queries: Floats,
  predicted: ArrayLike<number>,
): SimilarityDistance {
  const where = 'similarityDistance';
  const { exemplars, width, labels } = reference;
  checkInteger(where, 'width', width, 1);
  const rows = labels.length;
  if (!(rows >= 2)) throw expected(where, 'at least two training rows', rows);
  checkLength(where, 'exemplars', exemplars, rows * width, '[rows, width]');
  checkLength(where, 'reference.predicted', reference.predicted, rows, '[rows]');
  checkLength(where, 'queries', queries, predicted.length * width, '[batch, width]');

  const nearestOf = new Map<number, number[]>(); // class -> distances to the nearest other row
  nearestDistances(exemplars, width).forEach((nearest, row) => {
    const list = nearestOf.get(labels[row]) ?? [];
    list.push(nearest);
    nearestOf.set(labels[row], list);
  });

  const similarity = new Float64Array(predicted.length);
  const distance = new Float64Array(predicted.length);
  for (let b = 0; b < predicted.length; b++) {
    const distances = distancesTo(exemplars, width, queries.subarray(b * width, (b + 1) * width));
    const order = Array.from(distances, (_, row) => row).sort((i, j) => distances[i] - distances[j] || i - j);
    const miss = order.findIndex((row) => labels[row] !== predicted[b] || reference.predicted[row] !== predicted[b]);
    similarity[b] = miss < 0 ? rows : miss;
    const nearest = distances[order[0]];
    const shares = [...nearestOf.values()].map((list) => list.filter((value) => value > nearest).length / list.length);
    distance[b] = Math.min(...shares);
  }
  return { similarity, distance };
}

/**
 * The Euclidean distance of every row to the nearest other one.
 *
 * @param exemplars  shape [rows, width], at least two rows
 * @returns shape [rows]
 * @cost rows² · width
 */
export function nearestDistances(exemplars: Floats, width: number): Float64Array {
  return Float64Array.from({ length: exemplars.length / width }, (_, row) => {
    const distances = distancesTo(exemplars, width, exemplars.subarray(row * width, (row + 1) * width));
    distances[row] = Infinity;
    return distances.reduce((a, b) => Math.min(a, b));
  });
}

/** Euclidean distances of all exemplars to a row. */
function distancesTo(exemplars: Floats, width: number, row: Floats): Float64Array {
  return Float64Array.from({ length: exemplars.length / width }, (_, k) => {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += (exemplars[k * width + i] - row[i]) ** 2;
    return Math.sqrt(sum);
  });
}

/**
 * Half the width of the Dvoretzky-Kiefer-Wolfowitz band, √(ln(2/α)/2n): an empirical distribution of n values lies within it
 * everywhere with probability 1 − α.
 *
 * @example dkwBand(100, 0.05); // 0.1358
 */
export function dkwBand(n: number, alpha: number): number {
  checkInteger('dkwBand', 'n', n, 1);
  if (!(alpha > 0 && alpha < 1)) throw expected('dkwBand', 'alpha in (0, 1)', alpha);
  return Math.sqrt(Math.log(2 / alpha) / (2 * n));
}
