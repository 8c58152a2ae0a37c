import { checkInteger } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';

/** One stage of growing regularisation. */
export interface ProSparseStage {
  /** Step at which the stage ends. */
  readonly until: number;
  /** λ that is reached there. */
  readonly strength: number;
}

/**
 * The factor λ of the L1 penalty on hidden activations at a step: constant in the first stage, then in each stage it rises along half a sine
 * from the former stage's value to its own, and stays at the last.
 *
 * @throws unless the stages follow one another
 * @example proSparseStrength(150, [{ until: 100, strength: 0.1 }, { until: 200, strength: 0.5 }]); // 0.3
 * @see arXiv:2402.13516
 */
export function proSparseStrength(step: number, stages: readonly ProSparseStage[]): number {
  checkInteger('proSparseStrength', 'step', step, 0);
  if (!Array.isArray(stages) || stages.length === 0) {
    throw expected('proSparseStrength', 'at least one stage', stages);
  }
  stages.forEach(({ until, strength }, k) => {
    checkInteger('proSparseStrength', `stages[${k}].until`, until, k === 0 ? 1 : stages[k - 1].until + 1);
    if (!(strength >= 0)) throw expected('proSparseStrength', `stages[${k}].strength ≥ 0`, strength);
  });
  const k = stages.findIndex(({ until }) => step < until);
  if (k === 0) return stages[0].strength;
  if (k < 0) return stages[stages.length - 1].strength;
  const [from, to] = [stages[k - 1], stages[k]];
  const share = (step - from.until) / (to.until - from.until);
  return from.strength + ((to.strength - from.strength) / 2) * (Math.sin(Math.PI * (share - 0.5)) + 1);
}

/** The L1 penalty, the mean over the batch of Σ|a_i|, and its gradient; activations of shape [batch, width]. */
export function l1Penalty(
  activations: ArrayLike<number>,
  width: number,
): { readonly value: number; readonly gradient: Float64Array } {
  checkInteger('l1Penalty', 'width', width, 1);
  const batch = activations.length / width;
  checkInteger('l1Penalty', 'activations.length / width', batch, 1);
  const gradient = Float64Array.from(activations, (a) => Math.sign(a) / batch);
  const value = Array.from(activations).reduce((sum, a) => sum + Math.abs(a), 0) / batch;
  return { value, gradient };
}

/**
 * FATReLU, x where x ≥ threshold and 0 elsewhere: what replaces ReLU after training with ProSparse.
 *
 * @see arXiv:2402.13516
 */
export const fatReLU = (x: ArrayLike<number>, threshold = 0.01): Float64Array =>
  Float64Array.from(x, (value) => (value >= threshold ? value : 0));
