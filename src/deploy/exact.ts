import { baseFunctions } from '../basis/baseFunctions.js';
import { checkLength } from '../foundation/checks.js';
import { exactEdge } from './edges.js';
import { checkNetwork, type MeasuredLayer, type MeasuredNetwork } from './network.js';

/**
 * y_o = Σ_i weight·f_oi + bias + base·baseActivation(x_i).
 *
 * @param f  shape [samples, out, in]
 * @param x  shape [samples, in]
 * @returns shape [samples, out]
 */
export function layerOutput(layer: MeasuredLayer, f: Float64Array, x: Float64Array): Float64Array {
  const { inDim, outDim, weight, bias, base, baseActivation } = layer;
  const samples = x.length / inDim;
  const y = new Float64Array(samples * outDim);
  const besides = baseActivation === 'none' ? undefined : x.map(baseFunctions[baseActivation].value);
  for (let b = 0; b < samples; b++) {
    for (let edge = 0; edge < inDim * outDim; edge++) {
      const at = b * outDim + Math.floor(edge / inDim);
      const measured = weight[edge] === 0 ? 0 : weight[edge] * f[b * inDim * outDim + edge];
      y[at] += measured + bias[edge] + (besides ? base[edge] * besides[b * inDim + (edge % inDim)] : 0);
    }
  }
  return y;
}

/** ∂y_o/∂x_i = weight·f′ + base·baseActivation′(x_i) from f′; shapes [samples, out, in]. */
export function layerSlopes(layer: MeasuredLayer, slopes: Float64Array, x: Float64Array): Float64Array {
  const { inDim, outDim, weight, base, baseActivation } = layer;
  const edges = inDim * outDim;
  const besides = baseActivation === 'none' ? undefined : x.map(baseFunctions[baseActivation].derivative);
  return slopes.map((slope, at) => {
    const [b, edge] = [Math.floor(at / edges), at % edges];
    const measured = weight[edge] === 0 ? 0 : weight[edge] * slope;
    return measured + (besides ? base[edge] * besides[b * inDim + (edge % inDim)] : 0);
  });
}

/** f and ∂f/∂x of all edges of a layer on an ideal device, shapes [samples, out, in]. */
export function exactActivations(layer: MeasuredLayer, x: Float64Array): { f: Float64Array; slopes: Float64Array } {
  const edges = layer.inDim * layer.outDim;
  const samples = x.length / layer.inDim;
  const [f, slopes] = [new Float64Array(samples * edges), new Float64Array(samples * edges)];
  for (let edge = 0; edge < edges; edge++) {
    const exact = exactEdge(layer, edge, x);
    for (let b = 0; b < samples; b++) {
      f[b * edges + edge] = exact.f[b];
      slopes[b * edges + edge] = exact.slope[b];
    }
  }
  return { f, slopes };
}

/**
 * What an ideal device with infinitely many shots would say: the network simulated, in float64.
 *
 * @param x  shape [samples, in]
 * @returns shape [samples, out]
 * @throws if layers do not fit each other, or x does not fit the first
 */
export function exactOutput(network: MeasuredNetwork, x: Float64Array): Float64Array {
  checkNetwork('exactOutput', network);
  const samples = Math.floor(x.length / network[0].inDim);
  checkLength('exactOutput', 'x', x, samples * network[0].inDim, '[samples, in]');
  return network.reduce((state, layer) => layerOutput(layer, exactActivations(layer, state).f, state), x);
}
