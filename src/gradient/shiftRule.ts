import { checkInteger } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';
import { type Columns, leastSquares, nonNegativeSupport, residual } from './leastSquares.js';

/** f⁽ᵏ⁾(t) = Σ_j coefficients[j] · f(t + shifts[j]). */
export interface ShiftRule {
  /** In radians, in pairs ±s (or one s where +s and −s are the same point of the period). */
  readonly shifts: readonly number[];
  readonly coefficients: readonly number[];
  /** σ_max/σ_min of the linear equations that gave the coefficients; 1 for a closed form. */
  readonly conditionNumber: number;
  /** Σ|coefficient|: how much the rule amplifies an error of f. No rule of order k is below (largest frequency)ᵏ. */
  readonly norm: number;
}

/** Rules whose equations are worse conditioned than this are refused. */
export const MAX_CONDITION = 1e8;
/** Equations that are met no better than this, relative to the largest frequencyᵏ, are refused: they would be a guess. */
const MAX_RESIDUAL = 1e-13;
/** Candidate nodes at most: frequencies that differ by less than about 1/MAX_NODES, relatively, look alike on them. */
const MAX_NODES = 8192;
/** Frequencies closer than this, relative to the largest, are one. */
const SAME = 1e-12;

/**
 * The rule for the k-th derivative of f(t) = c + Σ_j a_j cos ω_j t + b_j sin ω_j t from values of f, for any frequencies.
 *
 * All shifts lie where |sin Ωs| = 1 (odd k: s = (2m − 1)π/2Ω) or |cos Ωs| = 1 (even k: s = mπ/Ω), Ω the largest frequency,
 * with coefficients of alternating sign. By Bernstein's inequality no rule has a smaller Σ|coefficient| than Ωᵏ, and
 * such a rule attains it: sin Ωt, or cos Ωt, is the extremal function (M. Riesz's interpolation formula has these nodes,
 * infinitely many; by Carathéodory's theorem one node a frequency is enough). So the rule is a non-negative solution of
 * Σ_m c_m (−1)^m trig(ω_j s_m) = ω_jᵏ. For ω = w, 2w, …, Rw it has a closed form for k = 1:
 * f′(0) = Σ_{μ=1}^{2R} (−1)^{μ−1} w f(x_μ) / (4R sin²(w x_μ/2)), x_μ = (2μ − 1)π/2Rw:
 * the two-term rule for {1}, the four-term rule for {1/2, 1}.
 *
 * @param frequencies  positive, in 1/radian; order and repetition do not matter
 * @param order        k ≥ 1
 * @throws if a frequency is not positive; if frequencies lie so close that the equations are ill-conditioned
 * Cost: O(R³) and a search over a few thousand nodes, for R frequencies; the rule has at most 2R (odd) or 2R + 1 shifts.
 * Sources: Wierichs, Izaac, Wang, Lin, Quantum 6, 677 (2022), section 3; Riesz, Jber. DMV 23 (1914) 354.
 * @example shiftRule([1])         // shifts [π/2, −π/2], coefficients [1/2, −1/2]
 * @example shiftRule([1, 3, 9])   // 6 shifts, norm 9
 */
export function shiftRule(frequencies: ArrayLike<number>, order = 1): ShiftRule {
  checkInteger('shiftRule', 'order', order, 1, 8);
  const distinct = distinctFrequencies('shiftRule', frequencies);
  const largest = distinct.at(-1)!;
  // Scaled to largest frequency 1: equations and weights are of order one whatever the unit of t.
  const omegas = distinct.map((frequency) => frequency / largest);
  const scaled = (order === 1 && equidistant(omegas)) || optimal(omegas, order);
  const factor = largest ** order;
  const [shifts, coefficients]: [number[], number[]] = [[], []];
  scaled.shifts.forEach((s, m) => {
    const selfInverse = omegas.every((omega) => Math.abs(Math.sin(omega * s)) < 1e-12 * (1 + s));
    const parts = selfInverse ? [s] : [s, -s];
    for (const part of parts) {
      shifts.push(part / largest);
      const odd = order % 2 === 1 && part < 0 ? -1 : 1;
      coefficients.push((odd * factor * scaled.weights[m]) / parts.length);
    }
  });
  const norm = coefficients.reduce((sum, coefficient) => sum + Math.abs(coefficient), 0);
  return { shifts, coefficients, conditionNumber: scaled.conditionNumber, norm };
}

/** Ascending, without repetition. */
export function distinctFrequencies(where: string, frequencies: ArrayLike<number>): number[] {
  const sorted = Array.from(frequencies ?? []).sort((a, b) => a - b);
  if (sorted.length === 0) {
    throw new DaruanError(where, 'there are no frequencies', 'A constant needs no rule: its derivative is 0.');
  }
  for (const frequency of sorted) {
    if (!(frequency > 0) || !Number.isFinite(frequency)) throw expected(where, 'positive frequencies', frequency);
  }
  const gap = SAME * sorted.at(-1)!;
  return sorted.filter((frequency, i) => i === 0 || frequency - sorted[i - 1] > gap);
}

interface ScaledRule {
  /** Non-negative; each stands for ±s. */
  readonly shifts: readonly number[];
  /** Of the pair together: weight/2 · [f(s) ± f(−s)]. */
  readonly weights: readonly number[];
  readonly conditionNumber: number;
}

/** The closed form for the first derivative with frequencies 1/R, 2/R, …, 1; undefined for any other set. */
function equidistant(omegas: readonly number[]): ScaledRule | undefined {
  const R = omegas.length;
  if (omegas.some((omega, j) => Math.abs(omega * R - (j + 1)) > 1e-14 * R)) return undefined;
  const shifts = omegas.map((_, m) => (m + 0.5) * Math.PI);
  const weights = shifts.map((s, m) => (m % 2 === 0 ? 1 : -1) / (2 * R * R * Math.sin(s / (2 * R)) ** 2));
  return { shifts, weights, conditionNumber: 1 };
}

/** The rule of least norm, its nodes found among ever more candidates. */
function optimal(omegas: readonly number[], order: number): ScaledRule {
  const odd = order % 2 === 1;
  const trig = odd ? Math.sin : Math.cos;
  // Even derivatives have one more equation: the constant must drop out.
  const rows = odd ? omegas : [0, ...omegas];
  const sign = order % 4 < 2 ? 1 : -1; // of the k-th derivative of sin (odd k) or cos (even k) at 0
  const target = Float64Array.from(rows, (omega) => omega ** order);
  let [conditionNumber, misfit] = [Infinity, Infinity];
  // Few candidates first: that keeps the shifts small.
  for (let count = 2 * rows.length; count <= MAX_NODES; count *= 4) {
    const nodes = Array.from({ length: count }, (_, m) => (odd ? m + 0.5 : m) * Math.PI);
    const columns: Columns = nodes.map((s, m) =>
      Float64Array.from(rows, (omega) => (m % 2 === 0 ? 1 : -1) * trig(omega * s)),
    );
    const support = nonNegativeSupport(columns, target);
    const chosen = support.map((m) => columns[m]);
    if (chosen.length === 0) continue;
    const fit = leastSquares(chosen, target);
    misfit = Math.max(...residual(chosen, fit.solution, target).map(Math.abs));
    conditionNumber = fit.conditionNumber;
    if (misfit <= MAX_RESIDUAL && conditionNumber <= MAX_CONDITION) {
      const weights = fit.solution.map((c, k) => sign * (support[k] % 2 === 0 ? 1 : -1) * c);
      return { shifts: support.map((m) => nodes[m]), weights, conditionNumber };
    }
  }
  throw new DaruanError(
    'shiftRule',
    `the frequencies ${omegas.length > 8 ? `(${omegas.length} of them)` : `in ratio ${omegas.join(' : ')}`} give ill-conditioned equations (condition ${conditionNumber.toExponential(1)}, misfit ${misfit.toExponential(1)})`,
    'Frequencies lie too close together. Shift each gate by itself (rule "gate"), or use adjoint.',
  );
}
