import { checkLength } from '../foundation/checks.js';
import { DaruanError } from '../foundation/errors.js';

/** How far predictions are from their targets, over all samples and targets. */
export interface RegressionErrors {
  /** Mean of the squared differences, in squared units of the target. */
  readonly mse: number;
  /** Its square root, in units of the target. */
  readonly rmse: number;
  /** Largest absolute difference. */
  readonly max: number;
  /**
   * 1 − Σ (y − prediction)² / Σ (y − mean y)², the coefficient of determination, with the mean of each target on its own;
   * null if the targets do not vary.
   */
  readonly r2: number | null;
}

/**
 * Compares predictions with targets.
 *
 * @param prediction  shape [samples, numTargets]
 * @param target      shape [samples, numTargets]
 * @throws if the shapes differ, or there are no samples
 */
export function regressionErrors(prediction: Float64Array, target: Float64Array, numTargets = 1): RegressionErrors {
  checkLength('regressionErrors', 'prediction', prediction, target.length, '[samples, targets]');
  const numSamples = target.length / numTargets;
  if (numSamples === 0) throw new DaruanError('regressionErrors', 'there are no samples', 'Give at least one.');
  const mean = new Float64Array(numTargets);
  target.forEach((y, at) => {
    mean[at % numTargets] += y / numSamples;
  });
  let [sum, spread, max] = [0, 0, 0];
  target.forEach((y, at) => {
    const difference = prediction[at] - y;
    sum += difference ** 2;
    spread += (y - mean[at % numTargets]) ** 2;
    max = Math.max(max, Math.abs(difference));
  });
  const mse = sum / target.length;
  return { mse, rmse: Math.sqrt(mse), max, r2: spread > 0 ? 1 - sum / spread : null };
}
