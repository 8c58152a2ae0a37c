import * as tf from '@tensorflow/tfjs-core';
import type { CompiledAngle } from '../../../circuits/angle/differentiate.js';
import type { ElementwiseActivation } from '../../activation/elementwise.js';
import type { ActivationLayer } from '../../activation/layer.js';
import type { ActivationPlan } from '../../activation/plan.js';
import { DaruanError } from '../../foundation/errors.js';
import { onHost } from '../host.js';
import { deviceChain } from '../webgpu/chain.js';
import { onWebGpu } from '../webgpu/program.js';
import { chainActivation, chainElementwise } from './chain.js';
import { composedActivation, composedEdges } from './composed.js';
import { type BaseTerm, besideBase, nodeActivation, nodeElementwise } from './nodes.js';

/**
 * How a layer of activations is evaluated; all routes give the same function.
 * `chain`: the chain kernel, on the CPU or on WebGPU. `nodes`: exact node compilation, for integer encoding weights that are not
 * trained. `composed`: tfjs ops, differentiable to any order. `auto`: the cheapest that applies.
 */
export const routes = ['auto', 'chain', 'nodes', 'composed'] as const;
export type Route = (typeof routes)[number];

/**
 * The degree Σ|w_l| of the trigonometric polynomials that a plan's activations are, if its encoding weights are known
 * integers (and, for an acos encoding, all 1 with bias 0); otherwise undefined.
 *
 * @param frozen  values of the parameters that are not trained
 */
export function polynomialDegree(plan: ActivationPlan, frozen: Readonly<Record<string, number>>): number | undefined {
  const row = plan.parameters.map((name) => frozen[name] ?? Number.NaN);
  const known = (angle: CompiledAngle) => angle.symbols.every((index) => Number.isFinite(row[index]));
  if (!plan.slopes.every(known)) return undefined;
  const slopes = plan.slopes.map((slope) => slope.value(row));
  if (!slopes.every(Number.isInteger)) return undefined;
  if (plan.encoding === 'acos') {
    const plain = plan.intercepts.every((b) => known(b) && b.value(row) === 0) && slopes.every((w) => w === 1);
    if (!plain) return undefined;
  }
  return slopes.reduce((sum, slope) => sum + Math.abs(slope), 0);
}

/**
 * Evaluates y_o = Σ_i ( scale_oi · f_oi(x_i) + c_oi · base(x_i) ) by the chosen route; arguments as in `chainActivation`.
 *
 * @param base  the second term, if there is one
 */
export function evaluateActivation(
  layer: ActivationLayer,
  route: Route,
  degree: number | undefined,
  x: tf.Tensor2D,
  parameters: tf.Tensor2D,
  scale: tf.Tensor2D,
  base?: BaseTerm,
): tf.Tensor2D {
  switch (settle(layer, route, degree, { batch: x.shape[0], inDim: layer.inDim, outDim: layer.outDim })) {
    case 'nodes':
      return nodeActivation(layer, degree!, x, parameters, scale, onHost() ? 'host' : 'device', base);
    case 'composed':
      return besideBase(composedActivation(layer, x, parameters, scale), x, base);
    default: {
      if (onHost()) return besideBase(chainActivation(layer, x, parameters, scale), x, base);
      const { inDim, outDim } = layer;
      return besideBase(deviceChain(layer, { inDim, outDim, elementwise: false }, x, parameters, scale), x, base);
    }
  }
}

/** Evaluates y_d = scale_d · f_d(x_d) by the chosen route; arguments as in `chainElementwise`. */
export function evaluateElementwise(
  layer: ElementwiseActivation,
  route: Route,
  degree: number | undefined,
  x: tf.Tensor2D,
  parameters: tf.Tensor2D,
  scale: tf.Tensor1D,
): tf.Tensor2D {
  // one edge a feature; tfjs's features and products cost about what a kernel with seven unused outputs would
  switch (settle(layer, route, degree, { batch: x.shape[0], inDim: x.shape[1], outDim: 1 })) {
    case 'nodes':
      return nodeElementwise(layer, degree!, x, parameters, scale, onHost() ? 'host' : 'device');
    case 'composed':
      return tf.mul(composedEdges(layer, x, tf.unstack(parameters, 1)), scale);
    default:
      if (onHost()) return chainElementwise(layer, x, parameters, scale);
      return deviceChain(layer, { inDim: x.shape[1], outDim: 1, elementwise: true }, x, parameters, scale);
  }
}

/** The route that is taken: the one asked for, if it applies, or the cheapest. */
function settle(
  layer: ElementwiseActivation,
  route: Route,
  degree: number | undefined,
  sizes: LayerSizes,
): Exclude<Route, 'auto'> {
  if (route === 'auto') return cheapestRoute(layer, degree, sizes);
  if (route === 'nodes' && (degree === undefined || layer.measurement === 'amplitude')) {
    throw new DaruanError(
      'route "nodes"',
      'the activations are not trigonometric polynomials: encoding weights are trained or not integers, or the ' +
        'measurement is "amplitude"',
      'Use route "auto" or "chain".',
    );
  }
  if (route === 'chain' && !onHost() && !onWebGpu()) {
    throw new DaruanError(
      'route "chain"',
      `the tfjs backend "${tf.getBackend()}" keeps its tensors on a device that the chain kernel cannot read`,
      'Use route "auto" or "composed", or a webgpu, cpu or wasm backend.',
    );
  }
  return route;
}

/** The cheapest route. */
function cheapestRoute(
  layer: ElementwiseActivation,
  degree: number | undefined,
  sizes: LayerSizes,
): Exclude<Route, 'auto'> {
  const applies = degree !== undefined && layer.measurement === 'expectation';
  if (onWebGpu()) return applies && 2 * degree + 1 <= NODES_A_TURN * layer.plan.reps ? 'nodes' : 'chain';
  if (!onHost()) return applies ? 'nodes' : 'composed';
  return applies ? cheapestOnHost(layer.plan.reps, degree, sizes) : 'chain';
}

/** On a GPU a turn of the chain takes about as long as so many features of a product. */
const NODES_A_TURN = 16;

interface LayerSizes {
  readonly batch: number;
  readonly inDim: number;
  readonly outDim: number;
}

/**
 * The cheaper of the two kernels, in nanoseconds of one thread for value and gradients. The chain folds r blocks an edge, and turns
 * r times a sample and edge. The nodes run the circuit at 2d + 1 points an edge, transform the values there, and multiply and
 * add 2d times a sample and edge, the inputs being filled up to fours and the outputs to eights. The constants are fitted to
 * `test/bench/routes.ts`.
 */
export function cheapestOnHost(reps: number, degree: number, { batch, inDim, outDim }: LayerSizes): 'nodes' | 'chain' {
  const edges = inDim * outDim;
  const count = 2 * degree + 1;
  const products = 4 * Math.ceil(inDim / 4) * 8 * Math.ceil(outDim / 8) * 2 * degree;
  const chain = edges * reps * (FOLD + batch * TURN);
  const compile = edges * (reps * EDGE + count * (reps * NODE_TURN + count * TRANSFORM));
  const nodes = OVERHEAD + compile + batch * products * MULTIPLY;
  return nodes < chain ? 'nodes' : 'chain';
}

const FOLD = 500;
const TURN = 4;
/** Tensor operations more than the chain takes. */
const OVERHEAD = 100_000;
const EDGE = 300;
const NODE_TURN = 6;
const TRANSFORM = 0.5;
const MULTIPLY = 0.32;
