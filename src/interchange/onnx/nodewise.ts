import type { BaseFunctionName } from '../../basis/baseFunctions.js';
import type { BasisSpec } from '../../basis/table.js';
import { basisFeatures } from './basis.js';
import { onnxFunctions } from './functions.js';
import type { OnnxGraph, Value } from './graph.js';

/** One learnt function a feature, with its numbers. */
export interface OnnxNodewise {
  /** What it is called in errors. */
  readonly where: string;
  readonly features: number;
  /** The basis with all its options. */
  readonly basis: BasisSpec;
  readonly blocks: Readonly<Record<string, ArrayLike<number>>>;
  readonly base: BaseFunctionName | 'none';
}

/** y_d = Σ_k C_dk Φ_k(x_d) + c_d · base(x_d); of a rational function itself. */
export function nodewiseOutputs(graph: OnnxGraph, x: Value, layer: OnnxNodewise): Value {
  const { where, features, basis, blocks, base } = layer;
  const each = graph.apply('Unsqueeze', [x, graph.integers([2])]); // [batch, features, 1]
  let terms = basisFeatures(graph, basis, { x: each, inDim: features, blocks }, where);
  const { coefficients, base_weight: weights } = blocks;
  if (coefficients) {
    const matrix = graph.tensor(coefficients, [features, coefficients.length / features]);
    terms = graph.multiply(terms, matrix);
  }
  const y = graph.apply('ReduceSum', [terms, graph.integers([2])], { keepdims: 0 });
  if (base === 'none') return y;
  return graph.add(y, graph.multiply(onnxFunctions[base](graph, x), graph.tensor(weights, [features])));
}
