import { cubicMinimum, type Sample } from './cubic.js';
import { ask, type Search } from './objective.js';
import { addScaled, dot } from './vector.js';

/** A point on the line x + t·d, evaluated. */
export interface LinePoint extends Sample {
  readonly parameters: Float64Array;
  readonly gradient: Float64Array;
}

export interface WolfeOptions {
  /** c₁ of the sufficient decrease, 0 < c₁ < c₂. */
  readonly decrease: number;
  /** c₂ of the curvature condition, c₁ < c₂ < 1. */
  readonly curvature: number;
  /** Relative rounding error of the objective's values: values closer than that are equal, and slopes decide. */
  readonly valueError: number;
  /** Most evaluations of one line search. */
  readonly maxLineEvaluations: number;
}

export interface LineResult {
  /** The point to go on from; the start itself if no lower one was found. */
  readonly point: LinePoint;
  /** Whether the point satisfies both conditions. */
  readonly satisfied: boolean;
  readonly evaluations: number;
}

/** The longest step that follows a step that was too short, in units of it. */
const GROWTH = 10;
/** The part of a bracket next to its ends where no trial is placed. */
const MARGIN = 0.1;
/** Where the next trial goes in a bracket whose far end is not finite. */
const RETREAT = 0.25;
/** A bracket that shrinks to more than this fraction in two trials is halved instead. */
const SHRINKAGE = 2 / 3;

/**
 * A step length t along `direction` that satisfies the strong Wolfe conditions
 *   φ(t) ≤ φ(0) + c₁ t φ′(0)   and   |φ′(t)| ≤ c₂ |φ′(0)|.
 *
 * A value or slope that is not finite counts as +∞, so the search backs off from it.
 * Source: Nocedal & Wright, Numerical Optimization, 2nd edition, algorithms 3.5 and 3.6.
 *
 * @param start     the point with t = 0; its slope must be negative
 * @param firstStep first trial for t
 */
export function* strongWolfe(
  start: LinePoint,
  direction: Float64Array,
  firstStep: number,
  { decrease, curvature, valueError, maxLineEvaluations }: WolfeOptions,
): Search<LineResult> {
  let evaluations = 0;
  const exceeds = (a: number, b: number): boolean =>
    a === Infinity || a - b > valueError * Math.max(Math.abs(a), Math.abs(b));
  const isLow = ({ t, value }: Sample): boolean => !exceeds(value, start.value + decrease * t * start.slope);
  const isFlat = ({ slope }: Sample): boolean => Math.abs(slope) <= -curvature * start.slope;
  function* trial(t: number): Search<LinePoint> {
    evaluations++;
    const parameters = addScaled(start.parameters, t, direction);
    const { value, gradient } = yield* ask('lbfgs', parameters);
    const slope = dot(gradient, direction);
    const finite = Number.isFinite(value) && Number.isFinite(slope);
    return { t, parameters, gradient, value: finite ? value : Infinity, slope: finite ? slope : NaN };
  }
  const accept = (point: LinePoint): LineResult => ({ point, satisfied: true, evaluations });
  const giveUp = (point: LinePoint): LineResult => {
    return { point: point.value < start.value ? point : start, satisfied: false, evaluations };
  };

  // Lengthen the step until the minimum lies between `low`, the better end, and `high`.
  let low = start;
  let high = yield* trial(firstStep);
  for (;;) {
    if (isLow(high) && isFlat(high)) return accept(high);
    if (!isLow(high) || exceeds(high.value, low.value)) break;
    if (high.slope >= 0) {
      [low, high] = [high, low];
      break;
    }
    if (evaluations >= maxLineEvaluations) return giveUp(high);
    const next = longerStep(low, high);
    low = high;
    high = yield* trial(next);
  }

  // Shrink the bracket. `low` keeps the lowest value so far that decreases enough, and its slope falls towards `high`.
  const widths = [Infinity, Infinity];
  while (evaluations < maxLineEvaluations) {
    const width = Math.abs(high.t - low.t);
    const t = width > SHRINKAGE * widths[0] ? (low.t + high.t) / 2 : innerStep(low, high);
    widths.push(width);
    widths.shift();
    if (t === low.t || t === high.t) break; // no number left between the ends
    const point = yield* trial(t);
    if (isLow(point) && isFlat(point)) return accept(point);
    if (!isLow(point) || exceeds(point.value, low.value)) {
      high = point;
    } else {
      if (point.slope * (high.t - low.t) >= 0) high = low;
      low = point;
    }
  }
  return giveUp(low);
}

/** Beyond `high` where the cubic predicts the minimum, within bounds. */
function longerStep(low: LinePoint, high: LinePoint): number {
  const predicted = cubicMinimum(low, high);
  const shortest = high.t + 0.01 * (high.t - low.t);
  const longest = GROWTH * high.t;
  return predicted > high.t ? Math.min(Math.max(predicted, shortest), longest) : longest;
}

/** Inside the bracket where the cubic predicts the minimum, kept off the ends. */
function innerStep(low: LinePoint, high: LinePoint): number {
  if (high.value === Infinity) return low.t + RETREAT * (high.t - low.t);
  const predicted = (cubicMinimum(low, high) - low.t) / (high.t - low.t);
  const fraction = Number.isFinite(predicted) ? Math.min(Math.max(predicted, MARGIN), 1 - MARGIN) : 0.5;
  return low.t + fraction * (high.t - low.t);
}
