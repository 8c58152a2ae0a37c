/** Numbers that differ by less than this, relative to the largest magnitude, are one number with rounding errors. */
const ROUNDING = 1e-12;

/** The distinct numbers of a list, ascending, and for each entry the position of its number among them. */
export interface Distinct {
  readonly numbers: Float64Array;
  readonly positions: Int32Array;
}

/**
 * Numbers that differ by rounding only become one; those next to 0 become 0 itself.
 *
 * @param scale  the magnitude to which rounding errors are relative; by default the largest of the numbers
 */
export function distinct(numbers: ArrayLike<number>, scale = largest(numbers)): Distinct {
  const order = Uint32Array.from(numbers, (_, i) => i).sort((i, j) => numbers[i] - numbers[j]);
  const gap = ROUNDING * scale;
  const found: number[] = [];
  const positions = new Int32Array(numbers.length);
  for (const i of order) {
    const number = Math.abs(numbers[i]) <= gap ? 0 : numbers[i];
    if (found.length === 0 || number - found[found.length - 1] > gap) found.push(number);
    positions[i] = found.length - 1;
  }
  return { numbers: Float64Array.from(found), positions };
}

function largest(numbers: ArrayLike<number>): number {
  let result = 0;
  for (let i = 0; i < numbers.length; i++) result = Math.max(result, Math.abs(numbers[i]));
  return result;
}
