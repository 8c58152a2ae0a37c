import * as tf from '@tensorflow/tfjs-core';
import type { Floats } from '../../../kernels/chain.js';
import { backwardElementwise, type ElementwiseActivation, forwardElementwise } from '../../activation/elementwise.js';
import {
  type ActivationLayer,
  backwardLayer,
  forwardLayer,
  type LayerGradient,
  type LayerTensors,
} from '../../activation/layer.js';
import { DaruanError } from '../../foundation/errors.js';
import { apply } from '../differentiable.js';
import { activationKernels } from '../kernel.js';
import { numbersOf, tensorOf } from '../numbers.js';

/**
 * y_o = Σ_i scale_oi · f_oi(x_i) by the chain kernel, differentiable once in all three tensors.
 *
 * @param x           shape [batch, in]
 * @param parameters  shape [out·in, plan.parameters.length]; radians
 * @param scale       shape [out, in]
 * @returns shape [batch, out]
 */
export function chainActivation(
  layer: ActivationLayer,
  x: tf.Tensor2D,
  parameters: tf.Tensor2D,
  scale: tf.Tensor2D,
): tf.Tensor2D {
  const kernel = activationKernels().tensors;
  return onHost([x.shape[0], layer.outDim], [x, parameters, scale], {
    forward: (tensors) => forwardLayer(kernel, layer, tensors),
    backward: (tensors, upstream) => backwardLayer(kernel, layer, tensors, upstream),
  });
}

/**
 * y_d = scale_d · f_d(x_d) by the chain kernel, one activation a feature.
 *
 * @param x           shape [batch, features]
 * @param parameters  shape [features, plan.parameters.length]
 * @param scale       shape [features]
 */
export function chainElementwise(
  layer: ElementwiseActivation,
  x: tf.Tensor2D,
  parameters: tf.Tensor2D,
  scale: tf.Tensor1D,
): tf.Tensor2D {
  const kernel = activationKernels().tensors;
  return onHost(x.shape, [x, parameters, scale], {
    forward: (tensors) => forwardElementwise(kernel, layer, tensors),
    backward: (tensors, upstream) => backwardElementwise(kernel, layer, tensors, upstream),
  });
}

/** A function of x, parameters and scale computed on the host, with its gradient, as a tfjs operation. */
function onHost(
  shape: [number, number],
  inputs: readonly [tf.Tensor2D, tf.Tensor2D, tf.Tensor],
  evaluate: {
    readonly forward: (tensors: LayerTensors) => Floats;
    readonly backward: (tensors: LayerTensors, upstream: Floats) => LayerGradient;
  },
): tf.Tensor2D {
  const tensorsOf = ([x, parameters, scale]: readonly Float32Array[], batch: number): LayerTensors => ({
    x,
    parameters,
    scale,
    batch,
  });
  return apply<tf.Tensor2D>(
    {
      forward: (...tensors) => tensorOf(evaluate.forward(tensorsOf(numbersOf(...tensors), shape[0])), shape),
      gradient: (dy, ...saved) => {
        const parts = onceDifferentiable('chain', [dy, ...saved], (...all) => {
          const [upstream, ...rest] = numbersOf(...all);
          const gradient = evaluate.backward(tensorsOf(rest, shape[0]), upstream);
          return [gradient.x, gradient.parameters, gradient.scale];
        });
        return parts.map((part, k) => tf.reshape(part, saved[k].shape));
      },
    },
    ...inputs,
  );
}

/**
 * Tensors computed outside tfjs that may be used, but not differentiated again: a second derivative is refused by name
 * instead of being silently wrong.
 *
 * @param compute  arrays from the input tensors
 * @returns one flat tensor an array
 */
export function onceDifferentiable(
  route: string,
  inputs: readonly tf.Tensor[],
  compute: (...inputs: tf.Tensor[]) => readonly Floats[],
): tf.Tensor1D[] {
  let lengths: number[] = [];
  const packed = apply<tf.Tensor1D>(
    {
      forward: (...tensors) => {
        const arrays = compute(...tensors);
        lengths = arrays.map(({ length }) => length);
        if (arrays.length === 1) return tf.reshape(tensorOf(arrays[0], [1, lengths[0]]), [-1]);
        const together = new Float32Array(lengths.reduce((sum, length) => sum + length, 0));
        arrays.reduce((at, array) => {
          together.set(array, at);
          return at + array.length;
        }, 0);
        return tf.tensor1d(together);
      },
      gradient: () => {
        throw new DaruanError(
          'activation',
          `the route "${route}" has first derivatives only, but a derivative of its gradient is asked for`,
          'Set route: "composed" (any order), or "nodes" (any order in x).',
        );
      },
    },
    ...inputs,
  );
  if (lengths.length === 1) return [packed];
  let at = 0;
  return lengths.map((length) => {
    const part = tf.slice1d(packed, at, length);
    at += length;
    return part;
  });
}
