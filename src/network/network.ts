import type { ChainKernel } from '../../kernels/chain.js';
import type { Evaluation } from '../optimise/objective.js';
import { layerBackward, layerForward, layerLength, type NetworkLayer } from './layer.js';
import type { HostLoss } from './losses.js';

/** Samples in float64: x [samples, in], y [samples, out]. */
export interface HostData {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly samples: number;
}

/** The output of layers one after another, shape [samples, out]; `values` holds the layers' trained numbers in order. */
export function networkOutput(
  kernel: ChainKernel,
  layers: readonly NetworkLayer[],
  values: Float64Array,
  x: Float64Array,
  samples: number,
): Float64Array {
  return run(kernel, layers, values, x, samples)[layers.length];
}

/** Inputs of each layer, and the output at the end. */
function run(
  kernel: ChainKernel,
  layers: readonly NetworkLayer[],
  values: Float64Array,
  x: Float64Array,
  samples: number,
): Float64Array[] {
  const states = [x];
  let at = 0;
  for (const layer of layers) {
    const part = values.subarray(at, at + layerLength(layer));
    states.push(layerForward(kernel, layer, part, states[states.length - 1], samples));
    at += part.length;
  }
  return states;
}

/**
 * The loss of a network of QKAN layers on data and its gradient in all trained numbers, in the kernel's precision.
 *
 * @param values  the trained numbers of all layers, in order
 * @cost one forward and one backward pass of every layer
 */
export function networkLoss(
  kernel: ChainKernel,
  layers: readonly NetworkLayer[],
  loss: HostLoss,
  data: HostData,
  values: Float64Array,
): Evaluation {
  const states = run(kernel, layers, values, data.x, data.samples);
  const { value, gradient: start } = loss(states[layers.length], data.y, data.y.length / data.samples);
  const gradient = new Float64Array(values.length);
  let [upstream, end] = [start, values.length];
  for (let k = layers.length - 1; k >= 0; k--) {
    const begin = end - layerLength(layers[k]);
    const part = values.subarray(begin, end);
    const back = layerBackward(kernel, layers[k], part, states[k], data.samples, upstream);
    gradient.set(back.values, begin);
    [upstream, end] = [back.x, begin];
  }
  return { value, gradient };
}
