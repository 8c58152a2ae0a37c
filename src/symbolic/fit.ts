import { leastSquares } from '../gradient/leastSquares.js';
import type { SymbolicFunction } from './functions.js';

/** c·f(a·x + b) + d, and how well it describes a curve. */
export interface AffineFit {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  /** 1 − Σ (y − fit)² / Σ (y − mean y)²; 1 for a curve that does not vary and is met. */
  readonly r2: number;
}

/** Points of a curve. */
export interface Curve {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/** Scales tried, in units of 2/(range of x), and shifts; each round looks closer around the best. */
const LARGEST_SCALE = 24;
const SCALES = 49;
const SHIFTS = 41;
const ROUNDS = 4;
const STARTS = 3;

/**
 * The best c·f(a·x + b) + d through a curve: a and b by a grid that is looked at ever closer, c and d by linear regression, then all
 * four by damped Gauss-Newton steps.
 *
 * @returns undefined where f is not finite on the curve for any a and b that were tried
 * @cost about 2000 evaluations of f a point where a and b are both free, 41 where one is
 */
export function fitAffine(f: SymbolicFunction, { x, y }: Curve): AffineFit | undefined {
  const [low, high] = extent(x);
  const [middle, half] = [(low + high) / 2, Math.max((high - low) / 2, 1e-12)];
  // in t = (x − middle)/half, within ±1, grids are the same for every curve
  const t = Float64Array.from(x, (value) => (value - middle) / half);
  let candidates = grid(f, half, middle)
    .map(([scale, shift]) => score(f, t, y, scale, shift))
    .filter((fit) => fit !== undefined)
    .sort(better)
    .slice(0, STARTS);
  for (let round = 0, width = 1; round < ROUNDS && (f.shifts || f.scales === 'any'); round++, width /= 5) {
    candidates = candidates.map((fit) => closer(f, t, y, fit, width));
  }
  const polished = candidates.map((fit) => polish(f, t, y, fit)).sort(better)[0];
  if (!polished) return undefined;
  const a = polished.a / half;
  return { ...polished, a, b: polished.b - a * middle };
}

const better = (p: AffineFit, q: AffineFit): number => q.r2 - p.r2;

function extent(values: ArrayLike<number>): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let k = 0; k < values.length; k++) [low, high] = [Math.min(low, values[k]), Math.max(high, values[k])];
  return [low, high];
}

/** Scales and shifts of t to start from. A scale of one of x is `half` of t. */
function grid({ scales, shifts }: SymbolicFunction, half: number, middle: number): [scale: number, shift: number][] {
  if (scales !== 'any') {
    return (scales === 'one' ? [1] : [1, -1]).flatMap((sign): [number, number][] => {
      if (!shifts) return [[half, middle]];
      // in units of half: singular points within and beyond the range
      return spread(SHIFTS, 4).map((shift): [number, number] => [sign * half, shift * half]);
    });
  }
  const all = spread(SCALES, LARGEST_SCALE).filter((scale) => scale !== 0);
  // f(−u) is either tried by its own scale, or says what c says
  return all.flatMap((scale) =>
    (shifts ? spread(SHIFTS, Math.PI) : [0]).map((shift): [number, number] => [scale / 2, shift]),
  );
}

/** Numbers from −reach to reach, evenly spaced. */
const spread = (count: number, reach: number): number[] =>
  Array.from({ length: count }, (_, k) => reach * ((2 * k) / (count - 1) - 1));

/** c and d for given a and b. */
function score(
  f: SymbolicFunction,
  t: Float64Array,
  y: ArrayLike<number>,
  a: number,
  b: number,
): AffineFit | undefined {
  const count = t.length;
  let [meanF, meanY] = [0, 0];
  const values = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    values[k] = f.value(a * t[k] + b);
    meanF += values[k] / count;
    meanY += y[k] / count;
  }
  if (!Number.isFinite(meanF)) return undefined;
  let [ff, fy, yy] = [0, 0, 0];
  for (let k = 0; k < count; k++) {
    const [p, q] = [values[k] - meanF, y[k] - meanY];
    ff += p * p;
    fy += p * q;
    yy += q * q;
  }
  if (!Number.isFinite(ff)) return undefined;
  // a function that is constant here, but for rounding, describes constants alone
  const varies = ff > 1e-24 * count * Math.max(1, meanF * meanF);
  const c = varies ? fy / ff : 0;
  const rest = yy - c * fy;
  return { a, b, c, d: meanY - c * meanF, r2: yy > 1e-24 * count ? 1 - Math.max(0, rest) / yy : 1 };
}

/** The best of a small grid around a fit. */
function closer(f: SymbolicFunction, t: Float64Array, y: ArrayLike<number>, fit: AffineFit, width: number): AffineFit {
  const scaleStep = f.scales === 'any' ? (width * LARGEST_SCALE) / (SCALES - 1) : 0;
  const shiftStep = f.shifts ? width * 0.2 : 0;
  let best = fit;
  for (const i of scaleStep > 0 ? [-2, -1, 0, 1, 2] : [0]) {
    for (const j of shiftStep > 0 ? [-2, -1, 0, 1, 2] : [0]) {
      const tried = score(f, t, y, fit.a + (i * scaleStep) / 2, fit.b + (j * shiftStep) / 2);
      if (tried && tried.r2 > best.r2) best = tried;
    }
  }
  return best;
}

/** Levenberg-Marquardt steps in a and b (where they are free) and c and d. */
function polish(f: SymbolicFunction, t: Float64Array, y: ArrayLike<number>, start: AffineFit): AffineFit {
  let [fit, damping] = [start, 1e-3];
  for (let step = 0; step < 60 && damping < 1e8 && fit.r2 < 1; step++) {
    const { a, b, c, d } = fit;
    const columns: Float64Array[] = [];
    const slopes = t.map((value) => c * f.derivative(a * value + b));
    if (f.scales === 'any') columns.push(slopes.map((slope, k) => slope * t[k]));
    if (f.shifts) columns.push(slopes);
    if (columns.length === 0) break;
    const values = t.map((value) => f.value(a * value + b));
    columns.push(
      values,
      t.map(() => 1),
    );
    const residual = t.map((_, k) => y[k] - c * values[k] - d);
    const moves = damped(columns, residual, damping);
    if (!moves.every(Number.isFinite)) break;
    const next = [...moves];
    const byScale = f.scales === 'any' ? next.shift()! : 0;
    const byShift = f.shifts ? next.shift()! : 0;
    const tried = score(f, t, y, a + byScale, b + byShift);
    if (tried && tried.r2 > fit.r2) {
      const gain = tried.r2 - fit.r2;
      [fit, damping] = [tried, damping / 5];
      if (gain < 1e-16) break;
    } else damping *= 5;
  }
  return fit;
}

/** argmin |J·m − r|² + damping·|diag(J)·m|². */
function damped(columns: readonly Float64Array[], residual: Float64Array, damping: number): number[] {
  const rows = residual.length;
  const norms = columns.map((column) => Math.hypot(...column) || 1);
  const wide = columns.map((column, k) => {
    const longer = new Float64Array(rows + columns.length);
    longer.set(column);
    longer[rows + k] = Math.sqrt(damping) * norms[k];
    return longer;
  });
  const target = new Float64Array(rows + columns.length);
  target.set(residual);
  return leastSquares(wide, target).solution;
}
