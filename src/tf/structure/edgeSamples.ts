import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { DaruanError } from '../../foundation/errors.js';
import type { Curve } from '../../symbolic/fit.js';
import { hasEdges } from '../layers/edgeLayer.js';
import { Multiplication } from '../layers/Multiplication.js';
import { edgesAndBetween } from './attribute.js';
import { checkSamples } from './checkSamples.js';
import { mixesInputs } from './slices.js';

/** What the edges of a layer do to the values that reach them. */
export interface EdgeSamples {
  readonly inDim: number;
  readonly outDim: number;
  /** Edge (o, i) in entry o·in + i, over values of the node that it reads, before any normalisation. */
  readonly curves: readonly Curve[];
  /** What each output adds to its edges. */
  readonly bias: Float64Array;
  /** Number of factors of each product of outputs, where some are multiplied. */
  readonly arities?: readonly number[];
}

/**
 * The edges of every layer of edges at samples. What stands between two layers is a part of the edges that follow it.
 *
 * @param points  samples that are used, evenly spaced among all
 */
export function edgeSamples(where: string, model: tfl.LayersModel, x: tf.Tensor2D, points: number): EdgeSamples[] {
  const layers = edgesAndBetween(where, model);
  const mixing = layers.find(mixesInputs);
  if (mixing) {
    const problem = `the layer "${mixing.name}" normalises nodes with one another, so that its edges are no functions of one node`;
    throw new DaruanError(where, problem, 'Normalise over the batch, or not at all.');
  }
  checkFactors(where, layers);
  checkSamples(where, model, x);
  const count = Math.min(points, x.shape[0]);
  const chosen = Int32Array.from({ length: count }, (_, k) => Math.floor((k * x.shape[0]) / count));
  const found: EdgeSamples[] = [];
  tf.tidy(() => {
    let h: tf.Tensor = tf.gather(x, tf.tensor1d(chosen, 'int32'));
    let nodes = h.dataSync();
    for (const layer of layers) {
      const output = layer.apply(h) as tf.Tensor;
      if (hasEdges(layer)) {
        const edges = layer.edges(h as tf.Tensor2D);
        const [, outDim, inDim] = edges.shape;
        const values = edges.dataSync();
        const column = (from: ArrayLike<number>, width: number, k: number) =>
          Float64Array.from({ length: count }, (_, s) => from[s * width + k]);
        const inputs = Array.from({ length: inDim }, (_, i) => column(nodes, inDim, i));
        const curves = Array.from({ length: outDim * inDim }, (_, at) => ({
          x: inputs[at % inDim],
          y: column(values, outDim * inDim, at),
        }));
        const rest = tf.mean(tf.sub(output, tf.sum(edges, 2)), 0).dataSync();
        found.push({ inDim, outDim, curves, bias: Float64Array.from(rest) });
        nodes = output.dataSync();
      } else if (layer instanceof Multiplication) {
        found.push({ ...found.pop()!, arities: layer.arities });
        nodes = output.dataSync();
      }
      h = output;
    }
  });
  return found;
}

/** Throws where something stands between sums and their product: it would be a part of no edge. */
function checkFactors(where: string, layers: readonly tfl.layers.Layer[]): void {
  const between = layers.find((layer, k) => {
    const next = layers.slice(k).find((other) => hasEdges(other) || other instanceof Multiplication);
    return !hasEdges(layer) && layer.getClassName() !== 'Dropout' && next !== layer && next instanceof Multiplication;
  });
  if (!between) return;
  const problem = `the layer "${between.name}" (${between.getClassName()}) stands between sums and their products`;
  throw new DaruanError(where, problem, 'Put it behind the products.');
}
