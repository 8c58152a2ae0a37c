import { evaluateSpectrum } from './evaluate.js';
import { fourierTransform, type Signal } from './fft.js';
import { gridNodes, type Shape } from './grid.js';
import type { Spectrum } from './spectrum.js';

/** A frequency that a grid took for a lower one. */
export interface Leak {
  /** The lowest frequency that explains what was seen: the right one up to N, the size of the first grid; beyond, it may be a higher one. */
  readonly frequency: number;
  /** The one that it was taken for; its coefficient is wrong by that amplitude. */
  readonly seenAs: number;
  /** |c|. */
  readonly amplitude: number;
}

/** What a second grid says of the coefficients that a first one gave. */
export interface Aliasing {
  /** Whether the function has frequencies that the series has not. */
  readonly found: boolean;
  /** The largest |f − series| on the second grid. */
  readonly residual: number;
  /** What is more than rounding, or more than the tolerance that was given. */
  readonly tolerance: number;
  /** The frequencies that leak, ascending, where there is one variable and they can be told. */
  readonly leaks: readonly Leak[];
}

/** A second grid, and the function on it. */
export interface SecondGrid {
  readonly shape: Shape;
  readonly second: Shape;
  readonly periods: readonly number[];
  readonly values: Float64Array;
}

/** Compares a series that was found on one grid with its function on another. */
export function findAliasing(spectrum: Spectrum, grid: SecondGrid, given?: number): Aliasing {
  const { second, periods, values } = grid;
  const series = evaluateSpectrum(spectrum, gridNodes(second, periods));
  const rest = values.map((value, i) => value - series[i]);
  const largest = (list: Float64Array): number => list.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  // Each value is a sum over all nodes of what was rounded at each.
  const tolerance = given ?? 16 * Number.EPSILON * values.length * Math.max(largest(values), Number.MIN_VALUE);
  const residual = largest(rest);
  const found = residual > tolerance;
  const leaks = found && second.length === 1 ? leaksOf(rest, grid, tolerance) : [];
  return { found, residual, tolerance, leaks };
}

/**
 * A frequency m with coefficient c leaves c·exp(imx) − c·exp(ikx) and its conjugate on the second grid of M nodes, with
 * k = m modulo the N nodes of the first: c at m modulo M, −c at k. Candidates are tried in ascending order, and what one explains
 * is taken away.
 */
function leaksOf(rest: Float64Array, { shape, second, periods }: SecondGrid, tolerance: number): Leak[] {
  const [[n], [m]] = [shape, second];
  const bins = fourierTransform({ re: rest, im: new Float64Array(m) });
  const unit = (2 * Math.PI) / periods[0];
  const leaks: Leak[] = [];
  for (let k = (n + 1) / 2; k < (n * m) / 2; k++) {
    const low = ((k + (n - 1) / 2) % n) - (n - 1) / 2;
    const amplitude = explain(bins, k % m, (low + m) % m, tolerance * m) / m;
    if (amplitude > tolerance) leaks.push({ frequency: k * unit, seenAs: Math.abs(low) * unit, amplitude });
  }
  return leaks;
}

/** Takes away c at `high` and −c at `low`, and their mirror images, if that leaves nothing there; returns |c|, or 0. */
function explain({ re, im }: Signal, high: number, low: number, small: number): number {
  const mirror = (place: number): number => (re.length - place) % re.length;
  // Of Re c and of Im c: what each puts into the real and the imaginary part of each place.
  const [ofRe, ofIm] = [new Map<number, number>(), new Map<number, number>()];
  const put = (map: Map<number, number>, place: number, amount: number) =>
    map.set(place, (map.get(place) ?? 0) + amount);
  for (const [place, amount] of [
    [high, 1],
    [low, -1],
  ]) {
    put(ofRe, place, amount);
    put(ofRe, mirror(place), amount);
    put(ofIm, place, amount);
    put(ofIm, mirror(place), -amount);
  }
  const fitted = (map: Map<number, number>, values: Float64Array): number => {
    let [product, square] = [0, 0];
    for (const [place, amount] of map) {
      product += amount * values[place];
      square += amount * amount;
    }
    return square === 0 ? 0 : product / square;
  };
  const [a, b] = [fitted(ofRe, re), fitted(ofIm, im)];
  const left = (place: number): number =>
    Math.hypot(re[place] - a * (ofRe.get(place) ?? 0), im[place] - b * (ofIm.get(place) ?? 0));
  const amplitude = Math.hypot(a, b);
  if (amplitude <= small || [...ofRe.keys()].some((place) => left(place) > small)) return 0;
  for (const place of ofRe.keys()) [re[place], im[place]] = [0, 0];
  return amplitude;
}
