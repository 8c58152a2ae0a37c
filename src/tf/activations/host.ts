import * as tf from '@tensorflow/tfjs-core';
import type { Activation, ActivationTensors } from '../../activations/activation.js';
import { onceDifferentiable } from '../activation/chain.js';
import { apply } from '../differentiable.js';
import { numbersOf } from '../numbers.js';

/** The plain arrays of an activation's tensors. */
function tensorsOf([batch, positions, features]: number[], training: boolean, numbers: readonly Float32Array[]) {
  const [x, ...parameters] = numbers;
  return { x, batch, positions, features, parameters, training } satisfies ActivationTensors;
}

/**
 * An activation on the host by its own derivatives, in float64 and rounded; differentiable once.
 *
 * @param x  shape [batch, positions, features]
 */
export function hostActivation(
  activation: Activation,
  x: tf.Tensor3D,
  blocks: readonly tf.Tensor[],
  training: boolean,
): tf.Tensor3D {
  const { shape } = x;
  return apply<tf.Tensor3D>(
    {
      forward: (...inputs) => {
        const y = activation.forward(tensorsOf(shape, training, numbersOf(...inputs)));
        return tf.tensor3d(Float32Array.from(y), shape);
      },
      gradient: (dy, ...saved) => {
        const parts = onceDifferentiable('NodeActivation', [dy, ...saved], (...all) => {
          const [upstream, ...numbers] = numbersOf(...all);
          const gradient = activation.backward(tensorsOf(shape, training, numbers), upstream);
          return [gradient.x, ...gradient.parameters];
        });
        return parts.map((part, k) => tf.reshape(part, saved[k].shape));
      },
    },
    x,
    ...blocks,
  );
}

/** The moments of a batch that an activation's untrained blocks follow. */
export function batchMoments(activation: Activation, x: tf.Tensor3D, blocks: readonly tf.Tensor[]): Float32Array[] {
  const moments = activation.moments?.(tensorsOf(x.shape, true, numbersOf(x, ...blocks))) ?? [];
  return moments.map((values) => Float32Array.from(values));
}
