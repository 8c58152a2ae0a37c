import type { ChainKernel } from '../../kernels/chain.js';
import { type ActivationLayer, backwardLayer, forwardLayer, type LayerTensors } from '../activation/layer.js';
import { type BaseFunctionName, baseFunctions } from '../basis/baseFunctions.js';
import type { HostLayer } from './hostLayer.js';

/** A block of circuit parameters, [circuits, width]: trained, or fixed numbers. */
export interface ParameterBlock {
  readonly width: number;
  /** Absent where the block is trained. */
  readonly fixed?: Float64Array;
}

/**
 * A QKAN layer as pure data: y_o = Σ_i mask·( p·(f + q) + c·base(x_i) ). Its trained numbers stand in one vector, in this
 * order: the trained blocks (θ, w, b), p, q, c, each row by row.
 */
export interface NetworkLayer {
  readonly activation: ActivationLayer;
  /** Number of circuits, and the circuit of each edge. */
  readonly circuits: number;
  readonly circuitOf: Int32Array;
  /** The columns of a parameter row, block by block. */
  readonly blocks: readonly ParameterBlock[];
  /** Shape [out, in]. */
  readonly mask: Float64Array;
  readonly trainsWeight: boolean;
  readonly trainsBias: boolean;
  readonly base: BaseFunctionName | 'none';
  /** Where c is not trained it is this number. */
  readonly baseWeight: number | 'trained';
}

/** Length of a layer's vector of trained numbers. */
export function layerLength(layer: NetworkLayer): number {
  const { length } = parts(layer);
  return length;
}

/** Where each part of the vector begins; −1 where it is not trained. */
function parts(layer: NetworkLayer) {
  const edges = layer.mask.length;
  let length = 0;
  const take = (size: number, trained: boolean): number => {
    if (!trained) return -1;
    length += size;
    return length - size;
  };
  const blocks = layer.blocks.map(({ width, fixed }) => take(layer.circuits * width, fixed === undefined));
  const weight = take(edges, layer.trainsWeight);
  const bias = take(edges, layer.trainsBias);
  const base = take(edges, layer.base !== 'none' && layer.baseWeight === 'trained');
  return { blocks, weight, bias, base, length };
}

/** The tensors of the activations: parameter rows of all edges, and mask·p as scale. */
function tensorsOf(layer: NetworkLayer, values: Float64Array, x: Float64Array, batch: number): LayerTensors {
  const at = parts(layer);
  const width = layer.activation.plan.parameters.length;
  const parameters = new Float64Array(layer.mask.length * width);
  layer.circuitOf.forEach((circuit, edge) => {
    let column = edge * width;
    layer.blocks.forEach((block, k) => {
      const source = block.fixed ?? values.subarray(at.blocks[k]);
      for (let p = 0; p < block.width; p++) parameters[column++] = source[circuit * block.width + p];
    });
  });
  const scale = at.weight < 0 ? layer.mask : layer.mask.map((mask, edge) => mask * values[at.weight + edge]);
  return { parameters, scale, x, batch };
}

/** c of an edge. */
const baseWeightOf = (layer: NetworkLayer, at: { base: number }, values: Float64Array, edge: number): number =>
  layer.baseWeight === 'trained' ? values[at.base + edge] : layer.baseWeight;

/**
 * y of shape [batch, out].
 *
 * @param values  the layer's trained numbers
 * @param x       shape [batch, in]
 */
export function layerForward(
  kernel: ChainKernel,
  layer: NetworkLayer,
  values: Float64Array,
  x: Float64Array,
  batch: number,
): Float64Array {
  const at = parts(layer);
  const { inDim, outDim } = layer.activation;
  const tensors = tensorsOf(layer, values, x, batch);
  const y = Float64Array.from(forwardLayer(kernel, layer.activation, tensors));
  const base = layer.base === 'none' ? undefined : x.map(baseFunctions[layer.base].value);
  for (let o = 0; o < outDim; o++) {
    for (let i = 0; i < inDim; i++) {
      const edge = o * inDim + i;
      const shift = at.bias < 0 ? 0 : tensors.scale[edge] * values[at.bias + edge];
      const slope = base ? layer.mask[edge] * baseWeightOf(layer, at, values, edge) : 0;
      for (let b = 0; b < batch; b++) y[b * outDim + o] += shift + (base ? slope * base[b * inDim + i] : 0);
    }
  }
  return y;
}

/**
 * Derivatives of L from `upstream` = ∂L/∂y of shape [batch, out].
 *
 * @returns x: ∂L/∂x, shape [batch, in]; values: ∂L/∂(trained numbers)
 */
export function layerBackward(
  kernel: ChainKernel,
  layer: NetworkLayer,
  values: Float64Array,
  x: Float64Array,
  batch: number,
  upstream: Float64Array,
): { x: Float64Array; values: Float64Array } {
  const at = parts(layer);
  const { inDim, outDim, plan } = layer.activation;
  const tensors = tensorsOf(layer, values, x, batch);
  const gradient = backwardLayer(kernel, layer.activation, tensors, upstream);
  const result = new Float64Array(at.length);
  const gradX = Float64Array.from(gradient.x);
  const width = plan.parameters.length;

  layer.circuitOf.forEach((circuit, edge) => {
    let column = edge * width;
    layer.blocks.forEach((block, k) => {
      for (let p = 0; p < block.width; p++, column++) {
        if (!block.fixed) result[at.blocks[k] + circuit * block.width + p] += gradient.parameters[column];
      }
    });
  });
  const base = layer.base === 'none' ? undefined : baseFunctions[layer.base];
  const baseValues = base && x.map(base.value);
  const baseSlopes = base && x.map(base.derivative);
  for (let o = 0; o < outDim; o++) {
    let total = 0; // Σ_b upstream
    for (let b = 0; b < batch; b++) total += upstream[b * outDim + o];
    for (let i = 0; i < inDim; i++) {
      const edge = o * inDim + i;
      const mask = layer.mask[edge];
      const shift = at.bias < 0 ? 0 : values[at.bias + edge];
      if (at.weight >= 0) result[at.weight + edge] = mask * (gradient.scale[edge] + shift * total);
      if (at.bias >= 0) result[at.bias + edge] = tensors.scale[edge] * total;
      if (!baseValues || !baseSlopes) continue;
      const c = mask * baseWeightOf(layer, at, values, edge);
      let along = 0;
      for (let b = 0; b < batch; b++) {
        const u = upstream[b * outDim + o];
        along += u * baseValues[b * inDim + i];
        gradX[b * inDim + i] += u * c * baseSlopes[b * inDim + i];
      }
      if (at.base >= 0) result[at.base + edge] = mask * along;
    }
  }
  return { x: gradX, values: result };
}

/** The layer as a part of a network, in the kernel's precision. */
export const quantumLayer = (kernel: ChainKernel, layer: NetworkLayer): HostLayer => ({
  length: layerLength(layer),
  forward: (values, x, batch) => layerForward(kernel, layer, values, x, batch),
  backward: (values, x, batch, upstream) => layerBackward(kernel, layer, values, x, batch, upstream),
});
