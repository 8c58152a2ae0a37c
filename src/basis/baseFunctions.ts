import { normalDensity, normalDistribution } from './errorFunction.js';

/** A smooth function of one variable, with its derivative. */
export interface BaseFunction {
  readonly value: (x: number) => number;
  readonly derivative: (x: number) => number;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** The functions that stand beside a quantum activation, by name. */
export const baseFunctions = {
  silu: {
    value: (x) => x * sigmoid(x),
    derivative: (x) => sigmoid(x) * (1 + x * (1 - sigmoid(x))),
  },
  /** x·Φ(x), the exact form. */
  gelu: {
    value: (x) => x * normalDistribution(x),
    derivative: (x) => normalDistribution(x) + x * normalDensity(x),
  },
  relu: { value: (x) => Math.max(0, x), derivative: (x) => (x > 0 ? 1 : 0) },
  tanh: { value: Math.tanh, derivative: (x) => 1 - Math.tanh(x) ** 2 },
  sigmoid: { value: sigmoid, derivative: (x) => sigmoid(x) * (1 - sigmoid(x)) },
  identity: { value: (x) => x, derivative: () => 1 },
} as const satisfies Record<string, BaseFunction>;

export type BaseFunctionName = keyof typeof baseFunctions;
