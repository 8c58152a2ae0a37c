import type * as tfl from '@tensorflow/tfjs-layers';
import { hasEdges } from '../layers/edgeLayer.js';
import { KANLayer } from '../layers/KANLayer.js';
import { Linear } from '../layers/Linear.js';
import { Multiplication } from '../layers/Multiplication.js';
import type { QKANLayer } from '../layers/QKANLayer.js';

/** A layer in numbers. */
export interface LayerSummary {
  readonly name: string;
  readonly kind: string;
  /** Shape of a sample's output. */
  readonly shape: readonly (number | null)[];
  /** Trained parameters, and other weights: masks, grids, statistics. */
  readonly trained: number;
  readonly fixed: number;
  /** Edges that are not masked; absent for layers without edges. */
  readonly edges?: number;
  /** Floating-point operations of a sample's output; absent where they are not known. */
  readonly flops?: number;
}

/** A model in numbers. */
export interface ModelSummary {
  readonly layers: readonly LayerSummary[];
  readonly trained: number;
  readonly fixed: number;
  /** The same as a table. */
  readonly text: string;
}

/**
 * The layers of a model with their parameters and operations, as numbers and as a table. An addition, a multiplication and a function
 * such as sin count one each. A quantum activation of r repetitions is counted as its Bloch chain, 23r + 5: in each a sine and a cosine, a
 * turn about z (6) and one about a folded axis (15), and the last product; a classical edge as the combination of its K
 * features, 2K, and the features once an input, 4K, attention over them another 4K. Masked edges are counted: they are computed.
 *
 * @example console.log(summary(qkan({ width: [2, 5, 1] })).text);
 */
export function summary(model: tfl.LayersModel): ModelSummary {
  const layers = model.layers.filter((layer) => layer.getClassName() !== 'InputLayer').map(describe);
  const total = (kind: 'trained' | 'fixed') => layers.reduce((sum, layer) => sum + layer[kind], 0);
  const [trained, fixed] = [total('trained'), total('fixed')];
  const rows = layers.map(({ name, kind, shape, trained, fixed, edges, flops }) => [
    name,
    kind,
    `[${shape.join(', ')}]`,
    ...[edges, trained, fixed, flops].map((value) => (value === undefined ? '' : String(value))),
  ]);
  const flops = layers.some((layer) => layer.flops === undefined)
    ? ''
    : String(layers.reduce((sum, layer) => sum + layer.flops!, 0));
  const head = ['layer', 'kind', 'output', 'edges', 'trained', 'fixed', 'flops'];
  return { layers, trained, fixed, text: table([head, ...rows, ['', '', '', '', `${trained}`, `${fixed}`, flops]]) };
}

function describe(layer: tfl.layers.Layer): LayerSummary {
  const count = (weights: readonly tfl.LayerVariable[]) =>
    weights.reduce((sum, { shape }) => sum + shape.reduce((product: number, size) => product * size!, 1), 0);
  const shape = (layer.outputShape as tfl.Shape).slice(1);
  const flops = flopsOf(layer);
  return {
    name: layer.name,
    kind: layer.getClassName(),
    shape,
    trained: count(layer.trainableWeights),
    fixed: count(layer.nonTrainableWeights),
    ...(hasEdges(layer) && { edges: layer.edgeMask().reduce((sum, value) => sum + value, 0) }),
    ...(flops !== undefined && { flops: flops * size(shape.slice(0, -1)) }),
  };
}

const size = (shape: readonly (number | null)[]): number => shape.reduce((product: number, n) => product * (n ?? 1), 1);

/** Operations for one row of features. */
function flopsOf(layer: tfl.layers.Layer): number | undefined {
  if (hasEdges(layer)) return layer instanceof KANLayer ? classicalFlops(layer) : quantumFlops(layer);
  if (layer instanceof Linear) return 2 * (layer.weights[0].shape as number[]).reduce((product, n) => product * n, 1);
  if (layer instanceof Multiplication) return layer.arities.reduce((sum, arity) => sum + arity - 1, 0);
  const features = (layer.outputShape as tfl.Shape).at(-1)!;
  return layer.getClassName() === 'BatchNormalization' ? 2 * features : undefined;
}

/** With base: a function an input, 4, and its weight an edge, 2. */
const baseFlops = (base: string, inDim: number, outDim: number): number =>
  base === 'none' ? 0 : 4 * inDim + 2 * inDim * outDim;

function quantumFlops(layer: QKANLayer): number {
  const { inDim, outDim } = layer.layer();
  const chain = 23 * layer.layer().plan.reps + 5;
  return inDim * outDim * (chain + 2) + baseFlops(layer.baseActivation, inDim, outDim);
}

function classicalFlops(layer: KANLayer): number {
  const { basis, base, inDim, outDim } = layer.basisLayer();
  const attended = basis.blocks(inDim).find(({ name }) => name === 'attention')?.values.length;
  const features = attended === undefined ? 4 * basis.size : 8 * attended;
  return features * inDim + 2 * basis.size * inDim * outDim + baseFlops(base, inDim, outDim);
}

/** Columns of equal width; numbers to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column < 3 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}
