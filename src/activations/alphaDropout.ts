import type { Floats } from '../../kernels/chain.js';
import { expected } from '../foundation/errors.js';
import { type Random, randomFrom } from '../foundation/random.js';
import { SELU_ALPHA, SELU_SCALE } from './selu.js';

/** Where a dropped unit goes: α′ = −λα, what SELU tends to. */
export const DROPPED = -SELU_SCALE * SELU_ALPHA;

/**
 * The affine map a·x + b that gives mean 0 and variance 1 back after a share `rate` of units was set to α′ = −λα:
 * a = (q + α′²q(1 − q))^−½ and b = −a(1 − q)α′ with q = 1 − rate.
 *
 * @throws unless 0 ≤ rate < 1
 * @see arXiv:1706.02515
 */
export function alphaDropoutMap(rate: number): { readonly a: number; readonly b: number } {
  if (!(rate >= 0 && rate < 1)) throw expected('alphaDropout', 'rate in [0, 1)', rate);
  const kept = 1 - rate;
  const a = 1 / Math.sqrt(kept + DROPPED ** 2 * kept * rate);
  return { a, b: rate === 0 ? 0 : -a * rate * DROPPED };
}

/** 1 where a unit is kept, 0 where it is dropped. */
export const keptUnits = (length: number, rate: number, random: Random): Float32Array =>
  Float32Array.from({ length }, () => (random.uniform() < rate ? 0 : 1));

/**
 * Alpha dropout: units are dropped to α′ with probability `rate`, then a·x + b; inputs of mean 0 and variance 1 keep both.
 *
 * @param x     any shape
 * @param seed  a seed, or a generator
 * @example alphaDropout(Float64Array.of(0.3, -1.2, 0.8), 0.1, 1); // each a·x + b, or a·α′ + b
 * @see arXiv:1706.02515
 */
export function alphaDropout(x: Floats, rate: number, seed: number | Random): Float64Array {
  const { a, b } = alphaDropoutMap(rate);
  const kept = keptUnits(x.length, rate, randomFrom(seed));
  return Float64Array.from(x, (value, k) => a * (kept[k] === 1 ? value : DROPPED) + b);
}
