/** A remainder smaller than this, relative to the largest number, is rounding. */
const ROUNDING = 1e-13;

/**
 * The largest g of which all numbers are integer multiples up to rounding, if none of them is more than `most` times g;
 * undefined where there is none.
 */
export function fundamental(numbers: ArrayLike<number>, most = 4096): number | undefined {
  const positive = Array.from(numbers, Math.abs).filter((number) => number > 0);
  if (positive.length === 0) return 1;
  if (positive.every(Number.isInteger) && Math.max(...positive) <= most)
    return positive.reduce((a, b) => divisor(a, b), 0);
  const largest = Math.max(...positive);
  const g = positive.reduce((a, b) => divisor(a, b, ROUNDING * largest), 0);
  if (g * most < largest * (1 - ROUNDING)) return undefined;
  // The largest number carries the smallest relative error.
  return largest / Math.round(largest / g);
}

/** Euclid's algorithm. */
function divisor(a: number, b: number, tolerance = 0): number {
  let [large, small] = [Math.max(a, b), Math.min(a, b)];
  while (small > tolerance) {
    const rest = large % small;
    // A remainder next to the divisor is rounding too.
    [large, small] = [small, small - rest <= tolerance ? 0 : rest];
  }
  return large;
}
