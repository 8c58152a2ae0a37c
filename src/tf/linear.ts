import * as tf from '@tensorflow/tfjs-core';
import type { Floats } from '../../kernels/chain.js';
import type { NodeShape } from '../../kernels/nodes.js';
import { multiplyTransposing } from './activation/matMul.js';
import { apply } from './differentiable.js';
import { onHost } from './host.js';
import { activationKernels } from './kernel.js';
import { numbersOf, tensorOf } from './numbers.js';

/**
 * x·weightsᵀ: y_bo = Σ_i x_bi weights_oi, differentiable to any order. On the host it is the node kernel at degree 0, with x as
 * the gain of the constant feature: its products run on all threads, and need no transposed copies.
 *
 * @param x        shape [batch, in]
 * @param weights  shape [out, in]
 */
export function weightedSum(x: tf.Tensor2D, weights: tf.Tensor2D): tf.Tensor2D {
  return onHost() ? outputs(x, weights) : multiplyTransposing(x, tf.transpose(weights));
}

const constants = (weights: tf.Tensor): NodeShape => ({
  inDim: weights.shape[1]!,
  outDim: weights.shape[0]!,
  degree: 0,
  order: 0,
});

function outputs(x: tf.Tensor, weights: tf.Tensor): tf.Tensor2D {
  const [batch, shape] = [x.shape[0]!, constants(weights)];
  return apply<tf.Tensor2D>(
    {
      forward: (...tensors) => {
        const [gain, w] = numbersOf(...tensors);
        return tensorOf(activationKernels().nodes.outputs(shape, gain, w, batch, gain), [batch, shape.outDim]);
      },
      gradient: (upstream, gain, w) => [() => weightedInputs(w, upstream), () => weightSums(gain, upstream)],
    },
    x,
    weights,
  );
}

/**
 * The derivative of a weighted sum by its data, Σ_o upstream_bo weights_oi.
 *
 * @param found  the numbers, where something else computes them
 */
export function weightedInputs(weights: tf.Tensor, upstream: tf.Tensor, found?: () => Floats): tf.Tensor2D {
  const [batch, shape] = [upstream.shape[0]!, constants(weights)];
  return apply<tf.Tensor2D>(
    {
      forward: (...tensors) => {
        if (found) return tensorOf(found(), [batch, shape.inDim]);
        const [w, u] = numbersOf(...tensors);
        const nowhere = new Float32Array(batch * shape.inDim); // at degree 0 it does not matter where
        return tensorOf(activationKernels().nodes.inputs(shape, nowhere, w, u, batch), [batch, shape.inDim]);
      },
      gradient: (dy, w, u) => [() => weightSums(dy, u), () => outputs(dy, w)],
    },
    weights,
    upstream,
  );
}

/** The derivative of a weighted sum by its weights, Σ_b x_bi upstream_bo, shape [out, in]; `found` as in `weightedInputs`. */
export function weightSums(x: tf.Tensor, upstream: tf.Tensor, found?: () => Floats): tf.Tensor2D {
  const shape: NodeShape = { inDim: x.shape[1]!, outDim: upstream.shape[1]!, degree: 0, order: 0 };
  return apply<tf.Tensor2D>(
    {
      forward: (...tensors) => {
        if (found) return tensorOf(found(), [shape.outDim, shape.inDim]);
        const [gain, u] = numbersOf(...tensors);
        const w = activationKernels().nodes.coefficients(shape, gain, u, x.shape[0]!, gain);
        return tensorOf(w, [shape.outDim, shape.inDim]);
      },
      gradient: (dy, gain, u) => [() => weightedInputs(dy, u), () => outputs(gain, dy)],
    },
    x,
    upstream,
  );
}
