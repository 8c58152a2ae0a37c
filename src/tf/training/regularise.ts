import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { DaruanError } from '../../foundation/errors.js';
import { hasEdges } from '../layers/edgeLayer.js';

/** Sparsity of the edges: strength · Σ_layers ( l1 · Σ a_oi + entropy · S ), a_oi the mean |φ_oi| over the batch. */
export interface Regularisation {
  readonly strength: number;
  /** Weight of Σ a_oi. Default 1. */
  readonly l1?: number;
  /** Weight of the entropy S = −Σ p log p of p_oi = a_oi / Σ a. Default 2. */
  readonly entropy?: number;
}

/**
 * The output of a sequential model and its sparsity penalty, differentiable through the activations of every QKAN and KAN layer.
 *
 * @see arXiv:2404.19756, section 2.5.1
 */
export function forwardWithPenalty(
  model: tfl.LayersModel,
  x: tf.Tensor,
  { strength, l1 = 1, entropy = 2 }: Regularisation,
): { output: tf.Tensor; penalty: tf.Scalar } {
  let penalty: tf.Tensor = tf.scalar(0);
  let h = x;
  for (const layer of sequentialLayers(model)) {
    if (hasEdges(layer)) {
      const sizes = tf.mean(tf.abs(layer.edges(h as tf.Tensor2D)), 0); // [out, in]
      const total = tf.sum(sizes);
      const share = tf.div(sizes, tf.add(total, TINY));
      const disorder = tf.neg(tf.sum(tf.mul(share, tf.log(tf.add(share, TINY)))));
      penalty = tf.add(penalty, tf.add(tf.mul(total, l1), tf.mul(disorder, entropy)));
    }
    h = layer.apply(h, { training: true }) as tf.Tensor;
  }
  return { output: h, penalty: tf.mul(penalty, strength) as tf.Scalar };
}

/** Keeps the logarithm and the quotient finite where an edge, or all of them, vanish. */
const TINY = 1e-12;

/** The layers of a model that is a chain, in order, without its input layers. */
export function sequentialLayers(model: tfl.LayersModel, where = 'fit'): tfl.layers.Layer[] {
  const layers = model.layers.filter((layer) => layer.getClassName() !== 'InputLayer');
  const chained = layers.every(
    (layer) => layer.inboundNodes.length === 1 && layer.inboundNodes[0].inboundLayers.length <= 1,
  );
  if (!chained) {
    const what = where === 'fit' ? 'regularisation needs a sequential model' : 'the model is not sequential';
    throw new DaruanError(
      where,
      what,
      `${where === 'fit' ? 'Leave it out, or build' : 'Build it'} with tf.sequential.`,
    );
  }
  return layers;
}
