import type { Evaluation } from '../optimise/objective.js';
import type { HostLayer } from './hostLayer.js';
import type { HostLoss } from './losses.js';

/** Samples in float64: x [samples, in], y [samples, out]. */
export interface HostData {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly samples: number;
}

/** The output of layers one after another, shape [samples, out]; `values` holds the layers' trained numbers in order. */
export function networkOutput(
  layers: readonly HostLayer[],
  values: Float64Array,
  x: Float64Array,
  samples: number,
): Float64Array {
  return run(layers, values, x, samples)[layers.length];
}

/** Inputs of each layer, and the output at the end. */
function run(layers: readonly HostLayer[], values: Float64Array, x: Float64Array, samples: number): Float64Array[] {
  const states = [x];
  let at = 0;
  for (const layer of layers) {
    states.push(layer.forward(values.subarray(at, at + layer.length), states[states.length - 1], samples));
    at += layer.length;
  }
  return states;
}

/**
 * The loss of a network on data and its gradient in all trained numbers, in the precision of its layers.
 *
 * @param values  the trained numbers of all layers, in order
 * @cost one forward and one backward pass of every layer
 */
export function networkLoss(
  layers: readonly HostLayer[],
  loss: HostLoss,
  data: HostData,
  values: Float64Array,
): Evaluation {
  const states = run(layers, values, data.x, data.samples);
  const { value, gradient: start } = loss(states[layers.length], data.y, data.y.length / data.samples);
  const gradient = new Float64Array(values.length);
  let [upstream, end] = [start, values.length];
  for (let k = layers.length - 1; k >= 0; k--) {
    const begin = end - layers[k].length;
    const back = layers[k].backward(values.subarray(begin, end), states[k], data.samples, upstream, k > 0);
    gradient.set(back.values, begin);
    [upstream, end] = [back.x, begin];
  }
  return { value, gradient };
}
