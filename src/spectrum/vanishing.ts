import type { FoldedEdges } from '../activation/fold.js';
import { foldEdges } from '../activation/fold.js';
import type { ActivationPlan } from '../activation/plan.js';
import { checkInteger } from '../foundation/checks.js';
import { activationSpectrum } from './activation.js';
import { drawParameters } from './draws.js';
import { forbidden } from './selection.js';
import { symmetryOf } from './symmetry.js';

/** A frequency that the weights reach, but of which the function never has a part. */
export interface VanishingFrequency {
  readonly frequency: number;
  /** Which part is 0 for all parameters: of c, so of the cosine or of the sine, or both. */
  readonly part: 're' | 'im' | 'both';
  /**
   * Why: no path through the circuit leads to it, since matrix elements between data gates are 0; a mirror symmetry makes the
   * function even or odd; or contributions cancel for another reason.
   */
  readonly reason: 'selection' | 'even' | 'odd' | 'cancellation';
  readonly explanation: string;
}

export interface VanishingOptions {
  /** Values of parameters that are not drawn; w_l is 1 and b_l is 0 unless given. */
  readonly values?: Readonly<Record<string, number>>;
  /** Random draws on which "for all parameters" is tested; 8 by default. */
  readonly draws?: number;
  /** Default 0. */
  readonly seed?: number;
}

/** Rounding of a coefficient of size 1 after some hundred operations. */
const ROUNDING = 1e-13;

/**
 * The frequencies of an activation's reachable spectrum that it does not have, whatever its trainable angles are, and why.
 *
 * A part of a coefficient that is 0 in every random draw is an analytic function of the angles that is 0 everywhere, with
 * probability 1. The reasons are found by the structure: between data gates, in the basis x ± iy, z, of which the
 * gate makes the frequencies ± w and 0, elements that are 0 forbid paths (an invisible gate, gates that merge); a mirror
 * plane through the axis of the data that all blocks respect makes the function even or odd.
 *
 * @returns in ascending order of frequency; empty if nothing vanishes
 * @throws as `drawParameters` and `activationSpectrum`
 * Cost: draws · r · frequencies.
 * @example
 * vanishingFrequencies(planActivation(ansatze.real.circuit(3))).map(({ frequency }) => frequency); // 0, 1, 2: only 3 is there
 */
export function vanishingFrequencies(
  plan: ActivationPlan,
  { values = {}, draws = 8, seed = 0 }: VanishingOptions = {},
): VanishingFrequency[] {
  checkInteger('vanishingFrequencies', 'draws', draws, 1);
  const rows = drawParameters(plan.parameters, draws, seed, values);
  const { frequencies, coefficients } = activationSpectrum(plan, rows, draws);
  const folded: FoldedEdges = foldEdges(plan, rows, draws);
  const weights = folded.weights.subarray(0, plan.reps);
  const closed = forbidden(folded, weights, draws, frequencies);
  const symmetry = symmetryOf(folded, plan.reps, draws);
  const isZero = (k: number, part: 0 | 1): boolean => {
    for (let b = 0; b < draws; b++) {
      if (Math.abs(coefficients[2 * (b * frequencies.length + k) + part]) > ROUNDING) return false;
    }
    return true;
  };
  return Array.from(frequencies).flatMap((frequency, k): VanishingFrequency[] => {
    const [re, im] = [isZero(k, 0), frequency === 0 || isZero(k, 1)];
    if (!re && (!im || frequency === 0)) return [];
    const part = re && im ? 'both' : re ? 're' : 'im';
    if (closed[k] && part === 'both') return [{ frequency, part, reason: 'selection', explanation: SELECTION }];
    if (symmetry === 'even' && part === 'im') return [{ frequency, part, reason: 'even', explanation: EVEN }];
    if (symmetry === 'odd' && (part === 're' || frequency === 0)) {
      return [{ frequency, part, reason: 'odd', explanation: ODD }];
    }
    return [{ frequency, part, reason: 'cancellation', explanation: CANCELLATION }];
  });
}

const SELECTION =
  'no choice of the frequencies ±w and 0, gate by gate, leads there: matrix elements between data gates are 0';
const EVEN = 'a mirror plane through the axis of the data maps x to −x and the output to itself: the function is even';
const ODD =
  'a mirror plane through the axis of the data maps x to −x and the output to its negative: the function is odd';
const CANCELLATION = 'paths lead there, but what they contribute adds up to 0 for all parameters';
