import type { RoundResult } from './collect.js';
import { layerSlopes } from './exact.js';
import type { MeasuredLayer, MeasuredNetwork } from './network.js';

/**
 * ∂L/∂(circuit parameters) from measured derivatives alone: backwards through the layers, ∂L/∂θ = Σ_b u·weight·∂f/∂θ and
 * u_x = Σ_o u·(weight·∂f/∂x + base·baseActivation′).
 *
 * @param results   of all rounds, with gradients
 * @param inputs    of each layer, shape [samples, in]
 * @param upstream  ∂L/∂(output), shape [samples, out]
 * @returns all parameters of all layers in order; parameters that edges share get their sum
 */
export function measuredGradient(
  network: MeasuredNetwork,
  results: readonly RoundResult[],
  inputs: readonly Float64Array[],
  upstream: Float64Array,
): Float64Array {
  const parts: Float64Array[] = [];
  let above = upstream;
  for (let l = network.length - 1; l >= 0; l--) {
    const layer = network[l];
    const { inDim, outDim, weight } = layer;
    const edges = inDim * outDim;
    const { symbols, values } = results[l].activations.gradients!;
    const [width, count] = [symbols.length, symbols.length - 1]; // the last symbol is the data
    const own = new Float64Array(edges * count);
    const slopes = new Float64Array(results[l].activations.values.length);
    for (let at = 0; at < slopes.length; at++) {
      const edge = at % edges;
      const factor = above[Math.floor(at / edges) * outDim + Math.floor(edge / inDim)] * weight[edge];
      for (let p = 0; p < count; p++) own[edge * count + p] += factor * values[at * width + p];
      slopes[at] = values[at * width + count];
    }
    parts.unshift(shared(layer, own, count));
    const jacobian = layerSlopes(layer, slopes, inputs[l]);
    const below = new Float64Array(inputs[l].length);
    jacobian.forEach((slope, at) => {
      const [b, edge] = [Math.floor(at / edges), at % edges];
      below[b * inDim + (edge % inDim)] += above[b * outDim + Math.floor(edge / inDim)] * slope;
    });
    above = below;
  }
  return Float64Array.from(parts.flatMap((part) => Array.from(part)));
}

/** Gives each edge the sum over all edges of its circuit. */
function shared({ circuitOf }: MeasuredLayer, gradient: Float64Array, count: number): Float64Array {
  if (!circuitOf) return gradient;
  const sums = new Map<number, number>();
  gradient.forEach((entry, at) => {
    const key = circuitOf[Math.floor(at / count)] * count + (at % count);
    sums.set(key, (sums.get(key) ?? 0) + entry);
  });
  return gradient.map((_, at) => sums.get(circuitOf[Math.floor(at / count)] * count + (at % count))!);
}
