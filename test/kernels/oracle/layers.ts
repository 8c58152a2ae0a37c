/** Random chain layers with the circuits they stand for. */
import type { ChainLayer } from '../../../kernels/chain.js';
import type { Random } from '../../../src/foundation/random.js';
import {
  blochMatrix,
  type Edge,
  type Encoding,
  endOf,
  type Measurement,
  measureEdge,
  randomEdge,
  startOf,
} from './edge.js';

export interface Shape {
  readonly inDim: number;
  readonly outDim: number;
  readonly reps: number;
  readonly batch: number;
  readonly encoding: Encoding;
  readonly measurement: Measurement;
}

export interface Case extends Shape {
  /** [out][in]. */
  readonly edges: readonly (readonly Edge[])[];
  readonly layer: ChainLayer;
  /** In (−1, 1), shape [batch, in]. */
  readonly x: Float64Array;
  /** In (−1, 1), shape [batch, out]. */
  readonly upstream: Float64Array;
}

/** The layer of these edges. */
export function layerOf(shape: Shape, edges: readonly (readonly Edge[])[]): ChainLayer {
  const { inDim, outDim, reps, encoding, measurement } = shape;
  const all = edges.flat();
  const packed = (part: (edge: Edge) => readonly number[]): Float64Array => Float64Array.from(all.flatMap(part));
  return {
    inDim,
    outDim,
    reps,
    encoding,
    measurement,
    start: packed(startOf),
    blocks: packed(({ unitaries }) => unitaries.slice(1, -1).flatMap(blochMatrix)),
    end: packed(endOf),
    weights: packed(({ weights }) => weights),
    biases: packed(({ biases }) => biases),
    scale: packed(({ scale }) => [scale]),
  };
}

export function randomCase(random: Random, shape: Shape): Case {
  const { inDim, outDim, reps, batch, encoding } = shape;
  const x = Float64Array.from({ length: batch * inDim }, () => random.uniform(-1, 1));
  const column = (i: number): number[] => Array.from({ length: batch }, (_, b) => x[b * inDim + i]);
  const edges = Array.from({ length: outDim }, () =>
    Array.from({ length: inDim }, (_, i) => randomEdge(random, reps, encoding, column(i))),
  );
  const upstream = Float64Array.from({ length: batch * outDim }, () => random.uniform(-1, 1));
  return { ...shape, edges, layer: layerOf(shape, edges), x, upstream };
}

/** y, shape [batch, out], by the circuits. */
export function layerOutput({ edges, inDim, outDim, batch, encoding, measurement, x }: Case): Float64Array {
  return Float64Array.from({ length: batch * outDim }, (_, at) => {
    const [b, o] = [Math.floor(at / outDim), at % outDim];
    return edges[o].reduce(
      (sum, edge, i) => sum + edge.scale * measureEdge(edge, encoding, measurement, x[b * inDim + i]),
      0,
    );
  });
}

/** The part of L = Σ upstream · y that goes through edge (o, i), with the edge changed by `change`. */
export function lossOfEdge(
  { edges, inDim, outDim, batch, encoding, measurement, x, upstream }: Case,
  o: number,
  i: number,
  change: (edge: Edge) => Edge,
  twist?: Parameters<typeof measureEdge>[4],
): number {
  const edge = change(edges[o][i]);
  let loss = 0;
  for (let b = 0; b < batch; b++) {
    loss += upstream[b * outDim + o] * edge.scale * measureEdge(edge, encoding, measurement, x[b * inDim + i], twist);
  }
  return loss;
}
