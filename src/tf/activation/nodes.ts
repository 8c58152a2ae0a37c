import * as tf from '@tensorflow/tfjs-core';
import type { ElementwiseActivation } from '../../activation/elementwise.js';
import type { ActivationLayer } from '../../activation/layer.js';
import { nodeCoefficients, nodeCoefficientsBackward } from '../../activation/nodes.js';
import { apply } from '../differentiable.js';
import { activationKernels } from '../kernel.js';
import { type BaseActivation, baseActivations } from '../layers/baseActivations.js';
import { weightedSum } from '../linear.js';
import { numbersOf, tensorOf } from '../numbers.js';
import { deviceChain } from '../webgpu/chain.js';
import { onWebGpu } from '../webgpu/program.js';
import { onceDifferentiable } from './chain.js';
import { composedActivation } from './composed.js';
import { withinDomain } from './domain.js';
import { trigonometricFeatures } from './features.js';
import { multiplyTransposing } from './matMul.js';
import { nodeOutputs, nodeOutputsBesideSilu } from './nodeProducts.js';

/** A term c·base(x) beside every activation. */
export interface BaseTerm {
  readonly name: Exclude<BaseActivation, 'none'>;
  /** c, shape [out, in]. */
  readonly weights: tf.Tensor2D;
}

/** Where node compilation is computed: by the node kernel on the CPU, or by tfjs ops wherever its backend has its tensors. */
export type NodePlace = 'host' | 'device';

/**
 * y_o = Σ_i ( scale_oi · f_oi(x_i) + c_oi · base(x_i) ) by exact node compilation: each f is a trigonometric polynomial of degree d, so it is
 * known from its values at the 2d + 1 nodes 2πk/(2d + 1), and the layer is one matrix product of features
 * [1, cos mx, sin mx] with coefficients. Differentiable to any order in x; in the parameters once by the kernels of the host and
 * of WebGPU, to any order elsewhere.
 *
 * @param degree  d = Σ|w_l|, for integer encoding weights
 * @param x, parameters, scale  as in `chainActivation`
 * @cost the circuits at 2d + 1 points instead of `batch`, and a product [batch, in(2d+1)] · [in(2d+1), out]
 */
export function nodeActivation(
  layer: ActivationLayer,
  degree: number,
  x: tf.Tensor2D,
  parameters: tf.Tensor2D,
  scale: tf.Tensor2D,
  place: NodePlace,
  base?: BaseTerm,
): tf.Tensor2D {
  const { inDim, outDim } = layer;
  const count = 2 * degree + 1;
  const coefficients = coefficientsOf[place](layer, degree, parameters); // [2d+1, out·in]
  const scaled = tf.mul(tf.reshape(coefficients, [count, outDim, inDim]), scale);
  // an acos encoding has cos t = x already: its features need no angle, and its slopes are those of √(1 − x²)
  if (place === 'host' && layer.plan.encoding === 'linear') {
    const shape = { inDim, outDim, degree, order: 0 };
    const kernel = activationKernels().nodes;
    if (base?.name === 'silu') return nodeOutputsBesideSilu(kernel, shape, x, scaled, base.weights);
    return besideBase(nodeOutputs(kernel, shape, x, scaled), x, base);
  }
  const matrix = tf.reshape(tf.transpose(scaled, [2, 0, 1]), [inDim * count, outDim]) as tf.Tensor2D;
  const features = trigonometricFeatures(variable(layer, x), degree, layer.plan.encoding); // [batch, in, 2d+1]
  return besideBase(product(tf.reshape(features, [-1, inDim * count]) as tf.Tensor2D, matrix), x, base);
}

/** WebGPU multiplies transposed matrices as they are, so that the features need no second copy. */
const product = (a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D =>
  onWebGpu() ? tf.matMul(a, b) : multiplyTransposing(a, b);

/** The outputs of a layer with the base term of its edges. */
export const besideBase = (y: tf.Tensor2D, x: tf.Tensor2D, base: BaseTerm | undefined): tf.Tensor2D =>
  base ? tf.add(y, weightedSum(baseActivations[base.name](x) as tf.Tensor2D, base.weights)) : y;

/** The data that node compilation takes: for an acos encoding (with w = 1, b = 0) they are its argument. */
const variable = ({ plan, outsideDomain }: ElementwiseActivation, x: tf.Tensor2D): tf.Tensor2D =>
  plan.encoding === 'acos' ? (withinDomain(x, outsideDomain) as tf.Tensor2D) : x;

/**
 * y_d = scale_d · f_d(x_d) by node compilation, one activation a feature.
 *
 * @param x, parameters, scale  as in `chainElementwise`
 */
export function nodeElementwise(
  layer: ElementwiseActivation,
  degree: number,
  x: tf.Tensor2D,
  parameters: tf.Tensor2D,
  scale: tf.Tensor1D,
  place: NodePlace,
): tf.Tensor2D {
  const features = trigonometricFeatures(variable(layer, x), degree, layer.plan.encoding); // [batch, features, 2d+1]
  const coefficients = coefficientsOf[place](layer, degree, parameters); // [2d+1, features]
  return tf.mul(tf.sum(tf.mul(features, tf.transpose(coefficients)), 2), scale);
}

/** Coefficients of [1, cos t, …, cos dt, sin t, …, sin dt] for every edge, shape [2d + 1, edges]. */
const coefficientsOf: Readonly<
  Record<NodePlace, (layer: ElementwiseActivation, degree: number, parameters: tf.Tensor2D) => tf.Tensor2D>
> = { host: hostCoefficients, device: deviceCoefficients };

function hostCoefficients({ plan }: ElementwiseActivation, degree: number, parameters: tf.Tensor2D): tf.Tensor2D {
  const kernel = activationKernels().nodes;
  const [edges, width] = parameters.shape;
  return apply<tf.Tensor2D>(
    {
      forward: (rows) =>
        tensorOf(nodeCoefficients(kernel, plan, degree, numbersOf(rows)[0], edges), [2 * degree + 1, edges]),
      gradient: (dy, rows) => {
        const [flat] = onceDifferentiable('nodes', [dy, rows], (...all) => {
          const [upstream, saved] = numbersOf(...all);
          return [nodeCoefficientsBackward(kernel, plan, degree, saved, edges, upstream)];
        });
        return [tf.reshape(flat, [edges, width])];
      },
    },
    parameters,
  );
}

/** By evaluating the circuits at the nodes: by the chain kernel on WebGPU, by tfjs ops elsewhere. */
function deviceCoefficients(layer: ElementwiseActivation, degree: number, parameters: tf.Tensor2D): tf.Tensor2D {
  const count = 2 * degree + 1;
  const edges = parameters.shape[0];
  const nodes = Float64Array.from({ length: count }, (_, k) => (2 * Math.PI * (k - degree)) / count);
  // The nodes are angles themselves, also for an acos encoding (whose variable is t = acos x).
  const plan = { ...layer.plan, encoding: 'linear' as const };
  const [points, ones] = [tensorOf(nodes, [count, 1]), tf.ones([edges, 1]) as tf.Tensor2D];
  const values = onWebGpu()
    ? deviceChain({ ...layer, plan }, { inDim: 1, outDim: edges, elementwise: false }, points, parameters, ones)
    : composedActivation({ ...layer, plan, inDim: 1, outDim: edges }, points, parameters, ones);
  return product(fourierMatrix(nodes, degree), values);
}

/** The discrete Fourier transform that turns values at the nodes into coefficients, shape [2d + 1, 2d + 1]. */
function fourierMatrix(nodes: Float64Array, degree: number): tf.Tensor2D {
  const count = nodes.length;
  const entries = new Float64Array(count * count);
  for (let m = 0; m <= degree; m++) {
    for (let k = 0; k < count; k++) {
      entries[m * count + k] = (Math.cos(m * nodes[k]) * (m === 0 ? 1 : 2)) / count;
      if (m > 0) entries[(degree + m) * count + k] = (2 * Math.sin(m * nodes[k])) / count;
    }
  }
  return tensorOf(entries, [count, count]);
}
