import type { Floats } from '../../kernels/chain.js';
import { checkInteger, checkLength } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';

/** Logits of a batch with what is known of each row's neighbours. */
export interface SdmInput {
  /** Shape [batch, classes]. */
  readonly logits: Floats;
  readonly classes: number;
  /** q ≥ 0 of each row, shape [batch]: how many nearest training rows in succession agree. */
  readonly similarity: Floats;
  /** d in [0, 1] of each row, shape [batch]: 1 for a row as near as any, 0 for one farther than all. */
  readonly distance: Floats;
}

/**
 * The similarity-distance-magnitude activation, (2 + q)^(d·z_i) / Σ_c (2 + q)^(d·z_c): a softmax whose base grows with the neighbours
 * that agree, and which is uniform for a row far from all training rows. With q = e − 2 and d = 1 it is the softmax.
 *
 * @returns shape [batch, classes]
 * @throws if a shape is wrong, q < 0, or d is not in [0, 1]
 * @example sdm({ logits: Float64Array.of(2, 1, -1), classes: 3, similarity: Float64Array.of(10), distance: Float64Array.of(0.8) }); // 0.878, 0.120, 0.002
 * @see arXiv:2502.20167
 */
export function sdm(input: SdmInput): Float64Array {
  const { logits, classes } = input;
  const scales = checkedScales(input);
  const result = new Float64Array(logits.length);
  scales.forEach((scale, row) => {
    const at = row * classes;
    const scores = Float64Array.from(logits.subarray(at, at + classes), (z) => scale * z);
    const largest = scores.reduce((a, b) => Math.max(a, b));
    const powers = scores.map((score) => Math.exp(score - largest));
    const sum = powers.reduce((a, b) => a + b);
    result.set(
      powers.map((power) => power / sum),
      at,
    );
  });
  return result;
}

/**
 * The mean over rows of −log_(2+q) of the probability of the label, and its gradient by the logits, d·(p − label)/batch.
 *
 * @param labels  class of each row
 * @see arXiv:2502.20167
 */
export function sdmLoss(
  input: SdmInput,
  labels: ArrayLike<number>,
): { readonly value: number; readonly gradient: Float64Array } {
  const { classes, similarity, distance } = input;
  const gradient = sdm(input);
  const batch = distance.length;
  checkLength('sdmLoss', 'labels', labels, batch, '[batch]');
  let sum = 0;
  for (let row = 0; row < batch; row++) {
    checkInteger('sdmLoss', `labels[${row}]`, labels[row], 0, classes - 1);
    const at = row * classes + labels[row];
    sum -= Math.log(gradient[at]) / Math.log(2 + similarity[row]);
    gradient[at] -= 1;
    for (let c = 0; c < classes; c++) gradient[row * classes + c] *= distance[row] / batch;
  }
  return { value: sum / batch, gradient };
}

/** d·ln(2 + q) of each row. */
function checkedScales({ logits, classes, similarity, distance }: SdmInput): number[] {
  checkInteger('sdm', 'classes', classes, 1);
  const batch = distance.length;
  checkLength('sdm', 'similarity', similarity, batch, '[batch]');
  checkLength('sdm', 'logits', logits, batch * classes, '[batch, classes]');
  return Array.from(distance, (d, row) => {
    if (!(d >= 0 && d <= 1)) throw expected('sdm', `distance[${row}] in [0, 1]`, d);
    const q = similarity[row];
    if (!(q >= 0 && q < Infinity)) throw expected('sdm', `similarity[${row}] ≥ 0`, q);
    return d * Math.log(2 + q);
  });
}
