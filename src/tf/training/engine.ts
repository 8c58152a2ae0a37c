import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { checkChoice } from '../../foundation/checks.js';
import { DaruanError } from '../../foundation/errors.js';
import { basisLayer } from '../../network/basisLayer.js';
import { elementwiseLayer } from '../../network/elementwiseLayer.js';
import type { HostLayer } from '../../network/hostLayer.js';
import { quantumLayer } from '../../network/layer.js';
import { linearLayer } from '../../network/linearLayer.js';
import { hostLosses } from '../../network/losses.js';
import { productLayer } from '../../network/multiplication.js';
import { type HostData, networkLoss } from '../../network/network.js';
import { nodeLayer } from '../../network/nodeLayer.js';
import type { AdamState } from '../../optimise/adam.js';
import type { AsyncObjective, Objective } from '../../optimise/objective.js';
import { onHost } from '../host.js';
import { activationKernels } from '../kernel.js';
import { Daruan } from '../layers/Daruan.js';
import { KANLayer } from '../layers/KANLayer.js';
import { Linear } from '../layers/Linear.js';
import { Multiplication } from '../layers/Multiplication.js';
import { NodeActivation } from '../layers/NodeActivation.js';
import { QKANLayer } from '../layers/QKANLayer.js';
import { checkReadable } from '../readOnHost.js';
import { DeviceAdam } from '../webgpu/adam.js';
import { onWebGpu } from '../webgpu/program.js';
import { checkData, type TensorDataset } from './checkFit.js';
import { followsSamples, updateGrids } from './grids.js';
import { type Loss, type LossName, losses } from './losses.js';
import { forwardWithPenalty, type Regularisation } from './regularise.js';
import { ParameterVector } from './variables.js';

/** What evaluates the objective of a training. */
export interface Engine {
  readonly precision: 'float64' | 'float32';
  /** Relative rounding error of the objective. */
  readonly valueError: number;
  /** The objective on the given samples, or on all of them. */
  readonly objective: (samples?: Uint32Array) => AsyncObjective;
  /** The loss without regularisation on other data; at the parameters that the model has, if none are given. */
  readonly lossOn: (data: TensorDataset, parameters?: Float64Array) => number | Promise<number>;
  /** Before a step: grids follow their samples. Returns whether that changed the model's parameters. */
  readonly prepare?: () => boolean;
  /** Adam where the tensors are, if they should stay there. */
  readonly adam?: DeviceTraining;
}

/** Training by Adam on a device. */
export interface DeviceTraining {
  readonly start: (state: AdamState, parameters: Float64Array) => DeviceAdam;
  /** The objective at the variables as they are. */
  readonly loss: (samples?: Uint32Array) => () => tf.Scalar;
}

/** An engine that answers at once. */
interface HostEngine extends Engine {
  readonly objective: (samples?: Uint32Array) => Objective;
}

/**
 * The loss of a model on data, without regularisation, in the float32 of tfjs.
 *
 * @throws if the data do not fit the model, or there is no such loss
 */
export function evaluateLoss(
  model: tfl.LayersModel,
  data: TensorDataset,
  loss: LossName | Loss = 'meanSquaredError',
): number {
  if (typeof loss === 'string') checkChoice('evaluateLoss', 'loss', loss, Object.keys(losses));
  checkData('evaluateLoss', model, data);
  const measure = typeof loss === 'string' ? losses[loss] : loss;
  checkReadable('evaluateLoss', 'Await fetchLoss(model, data, loss).');
  return tf.tidy(() => measure(model.apply(data.x) as tf.Tensor, data.y).dataSync()[0]);
}

/** `evaluateLoss`, from wherever the tensors are. */
export async function fetchLoss(
  model: tfl.LayersModel,
  data: TensorDataset,
  loss: LossName | Loss = 'meanSquaredError',
): Promise<number> {
  if (typeof loss === 'string') checkChoice('fetchLoss', 'loss', loss, Object.keys(losses));
  checkData('fetchLoss', model, data);
  const measure = typeof loss === 'string' ? losses[loss] : loss;
  const value = tf.tidy(() => measure(model.apply(data.x) as tf.Tensor, data.y));
  const [number] = await value.data();
  value.dispose();
  return number;
}

/** tfjs: any model, any loss, float32. */
export function tensorEngine(
  model: tfl.LayersModel,
  vector: ParameterVector,
  data: TensorDataset,
  loss: Loss,
  regularisation?: Regularisation,
): Engine {
  const lossAt = (samples?: Uint32Array) => {
    const index = samples && Int32Array.from(samples);
    const pick = (tensor: tf.Tensor) => (index ? tf.gather(tensor, tf.tensor1d(index, 'int32')) : tensor);
    return () => {
      const [x, y] = [pick(data.x), pick(data.y)];
      if (!regularisation?.strength) return loss(model.apply(x, { training: true }) as tf.Tensor, y);
      const { output, penalty } = forwardWithPenalty(model, x, regularisation);
      return tf.add(loss(output, y), penalty) as tf.Scalar;
    };
  };
  const objective = (samples?: Uint32Array) => {
    const at = lossAt(samples);
    return (parameters: Float64Array) => {
      vector.write(parameters);
      return onWebGpu() ? vector.fetchGradient(at) : vector.differentiate(at);
    };
  };
  const lossOn = (other: TensorDataset, parameters?: Float64Array) => {
    if (parameters) vector.write(parameters);
    return onWebGpu() ? fetchLoss(model, other, loss) : evaluateLoss(model, other, loss);
  };
  const adam: DeviceTraining = {
    start: (state, parameters) => new DeviceAdam(vector.variables, state, parameters),
    loss: lossAt,
  };
  const prepare = gridsToWiden(model, data);
  return {
    precision: 'float32',
    valueError: 2 ** -22,
    objective,
    lossOn,
    ...(prepare && { prepare }),
    ...(onWebGpu() && { adam }),
  };
}

/** Widens the grids that samples leave; undefined where no layer asks for it. */
function gridsToWiden(model: tfl.LayersModel, { x }: TensorDataset): (() => boolean) | undefined {
  if (!model.layers.some(followsSamples)) return undefined;
  if (onWebGpu()) {
    throw new DaruanError(
      'fit',
      'grids cannot follow samples on a device',
      "Set another policy than outside: 'update'.",
    );
  }
  return () => updateGrids(model, x, { shrink: false, layers: followsSamples });
}

/** Why a training cannot run in float64 on the host, or undefined if it can. */
export function hostObstacle(
  model: tfl.LayersModel,
  loss: LossName | Loss,
  penalty?: Regularisation,
): string | undefined {
  if (!onHost()) return `the tfjs backend "${tf.getBackend()}" computes in float32 on a device`;
  if (typeof loss !== 'string') return 'the loss is a function of tensors';
  if (penalty?.strength) return 'regularisation is computed with tensors';
  const other = model.layers.find((layer) => !hostLayerOf(layer) && layer.getClassName() !== 'InputLayer');
  if (other) return `the layer "${other.name}" is computed with tensors`;
  const frozen = model.layers.find((layer) => !layer.trainable && layer.weights.length > 0);
  if (frozen) return `the layer "${frozen.name}" is not trained`;
  if (model.inputs[0].shape.length !== 2) return 'the input is a sequence';
  const forced = model.layers.find(asksForRoute);
  return forced && `the layer "${forced.name}" asks for a route`;
}

const asksForRoute = (layer: tfl.layers.Layer): boolean =>
  ((layer instanceof QKANLayer || layer instanceof Daruan) && layer.options.route !== 'auto') ||
  (layer instanceof NodeActivation && layer.route !== 'auto');

/** How a layer is computed on the host, from its present values; undefined where it is not. */
function hostLayerOf(layer: tfl.layers.Layer): (() => HostLayer) | undefined {
  if (layer instanceof QKANLayer) return () => quantumLayer(activationKernels().training, layer.networkLayer());
  if (layer instanceof KANLayer) return () => basisLayer(layer.basisLayer());
  if (layer instanceof Daruan) return () => elementwiseLayer(activationKernels().training, layer.elementwiseLayer());
  if (layer instanceof NodeActivation && !layer.batchDependent) return () => nodeLayer(layer.nodeLayer());
  if (layer instanceof Linear && layer.isLinear) return () => linearLayer(layer.linearLayer());
  if (layer instanceof Multiplication) return () => productLayer(layer.productNodes());
  return undefined;
}

/** Plain arrays: networks of such layers, in float64, without the rounding and overhead of tensors. */
export function hostEngine(model: tfl.LayersModel, data: TensorDataset, loss: LossName): HostEngine {
  const build = () => model.layers.flatMap((layer) => hostLayerOf(layer)?.() ?? []);
  let network = build();
  const widen = gridsToWiden(model, data);
  const all = hostData(data);
  const evaluate = (samples: HostData, parameters: Float64Array) =>
    networkLoss(network, hostLosses[loss], samples, parameters);
  const prepare = () => {
    const moved = widen?.() ?? false;
    if (moved) network = build();
    return moved;
  };
  return {
    precision: 'float64',
    valueError: 2 ** -48,
    ...(widen && { prepare }),
    objective: (samples) => {
      const part = samples ? takeSamples(all, samples) : all;
      return (parameters) => evaluate(part, parameters);
    },
    lossOn: (other, parameters) => evaluate(hostData(other), parameters ?? new ParameterVector(model).read()).value,
  };
}

const hostData = ({ x, y }: TensorDataset): HostData => ({
  x: Float64Array.from(x.dataSync()),
  y: Float64Array.from(y.dataSync()),
  samples: x.shape[0]!,
});

function takeSamples({ x, y, samples }: HostData, chosen: Uint32Array): HostData {
  const take = (from: Float64Array): Float64Array => {
    const width = from.length / samples;
    const to = new Float64Array(chosen.length * width);
    chosen.forEach((sample, k) => {
      to.set(from.subarray(sample * width, (sample + 1) * width), k * width);
    });
    return to;
  };
  return { x: take(x), y: take(y), samples: chosen.length };
}
