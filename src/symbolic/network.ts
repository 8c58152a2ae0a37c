import { checkArities, checkFactors, nodesBackward, nodesOf, type ProductNodes } from '../network/multiplication.js';
import type { Evaluation } from '../optimise/objective.js';
import { type SymbolicName, symbolicFunctions } from './functions.js';

/** An edge of a formula: c·f(a·x + b). */
export interface SymbolicEdge {
  readonly name: SymbolicName;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** y_o = bias_o + Σ_i c_oi · f_oi(a_oi·x_i + b_oi), the last of which may be factors of products. */
export interface SymbolicLayer {
  readonly inDim: number;
  /** Number of sums y_o. */
  readonly outDim: number;
  /** Entry o·inDim + i; undefined where there is no edge. */
  readonly edges: readonly (SymbolicEdge | undefined)[];
  readonly bias: Float64Array;
  /** Number of factors of each product: the last Σ arities sums are multiplied in groups. Default: none is. */
  readonly arities?: readonly number[];
}

/**
 * Which sums of a layer make its nodes, as the next layer reads them.
 *
 * @throws if the arities are none, or ask for more factors than there are sums
 */
export function productNodes({ outDim, arities = [] }: SymbolicLayer): ProductNodes {
  const nodes = { sums: outDim, arities };
  checkArities('symbolic layer', 'arities', arities);
  checkFactors('symbolic layer', nodes);
  return nodes;
}

/** A formula as a network: layers of named functions, one after the other. */
export type SymbolicNetwork = readonly SymbolicLayer[];

/** The output of the formula, shape [samples, outputs], for x of shape [samples, inputs]. */
export function symbolicOutput(network: SymbolicNetwork, x: ArrayLike<number>, samples: number): Float64Array {
  return symbolicStates(network, Float64Array.from(x), samples)[network.length];
}

/** What reaches each layer, and the output at the end. */
export function symbolicStates(network: SymbolicNetwork, x: Float64Array, samples: number): Float64Array[] {
  const states = [x];
  for (const layer of network) {
    const sums = symbolicSums(layer, states[states.length - 1], samples);
    states.push(layer.arities ? nodesOf(productNodes(layer), sums, samples) : sums);
  }
  return states;
}

/** The sums of a layer, shape [samples, outDim]. */
function symbolicSums({ inDim, outDim, edges, bias }: SymbolicLayer, x: Float64Array, samples: number): Float64Array {
  const sums = Float64Array.from({ length: samples * outDim }, (_, at) => bias[at % outDim]);
  edges.forEach((edge, k) => {
    if (!edge) return;
    const [o, i] = [Math.floor(k / inDim), k % inDim];
    const { value } = symbolicFunctions[edge.name];
    for (let s = 0; s < samples; s++) sums[s * outDim + o] += edge.c * value(edge.a * x[s * inDim + i] + edge.b);
  });
  return sums;
}

/** The numbers of a formula as a vector: layer by layer a, b, c of every edge (those that say something), then the biases. */
export function symbolicNumbers(network: SymbolicNetwork): Float64Array {
  return Float64Array.from(network.flatMap(({ edges, bias }) => [...edges.flatMap(freeNumbers), ...bias]));
}

const freeNumbers = (edge: SymbolicEdge | undefined): number[] => {
  if (!edge) return [];
  const { scales, shifts } = symbolicFunctions[edge.name];
  return [...(scales === 'any' ? [edge.a] : []), ...(shifts ? [edge.b] : []), edge.c];
};

/** The formula with other numbers. */
export function withNumbers(network: SymbolicNetwork, numbers: ArrayLike<number>): SymbolicNetwork {
  let at = 0;
  return network.map(({ edges, ...layer }) => {
    const moved = edges.map((edge) => {
      if (!edge) return undefined;
      const { scales, shifts } = symbolicFunctions[edge.name];
      const a = scales === 'any' ? numbers[at++] : edge.a;
      const b = shifts ? numbers[at++] : edge.b;
      return { name: edge.name, a, b, c: numbers[at++] };
    });
    return { ...layer, edges: moved, bias: layer.bias.map(() => numbers[at++]) };
  });
}

/** Mean squared error of the formula at given numbers, with its gradient. */
export function symbolicLoss(
  network: SymbolicNetwork,
  numbers: Float64Array,
  x: Float64Array,
  y: Float64Array,
  samples: number,
): Evaluation {
  const moved = withNumbers(network, numbers);
  const states = symbolicStates(moved, x, samples);
  let value = 0;
  let upstream: Float64Array = states[moved.length].map((output, at) => {
    value += (output - y[at]) ** 2 / y.length;
    return (2 * (output - y[at])) / y.length;
  });
  const gradients: number[][] = [];
  for (let l = moved.length - 1; l >= 0; l--) {
    const { inDim, outDim, edges } = moved[l];
    if (moved[l].arities) {
      const sums = symbolicSums(moved[l], states[l], samples);
      upstream = nodesBackward(productNodes(moved[l]), sums, samples, upstream);
    }
    const below = new Float64Array(samples * inDim);
    const own: number[] = [];
    edges.forEach((edge, k) => {
      if (!edge) return;
      const [o, i] = [Math.floor(k / inDim), k % inDim];
      const { value: f, derivative, scales, shifts } = symbolicFunctions[edge.name];
      let [byA, byB, byC] = [0, 0, 0];
      for (let s = 0; s < samples; s++) {
        const u = upstream[s * outDim + o];
        const t = states[l][s * inDim + i];
        const argument = edge.a * t + edge.b;
        const slope = u * edge.c * derivative(argument);
        byC += u * f(argument);
        byA += slope * t;
        byB += slope;
        below[s * inDim + i] += slope * edge.a;
      }
      own.push(...(scales === 'any' ? [byA] : []), ...(shifts ? [byB] : []), byC);
    });
    const bias = Array.from({ length: outDim }, (_, o) => {
      let sum = 0;
      for (let s = 0; s < samples; s++) sum += upstream[s * outDim + o];
      return sum;
    });
    gradients.unshift([...own, ...bias]);
    upstream = below;
  }
  return { value, gradient: Float64Array.from(gradients.flat()) };
}
