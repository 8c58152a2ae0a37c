import type { Ansatz } from '../../circuits/ansatz/ansatz.js';
import { checkInteger } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';

/** What is known of the repetitions that are appended. */
export interface Appending {
  /** r, before. */
  readonly reps: number;
  /** How many are appended. */
  readonly by: number;
  /** Whether w and b are trained: only then may they be 0. */
  readonly trained: boolean;
  /** w_l of repetition l, where it has to be said; absent: what keeps the function. */
  readonly weight?: (l: number) => number;
}

/** The numbers of appended repetitions: rows of θ, and w; b = 0. */
export interface AppendedReps {
  readonly theta: readonly (readonly number[])[];
  readonly weights: readonly number[];
}

/**
 * Repetitions that leave ⟨Z⟩(x) as it is, to be appended to a trained activation: θ = 0 for `pz` and `rpz`, w = b = 0 for `mix` and
 * `real` where these are trained (with θ = π for `real`), and otherwise pairs that cancel, for `px` and `mix`: data gate, half turn
 * about a perpendicular axis, data gate, half turn back.
 *
 * @throws if the ansatz has no such repetitions, or none with these weights, or they come in pairs and `by` is odd
 * @example extendedReps(ansatze.px, { reps: 3, by: 2, trained: false }) // θ rows [π], [−π] with w = 1
 */
export function extendedReps(ansatz: Ansatz, { reps, by, trained, weight }: Appending): AppendedReps {
  checkInteger('extendedReps', 'by', by, 1);
  const where = `extendedReps of "${ansatz.name}"`;
  const { single, pair } = ansatz.growth ?? {};
  const asked = Array.from({ length: by }, (_, k) => weight?.(reps + k));
  if (single?.encoding === 'any') {
    return { theta: asked.map(() => single.row), weights: asked.map((w) => w ?? 1) };
  }
  if (single && trained && asked.every((w) => w === undefined || w === 0)) {
    return { theta: asked.map(() => single.row), weights: asked.map(() => 0) };
  }
  if (!pair) {
    const remedy = single ? 'Train w and b (preactivationTrainable), and leave the new weights at 0.' : 'Start anew.';
    throw new DaruanError(where, 'no repetition can be appended that keeps the function', remedy);
  }
  if (by % 2 !== 0) {
    const even = by + 1;
    throw expected(where, 'an even number of repetitions, which cancel in pairs', by, `Append ${even}.`);
  }
  const weights = asked.map((w) => w ?? 1);
  if (weights.some((w, k) => w !== weights[k - (k % 2)])) {
    throw expected(where, 'equal weights within each pair of repetitions', weights, 'Use "ones".');
  }
  return { theta: asked.map((_, k) => pair[k % 2]), weights };
}
