import type { BaseFunctionName } from '../../basis/baseFunctions.js';
import type { BasisSpec } from '../../basis/table.js';
import { basisFeatures } from './basis.js';
import type { OnnxGraph, Value } from './graph.js';
import { baseOutputs, product } from './product.js';

/** A classical Kolmogorov-Arnold layer with its numbers. */
export interface OnnxBasisLayer {
  /** What it is called in errors. */
  readonly where: string;
  readonly inDim: number;
  readonly outDim: number;
  /** The basis with all its options. */
  readonly basis: BasisSpec;
  readonly blocks: Readonly<Record<string, ArrayLike<number>>>;
  /** C, shape [out, in, K]. */
  readonly coefficients: ArrayLike<number>;
  /** mask·p and mask·c, shape [out, in]. */
  readonly scale: ArrayLike<number>;
  readonly base: ArrayLike<number>;
  readonly baseActivation: BaseFunctionName | 'none';
  /** Shape [out]. */
  readonly bias?: ArrayLike<number>;
}

/** y_o = Σ_i ( scale_oi · Σ_k C_oik Φ_k(x_i) + base_oi · base(x_i) ) + bias_o: the features of a basis, and one matrix product. */
export function basisLayerOutputs(graph: OnnxGraph, x: Value, layer: OnnxBasisLayer): Value {
  const { where, inDim, outDim, basis, blocks, coefficients, scale, base, baseActivation, bias } = layer;
  const size = coefficients.length / (outDim * inDim);
  const each = graph.apply('Unsqueeze', [x, graph.integers([2])]); // [batch, in, 1]
  const features = basisFeatures(graph, basis, { x: each, inDim, blocks }, where);
  const rows = graph.apply('Reshape', [features, graph.integers([-1, inDim * size])]);
  const weights = Float64Array.from(coefficients, (value, at) => value * scale[Math.floor(at / size)]);
  let y = product(graph, rows, weights, inDim * size, outDim);
  const beside = baseOutputs(graph, x, baseActivation, base, [outDim, inDim]);
  if (beside) y = graph.add(y, beside);
  return bias ? graph.add(y, graph.tensor(bias, [outDim])) : y;
}
