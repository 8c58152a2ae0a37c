import type * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import { checkArities } from '../network/multiplication.js';
import { hasEdges } from './layers/edgeLayer.js';
import { Multiplication } from './layers/Multiplication.js';

/**
 * Nodes of a layer: a number of them, all adding, or how many add and what multiplies: a number of products of two factors, or the number
 * of factors of each. `[5, 2]` are five sums and two products; `[5, [2, 3]]` five sums, a product of two, a product of three.
 */
export type NodeCount = number | readonly [sums: number, products: number | readonly number[]];

/** A layer of edges and what stands behind it. */
export interface WidthLayer {
  /** Number of sums that edges lead to, those that are multiplied included. */
  readonly units: number;
  /** The multiplication of some of them, if any are multiplied. */
  readonly products: readonly tfl.layers.Layer[];
  /** Number of nodes, as the next layer reads them. */
  readonly nodes: number;
}

const FACTORS = 2;

/**
 * The layers of a network of the given width, inputs first.
 *
 * @throws if it lists fewer than two layers, a layer without nodes, or inputs that multiply
 */
export function layersOfWidth(
  where: string,
  width: readonly NodeCount[],
): { readonly inputs: number; readonly layers: readonly WidthLayer[] } {
  if (!Array.isArray(width) || width.length < 2) {
    throw expected(where, 'width to list at least two layers of nodes', width, 'For example [2, 5, 1].');
  }
  const [inputs, ...rest] = width;
  checkInteger(where, 'width[0]', inputs, 1);
  return { inputs: inputs as number, layers: rest.map((nodes, k) => layerOf(where, `width[${k + 1}]`, nodes)) };
}

/** The width of a network of edges, products included, as `layersOfWidth` takes it. */
export function widthOf(model: tfl.LayersModel): NodeCount[] {
  const width: NodeCount[] = [model.inputs[0].shape[1]!];
  for (const layer of model.layers) {
    if (hasEdges(layer)) width.push(layer.units);
    if (!(layer instanceof Multiplication) || layer.arities.length === 0) continue;
    const { arities } = layer;
    const sums = arities.reduce((rest, arity) => rest - arity, width.pop() as number);
    width.push([sums, arities.every((arity) => arity === FACTORS) ? arities.length : arities]);
  }
  return width;
}

function layerOf(where: string, name: string, nodes: NodeCount): WidthLayer {
  if (!Array.isArray(nodes)) {
    checkInteger(where, name, nodes, 1);
    return { units: nodes as number, products: [], nodes: nodes as number };
  }
  if (nodes.length !== 2)
    throw expected(where, `${name} as nodes that add and nodes that multiply`, nodes, 'As [5, 2].');
  const [sums, products] = nodes;
  checkInteger(where, `${name}[0]`, sums, 0);
  if (!Array.isArray(products)) checkInteger(where, `${name}[1]`, products, 0);
  const arities = Array.isArray(products) ? products : new Array<number>(products).fill(FACTORS);
  checkArities(where, `${name}[1]`, arities);
  const count = sums + arities.length;
  if (count === 0) throw expected(where, `${name} to have a node`, nodes);
  return {
    units: arities.reduce((sum, arity) => sum + arity, sums),
    products: arities.length > 0 ? [new Multiplication({ arities })] : [],
    nodes: count,
  };
}
