import type { Floats } from '../../kernels/chain.js';
import { checkLength } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';

/** Activations of a sparse autoencoder, and the lengths that bound them. */
export interface TopAfaInput {
  /** a, shape [batch, features]. */
  readonly activations: Floats;
  /** Norms ‖d_i‖ of the decoder's columns, shape [features]. */
  readonly norms: Floats;
  /** Norms ‖x − b‖ of the inputs less the decoder's bias, shape [batch]. */
  readonly target: Floats;
}

/**
 * Top-AFA: for each row as many of the largest contributions (a_i‖d_i‖)² are kept as bring the root of their sum nearest to ‖x − b‖; so the
 * number of active features adapts to the input.
 *
 * @returns the mask, 1 where an activation is kept, shape [batch, features]: multiply by it, forwards and backwards
 * @throws if a shape is wrong, or a target is not a number ≥ 0
 * @example topAFA({ activations: Float64Array.of(3, 4, 0.1), norms: Float64Array.of(1, 1, 1), target: Float64Array.of(5) }); // [1, 1, 0]
 * @see arXiv:2503.24277
 */
export function topAFA({ activations, norms, target }: TopAfaInput): Float32Array {
  const features = norms.length;
  checkLength('topAFA', 'activations', activations, target.length * features, '[batch, features]');
  const mask = new Float32Array(activations.length);
  for (let row = 0; row < target.length; row++) {
    if (!(target[row] >= 0)) throw expected('topAFA', `target[${row}] ≥ 0`, target[row]);
    const at = row * features;
    const squares = Float64Array.from(norms, (norm, i) => (activations[at + i] * norm) ** 2);
    const order = Array.from(squares, (_, i) => i).sort((i, j) => squares[j] - squares[i] || i - j);
    let [sum, kept, best] = [0, 0, Infinity];
    order.forEach((i, k) => {
      sum += squares[i];
      const miss = Math.abs(Math.sqrt(sum) - target[row]);
      if (miss < best) [kept, best] = [k + 1, miss];
    });
    for (const i of order.slice(0, kept)) mask[at + i] = 1;
  }
  return mask;
}

/**
 * The AFA loss, the mean over rows of (‖f‖ − ‖x − b‖)² with f the contributions a_i‖d_i‖, and its gradient by the activations.
 *
 * @see arXiv:2503.24277
 */
export function afaLoss({ activations, norms, target }: TopAfaInput): {
  readonly value: number;
  readonly gradient: Float64Array;
} {
  const features = norms.length;
  const batch = target.length;
  checkLength('afaLoss', 'activations', activations, batch * features, '[batch, features]');
  const gradient = new Float64Array(activations.length);
  let value = 0;
  for (let row = 0; row < batch; row++) {
    const at = row * features;
    let sum = 0;
    for (let i = 0; i < features; i++) sum += (activations[at + i] * norms[i]) ** 2;
    const length = Math.sqrt(sum);
    const miss = length - target[row];
    value += miss ** 2 / batch;
    if (length === 0) continue; // the norm has no slope at 0
    for (let i = 0; i < features; i++) {
      gradient[at + i] = (2 * miss * activations[at + i] * norms[i] ** 2) / (length * batch);
    }
  }
  return { value, gradient };
}
