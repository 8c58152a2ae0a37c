/** A function of one variable that a formula may contain. */
export interface SymbolicFunction {
  readonly value: (x: number) => number;
  readonly derivative: (x: number) => number;
  /** The function of an argument, as mathjs reads it. */
  readonly text: (argument: string) => string;
  /** How much is asked of a reader: 0 for a constant, 1 for a line, more for what is rarer in formulas. */
  readonly complexity: number;
  /**
   * Which scales a are worth trying: one (the others say nothing that c and d do not say too), its negative too, or any.
   */
  readonly scales: 'one' | 'signs' | 'any';
  /** Whether the shift b says something. */
  readonly shifts: boolean;
}

const power = (exponent: number, complexity: number): SymbolicFunction => ({
  value: (x) => x ** exponent,
  derivative: (x) => exponent * x ** (exponent - 1),
  text: (x) => `(${x})^${exponent < 0 ? `(${exponent})` : exponent}`,
  complexity,
  scales: 'one',
  shifts: true,
});

/** c·f(a·x + b) + d with these f; outside its domain a function is NaN, and is not chosen there. */
export const symbolicFunctions = {
  constant: { value: () => 0, derivative: () => 0, text: () => '0', complexity: 0, scales: 'one', shifts: false },
  linear: { value: (x) => x, derivative: () => 1, text: (x) => `(${x})`, complexity: 1, scales: 'one', shifts: false },
  square: power(2, 2),
  cube: power(3, 3),
  fourth: power(4, 3),
  inverse: power(-1, 2),
  inverseSquare: power(-2, 3),
  sqrt: {
    value: Math.sqrt,
    derivative: (x) => 0.5 / Math.sqrt(x),
    text: (x) => `sqrt(${x})`,
    complexity: 2,
    scales: 'signs',
    shifts: true,
  },
  exp: { value: Math.exp, derivative: Math.exp, text: (x) => `exp(${x})`, complexity: 2, scales: 'any', shifts: false },
  log: {
    value: Math.log,
    derivative: (x) => (x > 0 ? 1 / x : Number.NaN),
    text: (x) => `log(${x})`,
    complexity: 2,
    scales: 'signs',
    shifts: true,
  },
  sin: { value: Math.sin, derivative: Math.cos, text: (x) => `sin(${x})`, complexity: 2, scales: 'any', shifts: true },
  tan: {
    value: Math.tan,
    derivative: (x) => 1 + Math.tan(x) ** 2,
    text: (x) => `tan(${x})`,
    complexity: 3,
    scales: 'any',
    shifts: true,
  },
  tanh: {
    value: Math.tanh,
    derivative: (x) => 1 - Math.tanh(x) ** 2,
    text: (x) => `tanh(${x})`,
    complexity: 3,
    scales: 'any',
    shifts: true,
  },
  atan: {
    value: Math.atan,
    derivative: (x) => 1 / (1 + x * x),
    text: (x) => `atan(${x})`,
    complexity: 4,
    scales: 'any',
    shifts: true,
  },
  abs: { value: Math.abs, derivative: Math.sign, text: (x) => `abs(${x})`, complexity: 3, scales: 'one', shifts: true },
  gaussian: {
    value: (x) => Math.exp(-x * x),
    derivative: (x) => -2 * x * Math.exp(-x * x),
    text: (x) => `exp(-(${x})^2)`,
    complexity: 3,
    scales: 'any',
    shifts: true,
  },
} as const satisfies Record<string, SymbolicFunction>;

export type SymbolicName = keyof typeof symbolicFunctions;
export const symbolicNames = Object.keys(symbolicFunctions) as SymbolicName[];
