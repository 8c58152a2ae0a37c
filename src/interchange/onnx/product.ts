import type { BaseFunctionName } from '../../basis/baseFunctions.js';
import { onnxFunctions } from './functions.js';
import type { OnnxGraph, Value } from './graph.js';

/** x·weightsᵀ, weights of shape [out, in]. */
export function product(graph: OnnxGraph, x: Value, weights: ArrayLike<number>, inDim: number, outDim: number): Value {
  const transposed = Float64Array.from({ length: inDim * outDim }, (_, k) => {
    const [i, o] = [Math.floor(k / outDim), k % outDim];
    return weights[o * inDim + i];
  });
  return graph.apply('MatMul', [x, graph.tensor(transposed, [inDim, outDim])]);
}

/** Σ_i weights_oi · base(x_i); undefined where there is no base. */
export function baseOutputs(
  graph: OnnxGraph,
  x: Value,
  base: BaseFunctionName | 'none',
  weights: ArrayLike<number>,
  [outDim, inDim]: readonly [outDim: number, inDim: number],
): Value | undefined {
  return base === 'none' ? undefined : product(graph, onnxFunctions[base](graph, x), weights, inDim, outDim);
}
