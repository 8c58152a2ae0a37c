import { checkInteger } from '../foundation/checks.js';

/** Points and weights of a rule: E[f(z)] ≈ Σ weights_i f(points_i). */
export interface Rule {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/**
 * The Gauss-Hermite rule for z ~ N(0, 1), exact for polynomials up to degree 2n − 1. Roots of the orthonormal Hermite functions, which do
 * not overflow, found by bisection between their changes of sign.
 *
 * @throws unless n is an integer in 2 … 400
 * @cost about 40·n² operations
 * @example gaussHermite(3).points; // −√3, 0, √3
 * @see Abramowitz & Stegun, 25.4.46
 */
export function gaussHermite(n: number): Rule {
  checkInteger('gaussHermite', 'n', n, 2, 400);
  /** ψ_n and ψ_{n−1} at z, with the weight e^(−z²/4) within: ψ_{k+1} = (z ψ_k − √k ψ_{k−1})/√(k + 1). */
  const functions = (z: number): [number, number] => {
    let [before, now] = [0, Math.exp((-z * z) / 4)];
    for (let k = 0; k < n; k++) [before, now] = [now, (z * now - Math.sqrt(k) * before) / Math.sqrt(k + 1)];
    return [now, before];
  };
  const points = new Float64Array(n);
  const weights = new Float64Array(n);
  const half = Math.floor(n / 2);
  // all roots lie within ±2√(n + ½); between two signs of ψ_n on a fine scan there is one of them
  const step = 1 / (2 * Math.sqrt(n + 1));
  let found = n % 2;
  let low = n % 2 === 1 ? step / 2 : 0;
  let sign = Math.sign(functions(low)[0]);
  while (found < half + (n % 2)) {
    const high = low + step;
    const next = Math.sign(functions(high)[0]);
    if (next !== sign) {
      const root = bisect((z) => functions(z)[0], low, high);
      points[half + found] = root;
      points[n - 1 - half - found] = -root;
      found++;
    }
    [low, sign] = [high, next];
  }
  for (let i = 0; i < n; i++) {
    const [, before] = functions(points[i]);
    weights[i] = Math.exp((-points[i] * points[i]) / 2) / (n * before * before);
  }
  return { points, weights };
}

/** The root of f between two points of different sign, to the last bit. */
export function bisect(f: (x: number) => number, low: number, high: number): number {
  const sign = Math.sign(f(low));
  let [a, b] = [low, high];
  for (let k = 0; k < 200; k++) {
    const middle = (a + b) / 2;
    if (middle === a || middle === b) return middle;
    if (Math.sign(f(middle)) === sign) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}

/** How a Gaussian average is taken. */
export interface AverageOptions {
  /** Take the Gauss-Hermite rule of so many points, best for sines and polynomials. Default: panels, good for all. */
  readonly nodes?: number;
}

/** Ends of the panels on one side, in deviations: finer towards 0, where functions have kinks, or poles beside it at large K. */
const ENDS = [0, 1 / 8, 1 / 4, 1 / 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

/**
 * A rule for z ~ N(0, 1). By default Gauss-Legendre on panels of both sides of 0, 16 points each: it has a relative error of 1e-14 for
 * functions with a kink at 0, and for smooth ones with poles at 0.2 deviations from it, where Gauss-Hermite converges slowly: with 60
 * points that puts the critical K* of SiLU, 14.32, at 13.87.
 */
export function gaussianRule({ nodes }: AverageOptions = {}): Rule {
  if (nodes !== undefined) return gaussHermite(nodes);
  const panel = gaussLegendre(16);
  const [points, weights]: number[][] = [[], []];
  for (const side of [-1, 1]) {
    for (let k = 0; k + 1 < ENDS.length; k++) {
      const width = ENDS[k + 1] - ENDS[k];
      panel.points.forEach((t, i) => {
        const z = side * (ENDS[k] + (width * (t + 1)) / 2);
        points.push(z);
        weights.push(((panel.weights[i] * width) / 2) * (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)));
      });
    }
  }
  return { points: Float64Array.from(points), weights: Float64Array.from(weights) };
}

/** The Gauss-Legendre rule for the integral over [−1, 1]; Newton's method from the usual cosines. */
function gaussLegendre(n: number): Rule {
  const points = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let pass = 0; pass < 8; pass++) {
      let [before, now] = [1, x];
      for (let k = 2; k <= n; k++) [before, now] = [now, ((2 * k - 1) * x * now - (k - 1) * before) / k];
      slope = (n * (x * now - before)) / (x * x - 1);
      x -= now / slope;
    }
    points[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { points, weights };
}
