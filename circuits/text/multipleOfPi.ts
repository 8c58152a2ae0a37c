/** `value` as a small multiple of π over a denominator of 1 to 16, spelt with `pi`; undefined for any other number. */
export function multipleOfPi(value: number, pi: string): string | undefined {
  for (const denominator of [1, 2, 3, 4, 6, 8, 12, 16]) {
    const numerator = (value / Math.PI) * denominator;
    const whole = Math.round(numerator);
    if (whole !== 0 && Math.abs(whole) < 100 && Math.abs(numerator - whole) < 1e-12) {
      const factor = Math.abs(whole) === 1 ? (whole < 0 ? '-' : '') : String(whole);
      return `${factor}${pi}${denominator === 1 ? '' : `/${denominator}`}`;
    }
  }
  return undefined;
}
