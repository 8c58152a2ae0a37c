import { checkInteger } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';
import { checkSpectrum } from './evaluate.js';
import type { Spectrum } from './spectrum.js';

/** How far a function is from all functions of a bandwidth, in the norm max over j ≤ m of sup |∂ʲ·|: between two bounds. */
export interface ErrorBounds {
  /** The root mean square of what has to be left out: no function of that bandwidth comes closer. */
  readonly lower: number;
  /** The sum of the magnitudes that are left out: the truncated series comes as close. */
  readonly upper: number;
}

/**
 * The C^m distance of a function from functions of bandwidth K, read off its coefficients: with c_ω beyond K,
 * √(2 Σ ω^2j |c_ω|²) ≤ error ≤ 2 Σ ω^j |c_ω|, the largest over j = 0 … m.
 *
 * @param target     of one variable and one draw
 * @param bandwidth  K ≥ 0, in the units of the frequencies; frequencies up to K are kept
 * @param order      m ≥ 0
 * @throws if the target has several variables or draws, or a number is out of range
 * Cost: frequencies · m.
 * @example
 * const target = sampledSpectrum((x) => x.map((t) => Math.cos(t) + 0.1 * Math.cos(5 * t)), [5]);
 * truncationError(target, 4, 1); // 0.1 · 5/√2 ≤ the error of the derivative ≤ 0.1 · 5
 */
export function truncationError(target: Spectrum, bandwidth: number, order = 0): ErrorBounds {
  const where = 'truncationError';
  checkSpectrum(where, target);
  const { variables, frequencies, batch, coefficients } = target;
  if (variables.length !== 1 || batch !== 1) {
    throw expected(where, 'a spectrum of one variable and one draw', `${variables.length} and ${batch}`);
  }
  if (!(bandwidth >= 0)) throw expected(where, 'a bandwidth ≥ 0', bandwidth);
  checkInteger(where, 'order', order, 0);
  let [lower, upper] = [0, 0];
  for (let j = 0; j <= order; j++) {
    let [squares, sum] = [0, 0];
    frequencies.forEach((frequency, k) => {
      if (frequency <= bandwidth) return;
      const size = frequency ** j * Math.hypot(coefficients[2 * k], coefficients[2 * k + 1]);
      squares += 2 * size * size;
      sum += 2 * size;
    });
    lower = Math.max(lower, Math.sqrt(squares));
    upper = Math.max(upper, sum);
  }
  return { lower, upper };
}

/** What r repetitions with weights β^l can and cannot do for a target. */
export interface ApproximationNumbers {
  readonly reps: number;
  /** β. */
  readonly base: number;
  /** K = Σ β^l: r, 2^r − 1, (3^r − 1)/2. */
  readonly bandwidth: number;
  /** 2K + 1: real coefficients of all functions of that bandwidth. */
  readonly coefficients: number;
  /** 3r + 1: coefficients that the circuit can adjust independently, its weights included; 2r + 1 with fixed weights. */
  readonly freedom: number;
  /** Of all functions of bandwidth K: no activation with these weights comes closer than `lower`. */
  readonly bandwidthError: ErrorBounds;
  /** Of the truncated series with no more coefficients than 3r + 1: what a Fourier activation of as many parameters does. */
  readonly freedomError: ErrorBounds;
}

/**
 * The claim that parameters can be saved exponentially, as numbers: for each r the error that the bandwidth of weights β^l
 * allows, beside the one that 3r + 1 ordinary Fourier coefficients reach.
 *
 * The bandwidth, and the number of frequencies, grow exponentially with r for β = 2 and 3. The functions remain a family of
 * 3r + 1 dimensions (`redundancy` computes them), in which the exponentially many coefficients depend on each other. So
 * `bandwidthError` is a bound that targets without special structure do not come near: for them `freedomError` is the
 * measure. An advantage is possible where the target itself is of that family, or has few, far frequencies.
 *
 * @param target  coefficients of the function to be approximated, of one variable, in integer frequencies
 * @param reps    the numbers of repetitions to tabulate, each in 1 … 30
 * @param bases   of the weights, integers ≥ 1; 1, 2, 3 by default
 * @param order   m of the norm
 * @throws if the target has several variables or draws, or a number is out of range
 * Cost: reps · bases · frequencies · m.
 * Source: the claim is of Jiang, Huang, Chen, Goan, arXiv:2509.14026; bounds by Parseval and the triangle inequality.
 * @example
 * const target = sampledSpectrum((x) => x.map((t) => Math.exp(Math.sin(t))), [20]);
 * approximationNumbers(target, [1, 2, 3]).map(({ base, bandwidth, freedom }) => [base, bandwidth, freedom]);
 */
export function approximationNumbers(
  target: Spectrum,
  reps: readonly number[],
  bases: readonly number[] = [1, 2, 3],
  order = 0,
): ApproximationNumbers[] {
  const where = 'approximationNumbers';
  if (!Array.isArray(reps) || reps.length === 0) throw expected(where, 'a list of numbers of repetitions', reps);
  if (!Array.isArray(bases) || bases.length === 0) throw expected(where, 'a list of bases', bases);
  for (const r of reps) checkInteger(where, 'each of reps', r, 1, 30);
  for (const base of bases) checkInteger(where, 'each of bases', base, 1, 10);
  checkSpectrum(where, target);
  if (!target.frequencies.every((frequency) => Number.isInteger(frequency))) {
    throw new DaruanError(where, 'the target has frequencies that are no integers', 'Scale its variable.');
  }
  return reps.flatMap((r) =>
    bases.map((base): ApproximationNumbers => {
      const bandwidth = base === 1 ? r : (base ** r - 1) / (base - 1);
      const freedom = 3 * r + 1;
      return {
        reps: r,
        base,
        bandwidth,
        coefficients: 2 * bandwidth + 1,
        freedom,
        bandwidthError: truncationError(target, bandwidth, order),
        freedomError: truncationError(target, Math.floor((freedom - 1) / 2), order),
      };
    }),
  );
}
