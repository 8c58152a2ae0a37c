import { checkInteger } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import type { HostLayer } from './hostLayer.js';

/**
 * Nodes that multiply. Of the sums of a layer, the last Σ arities are factors: each product takes as many of them as its arity says, in
 * order. The first ones are nodes as they are, and stand before the products.
 */
export interface ProductNodes {
  /** Number of sums: what comes in. */
  readonly sums: number;
  /** Number of factors of each product, 2 or more. */
  readonly arities: readonly number[];
}

const total = (arities: readonly number[]): number => arities.reduce((sum, arity) => sum + arity, 0);

/** Number of nodes: what comes out. */
export const countNodes = ({ sums, arities }: ProductNodes): number => sums - total(arities) + arities.length;

/** Which sums make each node: one, or the factors of a product. */
export function sumsOfNodes({ sums, arities }: ProductNodes): number[][] {
  let at = sums - total(arities);
  const single = Array.from({ length: at }, (_, o) => [o]);
  const products = arities.map((arity) => {
    at += arity;
    return Array.from({ length: arity }, (_, k) => at - arity + k);
  });
  return [...single, ...products];
}

/** The same in runs of neighbours of as many factors, which can be computed together. */
export function runsOfNodes(nodes: ProductNodes): number[][][] {
  const runs: number[][][] = [];
  for (const sums of sumsOfNodes(nodes)) {
    const last = runs[runs.length - 1];
    if (last?.[0].length === sums.length) last.push(sums);
    else runs.push([sums]);
  }
  return runs;
}

/** Throws unless the arities are a list of integers ≥ 2. */
export function checkArities(where: string, name: string, arities: unknown): asserts arities is readonly number[] {
  if (!Array.isArray(arities)) throw expected(where, `${name} to list the number of factors of each product`, arities);
  for (const [k, arity] of arities.entries()) checkInteger(where, `${name}[${k}]`, arity, 2);
}

/** Throws unless there are as many sums as the products have factors. */
export function checkFactors(where: string, { sums, arities }: ProductNodes): void {
  const factors = total(arities);
  if (factors <= sums) return;
  throw expected(where, `at least ${factors} inputs, the factors of arities [${arities.join(', ')}]`, sums);
}

/** Nodes, shape [batch, nodes], from sums of shape [batch, sums]: y_n = Π of the sums that make node n. */
export function nodesOf(nodes: ProductNodes, x: Float64Array, batch: number): Float64Array {
  const parts = sumsOfNodes(nodes);
  const y = new Float64Array(batch * parts.length);
  for (let b = 0; b < batch; b++) {
    parts.forEach((factors, n) => {
      let product = 1;
      for (const o of factors) product *= x[b * nodes.sums + o];
      y[b * parts.length + n] = product;
    });
  }
  return y;
}

/** ∂L/∂x from `upstream` = ∂L/∂y: each factor times the others, which is exact where factors vanish too. */
export function nodesBackward(
  nodes: ProductNodes,
  x: Float64Array,
  batch: number,
  upstream: Float64Array,
): Float64Array {
  const parts = sumsOfNodes(nodes);
  const onX = new Float64Array(x.length);
  for (let b = 0; b < batch; b++) {
    parts.forEach((factors, n) => {
      const start = b * nodes.sums;
      for (const o of factors) {
        let slope = upstream[b * parts.length + n];
        for (const other of factors) if (other !== o) slope *= x[start + other];
        onX[start + o] = slope;
      }
    });
  }
  return onX;
}

/** Multiplication as a layer in float64, without trained numbers. */
export const productLayer = (nodes: ProductNodes): HostLayer => ({
  length: 0,
  forward: (_, x, batch) => nodesOf(nodes, x, batch),
  backward: (_values, x, batch, upstream, wantsX) => ({
    x: wantsX ? nodesBackward(nodes, x, batch, upstream) : new Float64Array(0),
    values: new Float64Array(0),
  }),
});
