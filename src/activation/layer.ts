import type { ChainKernel, ChainLayer, Floats } from '../../kernels/chain.js';
import { checkInteger, checkLength } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';
import { foldEdges, unfoldEdges } from './fold.js';
import type { ActivationPlan } from './plan.js';

/** Activations on the edges of a layer: y_o = Σ_i scale_oi · f_oi(x_i), each f with its own row of parameters. */
export interface ActivationLayer {
  readonly plan: ActivationPlan;
  readonly inDim: number;
  readonly outDim: number;
  /** ⟨O⟩ itself, or |α| − |β| (`amplitude`, for ⟨Z⟩ only), the reference package's default. */
  readonly measurement: 'expectation' | 'amplitude';
  /** What acos(w·x + b) does where |w·x + b| > 1: an error (`throw`, default), or the value at ±1, with slope 0 (`clamp`). */
  readonly outsideDomain?: OutsideDomain;
}

export type OutsideDomain = 'throw' | 'clamp';

/** The tensors that a layer is evaluated with. */
export interface LayerTensors {
  /** Shape [out·in, plan.parameters.length], edge (o, i) in row o·in + i; radians. */
  readonly parameters: Floats;
  /** Shape [out, in]. */
  readonly scale: Floats;
  /** Shape [batch, in]. */
  readonly x: Floats;
  readonly batch: number;
}

/** Derivatives of L = Σ_bo upstream_bo · y_bo, each in the shape of its tensor. */
export interface LayerGradient {
  readonly parameters: Float64Array;
  readonly scale: Floats;
  readonly x: Floats;
}

/**
 * y of shape [batch, out].
 *
 * @throws if a shape is wrong, or an acos encoding leaves [−1, 1]
 * @cost r sines and cosines and about 20·r multiplications an edge and sample, plus `foldEdges`
 */
export function forwardLayer(kernel: ChainKernel, layer: ActivationLayer, tensors: LayerTensors): Floats {
  const chain = chainOf(layer, tensors);
  const y = kernel.forward(chain, tensors.x, tensors.batch);
  const { offset } = layer.plan;
  if (offset !== 0) {
    for (let o = 0; o < layer.outDim; o++) {
      let sum = 0;
      for (let i = 0; i < layer.inDim; i++) sum += tensors.scale[o * layer.inDim + i];
      for (let b = 0; b < tensors.batch; b++) y[b * layer.outDim + o] += offset * sum;
    }
  }
  return y;
}

/**
 * The gradient by the adjoint method: one backward walk along every chain, no stored states.
 *
 * @param upstream  ∂L/∂y, shape [batch, out]
 */
export function backwardLayer(
  kernel: ChainKernel,
  layer: ActivationLayer,
  tensors: LayerTensors,
  upstream: Floats,
): LayerGradient {
  const { plan, inDim, outDim } = layer;
  checkLength('activation', 'upstream', upstream, tensors.batch * outDim, '[batch, out]');
  const gradient = kernel.backward(chainOf(layer, tensors), tensors.x, tensors.batch, upstream);
  if (plan.offset !== 0) {
    for (let o = 0; o < outDim; o++) {
      let sum = 0;
      for (let b = 0; b < tensors.batch; b++) sum += upstream[b * outDim + o];
      for (let i = 0; i < inDim; i++) gradient.scale[o * inDim + i] += plan.offset * sum;
    }
  }
  return {
    parameters: unfoldEdges(plan, tensors.parameters, inDim * outDim, gradient),
    scale: gradient.scale,
    x: gradient.x,
  };
}

function chainOf(layer: ActivationLayer, tensors: LayerTensors): ChainLayer {
  const { plan, inDim, outDim, measurement } = layer;
  const edges = inDim * outDim;
  checkInteger('activation', 'batch', tensors.batch, 0);
  checkLength('activation', 'parameters', tensors.parameters, edges * plan.parameters.length, '[out·in, parameters]');
  checkLength('activation', 'scale', tensors.scale, edges, '[out, in]');
  checkLength('activation', 'x', tensors.x, tensors.batch * inDim, '[batch, in]');
  if (measurement === 'amplitude' && !readsZ(plan)) {
    throw expected('activation', 'the observable Z with measurement "amplitude"', 'another', 'Use "expectation".');
  }
  const folded = foldEdges(plan, tensors.parameters, edges);
  if (plan.encoding === 'acos' && layer.outsideDomain !== 'clamp')
    checkDomain(layer, tensors, folded.weights, folded.biases);
  return { ...folded, inDim, outDim, reps: plan.reps, encoding: plan.encoding, measurement, scale: tensors.scale };
}

const readsZ = ({ readout, offset }: ActivationPlan): boolean =>
  offset === 0 && readout[0] === 0 && readout[1] === 0 && readout[2] === 1;

/** Throws where some encoded angle w·x + b of an acos encoding lies outside [−1, 1]: it is extreme where x is. */
function checkDomain(layer: ActivationLayer, { x, batch }: LayerTensors, weights: Floats, biases: Floats): void {
  const { inDim, outDim, plan } = layer;
  for (let i = 0; i < inDim; i++) {
    let [low, high] = [Infinity, -Infinity];
    for (let b = 0; b < batch; b++) {
      low = Math.min(low, x[b * inDim + i]);
      high = Math.max(high, x[b * inDim + i]);
    }
    for (let o = 0; o < outDim && batch > 0; o++) {
      for (let l = 0; l < plan.reps; l++) {
        const at = (o * inDim + i) * plan.reps + l;
        const reach = Math.max(Math.abs(weights[at] * low + biases[at]), Math.abs(weights[at] * high + biases[at]));
        if (!(reach <= 1 + ROUNDING)) throw outside(reach, `edge (${o}, ${i}) reaches`, `at repetition ${l}`);
      }
    }
  }
}

/** The error of an acos encoding that leaves its domain. */
export function outside(reach: number, what: string, where: string): DaruanError {
  return new DaruanError(
    'activation',
    `acos(w·x + b) needs |w·x + b| ≤ 1, but ${what} ${reach} ${where}`,
    'Scale the data into [−1, 1], set outsideDomain: "clamp", or use an ansatz that encodes x itself, such as "pz".',
  );
}

/** Float32 inputs that were meant to be ±1 may exceed it by a rounding error. */
export const ROUNDING = 2 ** -22;
