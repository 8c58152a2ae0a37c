/** Numbers as people read them: few digits, a true minus sign. */

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';

const withDigits = (value: number, digits: string): string =>
  [...String(value)].map((character) => (character === '-' ? '⁻' : digits[Number(character)])).join('');

/** x₁₂ for subscript('x', 12). */
export function subscript(name: string, index: number): string {
  return name + withDigits(index, SUBSCRIPTS);
}

/** `digits` significant digits; with an exponent (1.2e−5) outside 0.001 … 99,999. */
export function shortNumber(value: number, digits = 3): string {
  const magnitude = Math.abs(value);
  const plain = magnitude === 0 || (magnitude >= 1e-3 && magnitude < 1e5);
  const written = plain
    ? String(Number(value.toPrecision(Math.max(digits, String(Math.trunc(magnitude)).length))) + 0)
    : value.toExponential(digits - 1).replace(/\.?0*e\+?/, 'e');
  return written.replace(/-/g, '−');
}

/** "−1 … 1.5" */
export function range(low: number, high: number, digits = 3): string {
  return low === high ? shortNumber(low, digits) : `${shortNumber(low, digits)} … ${shortNumber(high, digits)}`;
}

/** m·10ⁿ as "10⁻³" or "2×10⁻³", m a whole number. */
export function powerOfTen(value: number): string {
  const exponent = Math.floor(Math.log10(value) + 1e-9);
  const mantissa = Math.round(value / 10 ** exponent);
  return `${mantissa === 1 ? '' : `${mantissa}×`}10${withDigits(exponent, SUPERSCRIPTS)}`;
}

/** Smallest and largest entry. */
export function extent(values: ArrayLike<number>): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  return [low, high];
}
