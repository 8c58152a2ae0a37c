import type { HostLayer } from './hostLayer.js';

/** W·x + b as pure data. Its trained numbers stand in one vector: W, row by row, then b. */
export interface LinearLayer {
  readonly inDim: number;
  readonly outDim: number;
  readonly usesBias: boolean;
}

/** The layer in float64. Inputs that are 0, as most of one-hot rows, cost nothing. */
export function linearLayer({ inDim, outDim, usesBias }: LinearLayer): HostLayer {
  const edges = inDim * outDim;
  const length = edges + (usesBias ? outDim : 0);

  /** Wᵀ, shape [in, out]: what an input reaches stands side by side. */
  function transposed(values: Float64Array): Float64Array {
    const result = new Float64Array(edges);
    for (let o = 0; o < outDim; o++) for (let i = 0; i < inDim; i++) result[i * outDim + o] = values[o * inDim + i];
    return result;
  }

  return {
    length,
    forward(values, x, batch) {
      const m = transposed(values);
      const y = new Float64Array(batch * outDim);
      for (let b = 0; b < batch; b++) {
        const row = b * outDim;
        for (let o = 0; usesBias && o < outDim; o++) y[row + o] = values[edges + o];
        for (let i = 0; i < inDim; i++) {
          const t = x[b * inDim + i];
          if (t !== 0) for (let o = 0; o < outDim; o++) y[row + o] += t * m[i * outDim + o];
        }
      }
      return y;
    },
    backward(values, x, batch, upstream, wantsX) {
      const m = transposed(values);
      const onMatrix = new Float64Array(edges);
      const onValues = new Float64Array(length);
      const onX = new Float64Array(wantsX ? x.length : 0);
      for (let b = 0; b < batch; b++) {
        const row = b * outDim;
        for (let o = 0; usesBias && o < outDim; o++) onValues[edges + o] += upstream[row + o];
        for (let i = 0; i < inDim; i++) {
          const t = x[b * inDim + i];
          if (t !== 0) for (let o = 0; o < outDim; o++) onMatrix[i * outDim + o] += t * upstream[row + o];
          if (!wantsX) continue;
          let sum = 0;
          for (let o = 0; o < outDim; o++) sum += upstream[row + o] * m[i * outDim + o];
          onX[b * inDim + i] = sum;
        }
      }
      for (let o = 0; o < outDim; o++)
        for (let i = 0; i < inDim; i++) onValues[o * inDim + i] = onMatrix[i * outDim + o];
      return { x: onX, values: onValues };
    },
  };
}
