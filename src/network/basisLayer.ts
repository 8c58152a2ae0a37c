import { type BaseFunctionName, baseFunctions } from '../basis/baseFunctions.js';
import type { Basis } from '../basis/basis.js';
import type { HostLayer } from './hostLayer.js';

/**
 * A classical Kolmogorov-Arnold layer as pure data: y_o = Σ_i mask·( p·Σ_k C_oik Φ_k(x_i) + c·base(x_i) ) + bias_o. Its trained
 * numbers stand in one vector, in this order: C, the trained blocks of the basis, p, c, bias, each row by row.
 */
export interface BasisLayer {
  readonly basis: Basis;
  readonly inDim: number;
  readonly outDim: number;
  /** The basis's blocks in their order: trained, or fixed numbers. */
  readonly blocks: readonly { readonly length: number; readonly fixed?: Float64Array }[];
  /** Shape [out, in]. */
  readonly mask: Float64Array;
  readonly trainsWeight: boolean;
  readonly base: BaseFunctionName | 'none';
  /** c, shape [out, in], where it is not trained. */
  readonly fixedBaseWeight?: Float64Array;
  readonly usesBias: boolean;
}

/** Where each part of the vector begins; −1 where it is not trained. */
function parts({ basis, blocks, mask, trainsWeight, base, fixedBaseWeight, usesBias, outDim }: BasisLayer) {
  let length = 0;
  const take = (size: number, trained = true): number => {
    if (!trained) return -1;
    length += size;
    return length - size;
  };
  return {
    coefficients: take(mask.length * basis.size),
    blocks: blocks.map((block) => take(block.length, block.fixed === undefined)),
    weight: take(mask.length, trainsWeight),
    base: take(mask.length, base !== 'none' && fixedBaseWeight === undefined),
    bias: take(outDim, usesBias),
    length,
  };
}

/** The layer in float64. */
export function basisLayer(layer: BasisLayer): HostLayer {
  const { basis, inDim, outDim, mask } = layer;
  const at = parts(layer);
  const base = layer.base === 'none' ? undefined : baseFunctions[layer.base];
  const width = basis.size + (base ? 1 : 0);
  const tensors = (values: Float64Array, x: Float64Array, batch: number) => {
    const parameters = layer.blocks.map(
      ({ fixed, length }, k) => fixed ?? values.subarray(at.blocks[k], at.blocks[k] + length),
    );
    return { x, batch, inDim, parameters };
  };
  const scaleOf = (values: Float64Array, edge: number): number =>
    mask[edge] * (at.weight < 0 ? 1 : values[at.weight + edge]);
  const slopeOf = (values: Float64Array, edge: number): number =>
    mask[edge] * (layer.fixedBaseWeight ? layer.fixedBaseWeight[edge] : values[at.base + edge]);

  /** The matrix of the layer, shape [in·width, out]: coefficients, and the factors of the base last. */
  function matrix(values: Float64Array): Float64Array {
    const result = new Float64Array(inDim * width * outDim);
    for (let edge = 0; edge < mask.length; edge++) {
      const [o, i] = [Math.floor(edge / inDim), edge % inDim];
      const scale = scaleOf(values, edge);
      for (let k = 0; k < basis.size; k++) {
        result[(i * width + k) * outDim + o] = scale * values[at.coefficients + edge * basis.size + k];
      }
      if (base) result[(i * width + basis.size) * outDim + o] = slopeOf(values, edge);
    }
    return result;
  }

  const isTrained = layer.blocks.some(({ fixed }) => fixed === undefined);
  let last: { readonly x: Float64Array; readonly phi: Float64Array } | undefined;

  /** Φ and the base. Where no number of the basis is trained, those of the same array are not computed twice. */
  function features(values: Float64Array, x: Float64Array, batch: number): Float64Array {
    if (last?.x === x) return last.phi;
    const result = new Float64Array(batch * inDim * width);
    basis.features(tensors(values, x, batch), result, width);
    if (base) for (let k = 0; k < x.length; k++) result[k * width + basis.size] = base.value(x[k]);
    if (!isTrained) last = { x, phi: result };
    return result;
  }

  return {
    length: at.length,
    forward(values, x, batch) {
      const [phi, m, columns] = [features(values, x, batch), matrix(values), inDim * width];
      const y = new Float64Array(batch * outDim);
      for (let b = 0; b < batch; b++) {
        for (let o = 0; at.bias >= 0 && o < outDim; o++) y[b * outDim + o] = values[at.bias + o];
        for (let f = 0; f < columns; f++) {
          const feature = phi[b * columns + f];
          if (feature === 0) continue; // most of them, in a local basis
          for (let o = 0; o < outDim; o++) y[b * outDim + o] += feature * m[f * outDim + o];
        }
      }
      return y;
    },
    backward(values, x, batch, upstream, wantsX) {
      const [phi, m, columns] = [features(values, x, batch), matrix(values), inDim * width];
      const wantsFeatures = wantsX || isTrained;
      const onFeatures = new Float64Array(wantsFeatures ? phi.length : 0);
      const onMatrix = new Float64Array(m.length);
      const result = new Float64Array(at.length);
      for (let b = 0; b < batch; b++) {
        for (let o = 0; at.bias >= 0 && o < outDim; o++) result[at.bias + o] += upstream[b * outDim + o];
        for (let f = 0; f < columns; f++) {
          const feature = phi[b * columns + f];
          if (feature !== 0) {
            for (let o = 0; o < outDim; o++) onMatrix[f * outDim + o] += upstream[b * outDim + o] * feature;
          }
          if (!wantsFeatures) continue;
          let sum = 0;
          for (let o = 0; o < outDim; o++) sum += upstream[b * outDim + o] * m[f * outDim + o];
          onFeatures[b * columns + f] = sum;
        }
      }
      const onX = new Float64Array(x.length);
      const parameters = layer.blocks.map(({ fixed, length }, k) =>
        fixed ? new Float64Array(length) : result.subarray(at.blocks[k], at.blocks[k] + length),
      );
      if (wantsFeatures) basis.backward(tensors(values, x, batch), onFeatures, width, { x: onX, parameters });
      if (base && wantsX)
        for (let k = 0; k < x.length; k++) onX[k] += onFeatures[k * width + basis.size] * base.derivative(x[k]);
      for (let edge = 0; edge < mask.length; edge++) {
        const [o, i] = [Math.floor(edge / inDim), edge % inDim];
        const scale = scaleOf(values, edge);
        let along = 0;
        for (let k = 0; k < basis.size; k++) {
          const own = onMatrix[(i * width + k) * outDim + o];
          const place = at.coefficients + edge * basis.size + k;
          along += own * values[place];
          result[place] = scale * own;
        }
        if (at.weight >= 0) result[at.weight + edge] = mask[edge] * along;
        if (at.base >= 0) result[at.base + edge] = mask[edge] * onMatrix[(i * width + basis.size) * outDim + o];
      }
      return { x: onX, values: result };
    },
  };
}
