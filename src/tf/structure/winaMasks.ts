import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { expected } from '../../foundation/errors.js';
import { type EdgeLayer, hasEdges } from '../layers/edgeLayer.js';
import { edgesAndBetween } from './attribute.js';
import { checkSamples } from './checkSamples.js';

/** Which edges of a network matter for inputs, a layer of edges each, shape [units, in]. */
export interface WinaMasks {
  /** 1 for an edge that is kept, for `setEdgeMasks`. */
  readonly masks: readonly Float64Array[];
  /** By which they were chosen. */
  readonly scores: readonly Float64Array[];
}

/**
 * Which edges to evaluate for an input, or for a sample of inputs: WINA for the edges of QKAN and KAN layers. With φ_oi the
 * contribution of an edge and s_jo the slope of node j of the next layer by node o, edges score
 *
 *   score_oi = rms φ_oi · √(Σ_j mean s_jo²),
 *
 * which is |W_oi x_i|·‖W′_·o‖ where all edges are linear; the sum is 1 in the last layer. In each layer the edges of the largest
 * scores are kept.
 *
 * @param model  a sequential model of QKAN and KAN layers; it stays as it is
 * @param x      shape [samples, inputs]; one row for the masks of one input
 * @param keep   share of each layer's edges that are kept, in (0, 1], at least one; edges that are masked already stay so and do not count
 * @throws if other layers stand in the model, x does not fit it, or keep is out of range
 * @cost the edges of every layer, and a gradient a node
 * @see arXiv:2505.19427
 * @example
 * const model = kan({ width: [2, 5, 1], seed: 1 });
 * const former = setEdgeMasks(model, winaMasks(model, tf.tensor2d([[0.3, -0.8]]), 0.5).masks);
 */
export function winaMasks(model: tfl.LayersModel, x: tf.Tensor2D, keep: number): WinaMasks {
  const layers = edgesAndBetween('winaMasks', model);
  checkSamples('winaMasks', model, x, 1);
  if (!(keep > 0 && keep <= 1)) throw expected('winaMasks', 'keep in (0, 1]', keep);
  const tensors = tf.tidy(() => {
    const reached: tf.Tensor[] = [x]; // before each layer, and after the last
    for (const layer of layers) reached.push(layer.apply(reached[reached.length - 1]) as tf.Tensor);
    return layers.flatMap((layer, at) => {
      if (!hasEdges(layer)) return [];
      const sizes = tf.sqrt(tf.mean(tf.square(layer.edges(reached[at] as tf.Tensor2D)), 0)); // [units, in]
      const next = layers.findIndex((other, k) => k > at && hasEdges(other));
      const outgoing = slopes(layers.slice(at + 1, next < 0 ? layers.length : next + 1), reached[at + 1]);
      return [tf.mul(sizes, outgoing)];
    });
  });
  const scores = tensors.map((tensor) => Float64Array.from(tensor.dataSync()));
  tf.dispose(tensors);
  const former = layers.filter(hasEdges).map((layer) => layer.edgeMask());
  return { scores, masks: scores.map((layer, l) => largest(layer, former[l], keep)) };
}

/**
 * Sets the masks of all layers of edges, in order.
 *
 * @returns the former masks
 * @throws unless there is one mask a layer of edges, of its shape, of 0 and 1
 */
export function setEdgeMasks(model: tfl.LayersModel, masks: readonly ArrayLike<number>[]): readonly Float64Array[] {
  const layers = model.layers.filter((layer): layer is EdgeLayer => hasEdges(layer));
  if (masks?.length !== layers.length) {
    throw expected('setEdgeMasks', `a mask for each of ${layers.length} layers of edges`, masks?.length ?? masks);
  }
  const former = layers.map((layer) => layer.edgeMask());
  for (const [l, layer] of layers.entries()) layer.setMask(masks[l]);
  return former;
}

/** √(Σ_j mean s_jo²) of the outputs j of layers by their inputs o, shape [inputs, 1]; 1 where there is no layer. */
function slopes(layers: readonly tfl.layers.Layer[], inputs: tf.Tensor): tf.Tensor {
  if (layers.length === 0) return tf.ones([inputs.shape[1]!, 1]);
  const output = (h: tf.Tensor, j: number) =>
    tf.slice(
      layers.reduce((value, layer) => layer.apply(value) as tf.Tensor, h),
      [0, j],
      [-1, 1],
    );
  const units = (layers.at(-1)!.outputShape as tfl.Shape).at(-1)!;
  const squares = Array.from({ length: units }, (_, j) =>
    tf.tidy(() => tf.mean(tf.square(tf.grad((h) => output(h, j))(inputs)), 0)),
  );
  return tf.reshape(tf.sqrt(tf.addN(squares)), [-1, 1]);
}

/** 1 for the share `keep` of the edges with the largest scores, among those whose mask is 1. */
function largest(scores: Float64Array, mask: Float64Array, keep: number): Float64Array {
  const alive = Array.from(mask.keys()).filter((at) => mask[at] === 1);
  alive.sort((a, b) => scores[b] - scores[a] || a - b);
  const kept = new Float64Array(mask.length);
  for (const at of alive.slice(0, Math.max(1, Math.round(keep * alive.length)))) kept[at] = 1;
  return kept;
}
