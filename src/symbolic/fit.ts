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
/** Points that the grid is looked at with. */
const COARSE = 40;

/**
 * The best c·f(a·x + b) + d through a curve: a and b by a grid that is looked at ever closer, c and d by linear regression, then all
 * four by damped Gauss-Newton steps.
 *
 * @returns undefined where f is not finite on the curve for any a and b that were tried
 * @cost about 80 000 evaluations of f where a and b are both free, 2000 where one is; and up to 120 a point
 */
export function fitAffine(f: SymbolicFunction, { x, y }: Curve): AffineFit | undefined {
  const [low, high] = extent(x);
  const [middle, half] = [(low + high) / 2, Math.max((high - low) / 2, 1e-12)];
  // in t = (x − middle)/half, within ±1, grids are the same for every curve
  const t = Float64Array.from(x, (value) => (value - middle) / half);
  const thin = thinned(t, y);
  let candidates = grid(f, half, middle)
    .map(([scale, shift]) => score(f, thin.x, thin.y, scale, shift))
    .filter((fit) => fit !== undefined)
    .sort(better)
    .slice(0, STARTS);
  for (let round = 0, width = 1; round < ROUNDS && (f.shifts || f.scales === 'any'); round++, width /= 5) {
    candidates = candidates.map((fit) => closer(f, thin.x, thin.y, fit, width));
  }
  const polished = candidates
    .map(({ a, b }) => score(f, t, y, a, b))
    .filter((fit) => fit !== undefined)
    .map((fit) => polish(f, t, y, fit))
    .sort(better)[0];
  if (!polished) return undefined;
  const a = polished.a / half;
  return { ...polished, a, b: polished.b - a * middle };
}

/** Points enough to start from: evenly chosen, at most COARSE. */
function thinned(x: Float64Array, y: ArrayLike<number>): { x: Float64Array; y: Float64Array } {
  const count = Math.min(x.length, COARSE);
  const pick = (values: ArrayLike<number>) =>
    Float64Array.from({ length: count }, (_, k) => values[Math.floor((k * values.length) / count)]);
  return { x: pick(x), y: pick(y) };
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
  const free = [f.scales === 'any', f.shifts];
  if (!free.includes(true)) return start;
  let [fit, damping] = [start, 1e-3];
  for (let step = 0; step < 60 && damping < 1e8 && fit.r2 < 1; step++) {
    const [byA, byB] = dampedStep(f, t, y, fit, damping, free);
    const tried = score(f, t, y, fit.a + byA, fit.b + byB);
    if (tried && tried.r2 > fit.r2) {
      const gain = tried.r2 - fit.r2;
      [fit, damping] = [tried, damping / 5];
      if (gain < 1e-16 + 1e-6 * (1 - fit.r2)) break;
    } else damping *= 5;
  }
  return fit;
}

/** What a and b gain in argmin |J·m − r|² + damping·|diag(J)·m|² over a, b, c and d; those that are not free gain 0. */
function dampedStep(
  f: SymbolicFunction,
  t: Float64Array,
  y: ArrayLike<number>,
  { a, b, c, d }: AffineFit,
  damping: number,
  [freeA, freeB]: readonly boolean[],
): [byA: number, byB: number] {
  const system = new Float64Array(4 * 5); // JᵀJ, and Jᵀr in the last column
  const row = new Float64Array(5);
  for (let k = 0; k < t.length; k++) {
    const argument = a * t[k] + b;
    const slope = c * f.derivative(argument);
    const value = f.value(argument);
    row[0] = freeA ? slope * t[k] : 0;
    row[1] = freeB ? slope : 0;
    row[2] = value;
    row[3] = 1;
    row[4] = y[k] - c * value - d;
    for (let i = 0; i < 4; i++) for (let j = 0; j < 5; j++) system[5 * i + j] += row[i] * row[j];
  }
  for (let i = 0; i < 4; i++) system[6 * i] = system[6 * i] * (1 + damping) || 1; // of what is not free, 0 is asked
  for (let i = 0; i < 4; i++) {
    for (let k = i + 1; k < 4; k++) {
      const factor = system[5 * k + i] / system[6 * i];
      for (let j = i; j < 5; j++) system[5 * k + j] -= factor * system[5 * i + j];
    }
  }
  const moves = [0, 0, 0, 0];
  for (let i = 3; i >= 0; i--) {
    let rest = system[5 * i + 4];
    for (let j = i + 1; j < 4; j++) rest -= system[5 * i + j] * moves[j];
    moves[i] = rest / system[6 * i];
  }
  return Number.isFinite(moves[0] + moves[1]) ? [moves[0], moves[1]] : [0, 0];
}
