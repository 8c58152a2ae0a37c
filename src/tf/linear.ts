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

/** The derivative of a weighted sum by its data, Σ_o upstream_bo weights_oi. */
export function weightedInputs(weights: tf.Tensor, upstream: tf.Tensor): tf.Tensor2D {
  const [batch, shape] = [upstream.shape[0]!, constants(weights)];
  return apply<tf.Tensor2D>(
    {
      forward: (...tensors) => {
        const [w, u] = numbersOf(...tensors);
        // U·W as the outputs of Wᵀ: the kernel's derivative by its inputs makes room for a sine beside each constant
        const transposed = transpose(w, shape.outDim, shape.inDim);
        const back: NodeShape = { ...shape, inDim: shape.outDim, outDim: shape.inDim };
        return tensorOf(activationKernels().nodes.outputs(back, u, transposed, batch, u), [batch, shape.inDim]);
      },
      gradient: (dy, w, u) => [() => weightSums(dy, u), () => outputs(dy, w)],
    },
    weights,
    upstream,
  );
}

/** The derivative of a weighted sum by its weights, Σ_b x_bi upstream_bo, shape [out, in]. */
export function weightSums(x: tf.Tensor, upstream: tf.Tensor): tf.Tensor2D {
  const shape: NodeShape = { inDim: x.shape[1]!, outDim: upstream.shape[1]!, degree: 0, order: 0 };
  return apply<tf.Tensor2D>(
    {
      forward: (...tensors) => {
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

/** A matrix of `rows` rows, turned: shape [rows, columns] to [columns, rows]. */
function transpose(matrix: Floats, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(rows * columns);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let to = row; to < turned.length; to += rows, at++) turned[to] = matrix[at];
  }
  return turned;
}
