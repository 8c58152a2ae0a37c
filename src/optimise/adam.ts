import { checkFinite, checkInteger, checkLength } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';

export interface AdamOptions {
  /** Length of a step, ≥ 0; default 0.001. A schedule passes another one at each step. */
  readonly learningRate?: number;
  /** Decay of the mean of the gradient, in [0, 1); default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of its square, in [0, 1); default 0.999. */
  readonly beta2?: number;
  /** Added to the root of the second moment, > 0; default 1e-8. */
  readonly epsilon?: number;
}

/** What Adam remembers between steps: plain data for a checkpoint. */
export interface AdamState {
  /** Steps taken. */
  readonly steps: number;
  /** Decayed mean of the gradient, before bias correction. */
  readonly mean: Float64Array;
  /** Decayed mean of the squared gradient, before bias correction. */
  readonly square: Float64Array;
}

/** The state before the first step. */
export function adamStart(numParameters: number): AdamState {
  checkInteger('adamStart', 'numParameters', numParameters, 0);
  return { steps: 0, mean: new Float64Array(numParameters), square: new Float64Array(numParameters) };
}

/**
 * One step of Adam with bias correction:
 * m ← β₁m + (1 − β₁)g,  v ← β₂v + (1 − β₂)g²,  x ← x − η · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε).
 *
 * Nothing is changed in place. The gradient must be finite: a guard against NaN belongs where the gradient is made.
 *
 * @param parameters x, shape [parameters]
 * @param gradient   g, shape [parameters]
 * @throws if lengths differ, an option is out of range, or a gradient entry is not finite
 * Source: Kingma & Ba, arXiv:1412.6980, algorithm 1.
 *
 * @example
 * let [state, x] = [adamStart(1), Float64Array.of(1) as Float64Array];
 * for (let i = 0; i < 100; i++) ({ state, parameters: x } = adamStep(state, x, x.map((v) => 2 * v), { learningRate: 0.1 }));
 */
export function adamStep(
  state: AdamState,
  parameters: Float64Array,
  gradient: Float64Array,
  options: AdamOptions = {},
): { readonly state: AdamState; readonly parameters: Float64Array } {
  const { learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  checkOptions(learningRate, beta1, beta2, epsilon);
  const length = parameters.length;
  checkLength('adamStep', 'gradient', gradient, length, '[parameters]');
  checkLength('adamStep', 'state.mean', state.mean, length, '[parameters]');
  checkLength('adamStep', 'state.square', state.square, length, '[parameters]');
  const steps = state.steps + 1;
  const meanBias = 1 - beta1 ** steps;
  const squareBias = 1 - beta2 ** steps;
  const [mean, square, next] = [new Float64Array(length), new Float64Array(length), new Float64Array(length)];
  for (let i = 0; i < length; i++) {
    const g = gradient[i];
    if (!Number.isFinite(g)) throw expected('adamStep', `gradient[${i}] to be a finite number`, g);
    mean[i] = beta1 * state.mean[i] + (1 - beta1) * g;
    square[i] = beta2 * state.square[i] + (1 - beta2) * g * g;
    next[i] = parameters[i] - (learningRate * (mean[i] / meanBias)) / (Math.sqrt(square[i] / squareBias) + epsilon);
  }
  return { state: { steps, mean, square }, parameters: next };
}

function checkOptions(learningRate: number, beta1: number, beta2: number, epsilon: number): void {
  checkFinite('adamStep', 'learningRate', learningRate);
  if (learningRate < 0) throw expected('adamStep', 'learningRate ≥ 0', learningRate);
  for (const [name, beta] of Object.entries({ beta1, beta2 })) {
    if (!(beta >= 0 && beta < 1)) throw expected('adamStep', `${name} in [0, 1)`, beta);
  }
  if (!(epsilon > 0 && epsilon < Infinity)) throw expected('adamStep', 'epsilon > 0', epsilon);
}
