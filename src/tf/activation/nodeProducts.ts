import * as tf from '@tensorflow/tfjs-core';
import type { Floats } from '../../../kernels/chain.js';
import type { NodeGradient, NodeKernel, NodeShape } from '../../../kernels/nodes.js';
import { apply } from '../differentiable.js';
import { weightedInputs, weightedSum, weightSums } from '../linear.js';
import { numbersOf, tensorOf } from '../numbers.js';
import { silu, siluCurvature, siluSlope } from '../smooth.js';

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

/**
 * y_bo = Σ_i ( Σ_m Φ_m(x_bi) C_moi + silu(x_bi) W_oi ): `nodeOutputs` and `weightedSum` in one job, and so are their first
 * derivatives.
 *
 * @param coefficients   shape [2d + 1, out, in]
 * @param weights        W, shape [out, in]
 * @returns shape [batch, out]
 */
export function nodeOutputsBesideSilu(
  kernel: NodeKernel,
  shape: NodeShape,
  x: tf.Tensor2D,
  coefficients: tf.Tensor,
  weights: tf.Tensor2D,
): tf.Tensor2D {
  const batch = x.shape[0];
  return apply<tf.Tensor2D>(
    {
      forward: (...tensors) => {
        const [t, c, w] = numbersOf(...tensors);
        return tensorOf(kernel.forward({ ...shape, coefficients: c, siluWeights: w }, t, batch), [batch, shape.outDim]);
      },
      gradient: (upstream, ...saved) => {
        const [t, c, w] = saved;
        // The inputs come first: where their derivatives are asked for, those by the weights are found with them.
        let found: NodeGradient | undefined;
        const derivatives = (byInputs: boolean): NodeGradient => {
          if (found && (found.x || !byInputs)) return found;
          const [u, numbers, coefficientNumbers, siluWeights] = numbersOf(upstream, ...saved);
          const layer = { ...shape, coefficients: coefficientNumbers, siluWeights };
          found = kernel.backward(layer, numbers, batch, u, byInputs);
          return found;
        };
        return [
          () => inputsBesideSilu(kernel, shape, t, c, w, upstream, () => derivatives(true).x!),
          () => nodeSums(kernel, shape, t, upstream, undefined, () => derivatives(false).coefficients),
          () => siluSums(t, upstream, () => derivatives(false).siluWeights),
        ];
      },
    },
    x,
    coefficients,
    weights,
  );
}

/** ∂/∂x of `nodeOutputsBesideSilu`: Σ_o U_bo ( Σ_m Φ⁽¹⁾_m(x_bi) C_moi + silu′(x_bi) W_oi ), whose numbers are `found`. */
function inputsBesideSilu(
  kernel: NodeKernel,
  shape: NodeShape,
  x: tf.Tensor,
  coefficients: tf.Tensor,
  weights: tf.Tensor,
  upstream: tf.Tensor,
  found: () => Floats,
): tf.Tensor2D {
  const first = next(shape);
  return apply<tf.Tensor2D>(
    {
      forward: () => tensorOf(found(), [x.shape[0]!, shape.inDim]),
      gradient: (dy, t, c, w, u) => {
        const steep = () => tf.mul(dy, siluSlope(t));
        const curved = () => tf.mul(siluCurvature(t), weightedInputs(w, u));
        return [
          () => tf.mul(dy, tf.add(nodeInputs(kernel, next(first), t, c, u), curved())),
          () => nodeSums(kernel, first, t, u, dy),
          () => weightSums(steep(), u),
          () => tf.add(nodeOutputs(kernel, first, t, c, dy), weightedSum(steep() as tf.Tensor2D, w as tf.Tensor2D)),
        ];
      },
    },
    x,
    coefficients,
    weights,
    upstream,
  );
}

/** Σ_b silu(x_bi) U_bo, shape [out, in], whose numbers are `found`. */
const siluSums = (x: tf.Tensor, upstream: tf.Tensor, found: () => Floats): tf.Tensor2D =>
  apply<tf.Tensor2D>(
    {
      forward: () => tensorOf(found(), [upstream.shape[1]!, x.shape[1]!]),
      gradient: (dy, t, u) => [
        () => tf.mul(siluSlope(t), weightedInputs(dy, u)),
        () => weightedSum(silu(t) as tf.Tensor2D, dy),
      ],
    },
    x,
    upstream,
  );

/** Σ_o U_bo Σ_m Φ⁽ᵏ⁾_m(x_bi) C_moi, shape [batch, in]. */
function nodeInputs(
  kernel: NodeKernel,
  shape: NodeShape,
  x: tf.Tensor,
  coefficients: tf.Tensor,
  upstream: tf.Tensor,
): tf.Tensor2D {
  return apply<tf.Tensor2D>(
    {
      forward: (...tensors) => {
        const batch = x.shape[0]!;
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

/** Σ_b gain_bi Φ⁽ᵏ⁾_m(x_bi) U_bo, shape [2d + 1, out, in]; `found`: the numbers, where something else computes them. */
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
