import type { FoldedEdges } from '../activation/fold.js';
import { distinct } from './distinct.js';

/** A matrix element of this size is rounding. */
const ROUNDING = 1e-13;

/** Which part of a vector a data gate has made ±w or 0 of: along x + iy, along x − iy, along z. */
const parts = [1, -1, 0] as const;

/**
 * For each frequency ω ≥ 0, whether every path to it is closed: a path chooses s_l ∈ {1, −1, 0} for each data gate, with
 * Σ s_l w_l = ω, and is open if the elements of start, blocks and end between its choices are not 0 in some draw.
 */
export function forbidden(
  { start, blocks, end }: FoldedEdges,
  weights: ArrayLike<number>,
  draws: number,
  frequencies: Float64Array,
): boolean[] {
  const reps = weights.length;
  const draw = Array.from({ length: draws }, (_, b) => b);
  const vector = (from: Float64Array, at: number, s: number): number =>
    s === 0 ? Math.abs(from[at + 2]) : Math.hypot(from[at], from[at + 1]);
  /** The element of block l from part s to part t; x ± iy are (1, ∓i)/√2. */
  const element = (at: number, s: number, t: number): number => {
    const m = (i: number, j: number): number => blocks[at + 3 * i + j];
    if (s === 0 && t === 0) return Math.abs(m(2, 2));
    if (s === 0) return Math.hypot(m(0, 2), m(1, 2));
    if (t === 0) return Math.hypot(m(2, 0), m(2, 1));
    return s === t
      ? Math.hypot(m(0, 0) + m(1, 1), m(1, 0) - m(0, 1)) / 2
      : Math.hypot(m(0, 0) - m(1, 1), m(1, 0) + m(0, 1)) / 2;
  };
  const isOpen = (size: (b: number) => number): boolean => draw.some((b) => size(b) > ROUNDING);

  // Sums that open paths reach, by the part in which they end.
  let reached = parts.map((s) => (isOpen((b) => vector(start, 3 * b, s)) ? [s * weights[0]] : []));
  for (let l = 1; l < reps; l++) {
    const block = (b: number): number => 9 * (b * (reps - 1) + l - 1);
    reached = parts.map((t) => {
      const from = parts.flatMap((s, k) => (isOpen((b) => element(block(b), s, t)) ? reached[k] : []));
      return Array.from(distinct(from).numbers, (sum) => sum + t * weights[l]);
    });
  }
  const open = parts.flatMap((s, k) => (isOpen((b) => vector(end, 3 * b, s)) ? reached[k] : [])).map(Math.abs);
  const scale = Math.max(...frequencies, Number.MIN_VALUE);
  return Array.from(frequencies, (frequency) => !open.some((sum) => Math.abs(sum - frequency) <= 1e-10 * scale));
}
