/** A smooth function of one variable, with its derivative. */
export interface BaseFunction {
  readonly value: (x: number) => number;
  readonly derivative: (x: number) => number;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
const distribution = (x: number): number => complementaryError(-x * Math.SQRT1_2) / 2;

/** The functions that stand beside a quantum activation, by name. */
export const baseFunctions = {
  silu: {
    value: (x) => x * sigmoid(x),
    derivative: (x) => sigmoid(x) * (1 + x * (1 - sigmoid(x))),
  },
  /** x·Φ(x), the exact form. */
  gelu: {
    value: (x) => x * distribution(x),
    derivative: (x) => distribution(x) + x * density(x),
  },
  relu: { value: (x) => Math.max(0, x), derivative: (x) => (x > 0 ? 1 : 0) },
  tanh: { value: Math.tanh, derivative: (x) => 1 - Math.tanh(x) ** 2 },
  sigmoid: { value: sigmoid, derivative: (x) => sigmoid(x) * (1 - sigmoid(x)) },
  identity: { value: (x) => x, derivative: () => 1 },
} as const satisfies Record<string, BaseFunction>;

export type BaseFunctionName = keyof typeof baseFunctions;

/**
 * erfc(x) to about 1e-15: the Maclaurin series of erf where |x| < 2.5, beyond it the continued fraction by Lentz.
 * Abramowitz & Stegun, 7.1.6 and 7.1.14.
 */
function complementaryError(x: number): number {
  if (x < 0) return 2 - complementaryError(-x);
  if (x < 2.5) {
    let [term, sum] = [x, x];
    for (let k = 1; Math.abs(term) > 1e-17 * sum; k++) {
      term *= (2 * x * x) / (2 * k + 1);
      sum += term;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
  }
  let fraction = x;
  for (let k = 60; k >= 1; k--) fraction = x + k / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}
