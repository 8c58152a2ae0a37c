import type { HostLayer } from './hostLayer.js';

/** W·x + b as pure data. Its trained numbers stand in one vector: W, row by row, then b. */
export interface LinearLayer {
  readonly inDim: number;
  readonly outDim: number;
  readonly usesBias: boolean;
}

/** The layer in float64. */
export function linearLayer({ inDim, outDim, usesBias }: LinearLayer): HostLayer {
  const edges = inDim * outDim;
  return {
    length: edges + (usesBias ? outDim : 0),
    forward(values, x, batch) {
      const y = new Float64Array(batch * outDim);
      for (let b = 0; b < batch; b++) {
        for (let o = 0; o < outDim; o++) {
          let sum = usesBias ? values[edges + o] : 0;
          for (let i = 0; i < inDim; i++) sum += values[o * inDim + i] * x[b * inDim + i];
          y[b * outDim + o] = sum;
        }
      }
      return y;
    },
    backward(values, x, batch, upstream, wantsX) {
      const onValues = new Float64Array(values.length);
      const onX = new Float64Array(wantsX ? x.length : 0);
      for (let b = 0; b < batch; b++) {
        for (let o = 0; o < outDim; o++) {
          const dy = upstream[b * outDim + o];
          if (usesBias) onValues[edges + o] += dy;
          for (let i = 0; i < inDim; i++) onValues[o * inDim + i] += dy * x[b * inDim + i];
          if (wantsX) for (let i = 0; i < inDim; i++) onX[b * inDim + i] += dy * values[o * inDim + i];
        }
      }
      return { x: onX, values: onValues };
    },
  };
}
