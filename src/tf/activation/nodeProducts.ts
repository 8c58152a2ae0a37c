import * as tf from '@tensorflow/tfjs-core';
import type { Floats } from '../../../kernels/chain.js';
import type { NodeGradient, NodeKernel, NodeShape } from '../../../kernels/nodes.js';
import { apply } from '../differentiable.js';
import { weightedInputs, weightSums } from '../linear.js';
import { numbersOf, tensorOf } from '../numbers.js';

// The node kernel's three contractions as tensor operations. The derivatives of each are others of them, so that
// gradients of any order are exact. k is `shape.order`; `gain`, where present, multiplies the features of each input.

const next = (shape: NodeShape): NodeShape => ({ ...shape, order: shape.order + 1 });
const times = (gain: tf.Tensor | undefined, tensor: tf.Tensor): tf.Tensor => (gain ? tf.mul(gain, tensor) : tensor);

/**
 * y_bo = Σ_i gain_bi Σ_m Φ⁽ᵏ⁾_m(x_bi) C_moi.
 *
 * @param x, gain        shape [batch, in]
 * @param coefficients   shape [2d + 1, out, in]
 * @returns shape [batch, out]
 */
export function nodeOutputs(
  kernel: NodeKernel,
  shape: NodeShape,
  x: tf.Tensor,
  coefficients: tf.Tensor,
  gain?: tf.Tensor,
): tf.Tensor2D {
  return apply<tf.Tensor2D>(
    {
      forward: (...tensors) => {
        const [t, c, g] = numbersOf(...tensors);
        const batch = x.shape[0]!;
        return tensorOf(kernel.outputs(shape, t, c, batch, g), [batch, shape.outDim]);
      },
      gradient: (upstream, t, c, g) => [
        () => times(g, nodeInputs(kernel, next(shape), t, c, upstream)),
        () => nodeSums(kernel, shape, t, upstream, g),
        () => nodeInputs(kernel, shape, t, c, upstream),
      ],
    },
    x,
    coefficients,
    ...(gain ? [gain] : []),
  );
}

/** A function c·base(x) beside every activation. */
export interface BaseTerm {
  /** base(x), shape [batch, in]. */
  readonly values: tf.Tensor2D;
  /** c, shape [out, in]. */
  readonly weights: tf.Tensor2D;
}

/**
 * y_bo = Σ_i ( Σ_m Φ_m(x_bi) C_moi + e_bi W_oi ): `nodeOutputs` and `weightedSum` in one job, and so are their first derivatives.
 *
 * @param coefficients   shape [2d + 1, out, in]
 * @returns shape [batch, out]
 */
export function nodeOutputsBesideBase(
  kernel: NodeKernel,
  shape: NodeShape,
  x: tf.Tensor2D,
  coefficients: tf.Tensor,
  { values, weights }: BaseTerm,
): tf.Tensor2D {
  const batch = x.shape[0];
  return apply<tf.Tensor2D>(
    {
      forward: (...tensors) => {
        const [t, base, c, baseWeights] = numbersOf(...tensors);
        return tensorOf(kernel.forward({ ...shape, coefficients: c, base, baseWeights }, t, batch), [
          batch,
          shape.outDim,
        ]);
      },
      gradient: (upstream, ...saved) => {
        const [t, e, c, w] = saved;
        // The data come first: where their derivatives are asked for, those by the weights are found with them.
        let found: NodeGradient | undefined;
        const derivatives = (byData: boolean): NodeGradient => {
          if (found && (found.data || !byData)) return found;
          const [u, numbers, base, coefficientNumbers, baseWeights] = numbersOf(upstream, ...saved);
          const layer = { ...shape, coefficients: coefficientNumbers, base, baseWeights };
          found = kernel.backward(layer, numbers, batch, u, byData);
          return found;
        };
        return [
          () => nodeInputs(kernel, next(shape), t, c, upstream, () => derivatives(true).data!.x),
          () => weightedInputs(w, upstream, () => derivatives(true).data!.base),
          () => nodeSums(kernel, shape, t, upstream, undefined, () => derivatives(false).coefficients),
          () => weightSums(e, upstream, () => derivatives(false).baseWeights),
        ];
      },
    },
    x,
    values,
    coefficients,
    weights,
  );
}

/** Σ_o U_bo Σ_m Φ⁽ᵏ⁾_m(x_bi) C_moi, shape [batch, in]; `found`: the numbers, where something else computes them. */
function nodeInputs(
  kernel: NodeKernel,
  shape: NodeShape,
  x: tf.Tensor,
  coefficients: tf.Tensor,
  upstream: tf.Tensor,
  found?: () => Floats,
): tf.Tensor2D {
  return apply<tf.Tensor2D>(
    {
      forward: (...tensors) => {
        const batch = x.shape[0]!;
        if (found) return tensorOf(found(), [batch, shape.inDim]);
        const [t, c, u] = numbersOf(...tensors);
        return tensorOf(kernel.inputs(shape, t, c, u, batch), [batch, shape.inDim]);
      },
      gradient: (dy, t, c, u) => [
        () => tf.mul(dy, nodeInputs(kernel, next(shape), t, c, u)),
        () => nodeSums(kernel, shape, t, u, dy),
        () => nodeOutputs(kernel, shape, t, c, dy),
      ],
    },
    x,
    coefficients,
    upstream,
  );
}

/** Σ_b gain_bi Φ⁽ᵏ⁾_m(x_bi) U_bo, shape [2d + 1, out, in]; `found` as in `nodeInputs`. */
function nodeSums(
  kernel: NodeKernel,
  shape: NodeShape,
  x: tf.Tensor,
  upstream: tf.Tensor,
  gain?: tf.Tensor,
  found?: () => Floats,
): tf.Tensor3D {
  const { inDim, outDim, degree } = shape;
  return apply<tf.Tensor3D>(
    {
      forward: (...tensors) => {
        const compute = () => {
          const [t, u, g] = numbersOf(...tensors);
          return kernel.coefficients(shape, t, u, x.shape[0]!, g);
        };
        const sums = (found ?? compute)();
        return tf.reshape(tensorOf(sums, [2 * degree + 1, outDim * inDim]), [2 * degree + 1, outDim, inDim]);
      },
      gradient: (dy, t, u, g) => [
        () => times(g, nodeInputs(kernel, next(shape), t, dy, u)),
        () => nodeOutputs(kernel, shape, t, dy, g),
        () => nodeInputs(kernel, shape, t, dy, u),
      ],
    },
    x,
    upstream,
    ...(gain ? [gain] : []),
  );
}
