import { checkFinite, checkLength } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import { type AdamOptions, type AdamState, adamStep } from './adam.js';
import { dot } from './vector.js';

export interface AdamWOptions extends AdamOptions {
  /** λ ≥ 0: a step shortens each decaying parameter by the share η·λ. Default 0.01. */
  readonly weightDecay?: number;
  /** 1 where a parameter decays, 0 where not, shape [parameters]. Default: all decay. */
  readonly decays?: Uint8Array;
}

/**
 * One step of Adam with decoupled weight decay: x ← (1 − ηλ)·x, then Adam's step. Nothing is changed in place.
 *
 * @param parameters x, shape [parameters]
 * @param gradient   shape [parameters], without the decay
 * @throws as `adamStep` does, or if the decay is negative
 * Source: Loshchilov & Hutter, arXiv:1711.05101, algorithm 2.
 */
export function adamwStep(
  state: AdamState,
  parameters: Float64Array,
  gradient: Float64Array,
  { weightDecay = 0.01, decays, ...options }: AdamWOptions = {},
): { readonly state: AdamState; readonly parameters: Float64Array } {
  checkFinite('adamwStep', 'weightDecay', weightDecay);
  if (weightDecay < 0) throw expected('adamwStep', 'weightDecay ≥ 0', weightDecay);
  if (decays) checkLength('adamwStep', 'decays', decays, parameters.length, '[parameters]');
  const share = (options.learningRate ?? 1e-3) * weightDecay;
  const shortened = new Float64Array(parameters.length);
  for (let i = 0; i < shortened.length; i++) {
    shortened[i] = decays?.[i] === 0 ? parameters[i] : (1 - share) * parameters[i];
  }
  return adamStep(state, shortened, gradient, options);
}

/**
 * The gradient, shortened to `maximum` where its Euclidean norm is larger.
 *
 * @throws unless maximum > 0
 */
export function clipGradient(gradient: Float64Array, maximum: number): { gradient: Float64Array; norm: number } {
  if (!(maximum > 0)) throw expected('clipGradient', 'maximum > 0', maximum);
  const norm = Math.sqrt(dot(gradient, gradient));
  return { gradient: norm > maximum ? gradient.map((entry) => (entry * maximum) / norm) : gradient, norm };
}
