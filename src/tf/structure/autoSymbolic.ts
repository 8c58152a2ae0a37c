import type * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import { formulas } from '../../symbolic/formula.js';
import { type SymbolicName, symbolicNames } from '../../symbolic/functions.js';
import { type SymbolicNetwork, symbolicOutput } from '../../symbolic/network.js';
import { simplify } from '../../symbolic/simplify.js';
import { type Suggestion, type SuggestOptions, suggestSymbolic } from '../../symbolic/suggest.js';
import { type EdgeSamples, edgeSamples } from './edgeSamples.js';

export interface AutoSymbolicOptions extends SuggestOptions {
  /** What the formula is to describe, shape [samples, outputs]: its numbers are refitted, and edges it does not need dropped. */
  readonly y?: tf.Tensor2D;
  /** Samples that a curve is described by. Default 100. */
  readonly points?: number;
  /** Significant digits in the formulas. Default 4. */
  readonly digits?: number;
}

/** A network as a formula. */
export interface AutoSymbolic {
  readonly network: SymbolicNetwork;
  /** One text an output, in mathjs's grammar. */
  readonly formulas: readonly string[];
  /** What was chosen for edge (o, i) of each layer of edges, in entry o·in + i; undefined for edges that do nothing. */
  readonly edges: readonly (readonly (Suggestion | undefined)[])[];
  /** Mean squared error of the refitted formula on y, where given, in float64. */
  readonly loss?: number;
}

const POINTS = 100;
/** Functions that are not finite everywhere. */
const singular: readonly SymbolicName[] = ['inverse', 'inverseSquare', 'sqrt', 'log', 'tan'];

/**
 * Reads a formula off a network: every edge becomes the function of the library that describes it best over the samples that reach it.
 * With y the numbers are then fitted to the data in float64, edges that the data do not need are dropped, and functions replaced by
 * simpler ones that do as well (`simplify`). Prune first.
 *
 * @param model  a sequential model of QKAN and KAN layers
 * @param x      samples, shape [samples, inputs]
 * @throws if nodes are normalised with one another, or x or y does not fit the model
 * @cost a search of about 0.1 s an edge; with y some ten refits an edge
 * @see arXiv:2404.19756, section 2.5.1
 * @example autoSymbolic(kan({ width: [1, 1], seed: 1 }), tf.randomUniform<tf.Rank.R2>([50, 1])).formulas[0]
 */
export function autoSymbolic(model: tfl.LayersModel, x: tf.Tensor2D, options: AutoSymbolicOptions = {}): AutoSymbolic {
  const { y, points = POINTS, digits, library = symbolicNames } = options;
  checkInteger('autoSymbolic', 'points', points, 3);
  const layers = edgeSamples('autoSymbolic', model, x, points);
  const outputs = model.outputs[0].shape[1]!;
  if (y && (y.shape[0] !== x.shape[0] || y.shape[1] !== outputs)) {
    throw expected('autoSymbolic', `y of shape [${x.shape[0]}, ${outputs}]`, `[${y.shape?.join(', ')}]`);
  }
  const choose = (names: readonly SymbolicName[]) =>
    layers.map(({ curves }) =>
      curves.map((curve) =>
        isConstant(curve.y) ? undefined : suggestSymbolic(curve, { ...options, library: names })[0],
      ),
    );
  const inputs = Float64Array.from(x.dataSync());
  let edges = choose(library);
  let chosen = layers.map((layer, l) => symbolicLayer(layer, edges[l]));
  if (!symbolicOutput(chosen, inputs, x.shape[0]).every(Number.isFinite)) {
    // what reaches a function in the formula is not quite what reaches its edge, and may be beyond its domain
    edges = choose(library.filter((name) => !singular.includes(name)));
    chosen = layers.map((layer, l) => symbolicLayer(layer, edges[l]));
  }
  if (!y) return { network: chosen, formulas: formulas(chosen, digits), edges };
  const { network, loss } = simplify(chosen, inputs, Float64Array.from(y.dataSync()), { library });
  return { network, formulas: formulas(network, digits), edges, loss };
}

/** Which edge of a model: layers of edges count from 0; outputs are the sums of edges, before any are multiplied. */
export interface EdgePlace {
  readonly layer: number;
  readonly output: number;
  readonly input: number;
}

/**
 * Functions that describe an edge over the samples that reach it, best first.
 *
 * @example suggestEdge(kan({ width: [1, 1] }), tf.randomUniform<tf.Rank.R2>([50, 1]), { layer: 0, output: 0, input: 0 })[0].name
 */
export function suggestEdge(
  model: tfl.LayersModel,
  x: tf.Tensor2D,
  { layer, output, input }: EdgePlace,
  options: SuggestOptions = {},
): Suggestion[] {
  const layers = edgeSamples('suggestEdge', model, x, POINTS);
  checkInteger('suggestEdge', 'layer', layer, 0, layers.length - 1);
  const { curves, inDim, outDim } = layers[layer];
  checkInteger('suggestEdge', 'output', output, 0, outDim - 1);
  checkInteger('suggestEdge', 'input', input, 0, inDim - 1);
  return suggestSymbolic(curves[output * inDim + input], options);
}

/** Varies by float32's rounding alone. */
function isConstant(y: ArrayLike<number>): boolean {
  let [low, high] = [y[0], y[0]];
  for (let k = 0; k < y.length; k++) [low, high] = [Math.min(low, y[k]), Math.max(high, y[k])];
  return high - low <= 1e-6 * Math.max(Math.abs(low), Math.abs(high));
}

function symbolicLayer(
  { inDim, outDim, curves, bias, arities }: EdgeSamples,
  chosen: readonly (Suggestion | undefined)[],
) {
  const constant = (at: number) => chosen[at]?.d ?? curves[at].y[0];
  const edges = chosen.map((edge) => edge && { name: edge.name, a: edge.a, b: edge.b, c: edge.c });
  const sums = bias.map((start, o) =>
    Array.from({ length: inDim }, (_, i) => constant(o * inDim + i)).reduce((sum, value) => sum + value, start),
  );
  return { inDim, outDim, edges, bias: sums, ...(arities && { arities }) };
}
