import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { DaruanError } from '../../foundation/errors.js';
import { type EdgeLayer, hasEdges } from '../layers/edgeLayer.js';
import { sequentialLayers } from '../training/regularise.js';
import { checkSamples } from './checkSamples.js';

/** How much of the output's variation each part of a network accounts for. */
export interface Attribution {
  /** A layer of edges each: scores of shape [out, in]. */
  readonly edges: readonly Float64Array[];
  /** Scores of nodes, inputs first: those of `edges[l]` go from `nodes[l]` to `nodes[l + 1]`. Outputs share 1 equally. */
  readonly nodes: readonly Float64Array[];
}

/**
 * Attribution of a network's output to its edges, nodes and inputs. With E_oi the standard deviation of edge (o, i) over the
 * samples and N_o that of node o, scores go backwards from the outputs,
 *
 *   edge_oi = node_o · E_oi/N_o,   node_i = Σ_o edge_oi.
 *
 * Normalisation, dropout and activations between the layers work on one node each and hand its score on; layer normalisation, which
 * mixes nodes, is passed as if it did not.
 *
 * @param model  a sequential model of QKAN and KAN layers
 * @param x      samples, shape [samples, inputs]
 * @throws if other layers stand in the model, or x does not fit it
 * @cost the edges of every layer, samples · out · in numbers at a time
 * @see arXiv:2408.10205, section 4
 * @example attribute(qkan({ width: [2, 3, 1], seed: 1 }), tf.randomUniform<tf.Rank.R2>([100, 2])).nodes[0] // scores of the two inputs
 */
export function attribute(model: tfl.LayersModel, x: tf.Tensor2D): Attribution {
  return attributeFor('attribute', model, x);
}

/** `attribute` in the name of another function. */
export function attributeFor(where: string, model: tfl.LayersModel, x: tf.Tensor2D): Attribution {
  const layers = edgesAndBetween(where, model);
  checkSamples(where, model, x);
  const deviations: { edges: Float32Array; nodes: Float32Array; layer: EdgeLayer }[] = [];
  tf.tidy(() => {
    let h: tf.Tensor = x;
    for (const layer of layers) {
      if (hasEdges(layer)) {
        const edges = layer.edges(h as tf.Tensor2D);
        deviations.push({ layer, edges: deviationOf(edges), nodes: deviationOf(tf.sum(edges, 2)) });
      }
      h = layer.apply(h) as tf.Tensor;
    }
  });
  const last = deviations[deviations.length - 1].layer.units;
  const nodes = [new Float64Array(last).fill(1 / last)];
  const edges: Float64Array[] = [];
  for (const { edges: deviation, nodes: whole } of deviations.reverse()) {
    const inDim = deviation.length / whole.length;
    const scores = Float64Array.from(deviation, (part, at) => {
      const o = Math.floor(at / inDim);
      return part === 0 ? 0 : (nodes[0][o] * part) / Math.max(whole[o], ROUNDING * part);
    });
    edges.unshift(scores);
    nodes.unshift(Float64Array.from({ length: inDim }, (_, i) => sum(scores.filter((_, at) => at % inDim === i))));
  }
  return { edges, nodes };
}

/** A node that varies by less than this share of one of its edges varies by rounding. */
const ROUNDING = 1e-6;

/** Standard deviations over the batch. */
const deviationOf = (values: tf.Tensor): Float32Array =>
  tf.sqrt(tf.moments(values, 0).variance).dataSync() as Float32Array;

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** Classes of layers that treat every node for itself, or are taken to. */
const betweenEdges = ['BatchNormalization', 'LayerNormalization', 'LayerNorm', 'Dropout', 'Activation'];

/** The layers of a chain of edge layers and what may stand between them. */
export function edgesAndBetween(where: string, model: tfl.LayersModel): tfl.layers.Layer[] {
  const layers = sequentialLayers(model, where);
  const other = layers.find((layer) => !hasEdges(layer) && !betweenEdges.includes(layer.getClassName()));
  if (other || !layers.some(hasEdges)) {
    const what = other ? `the layer "${other.name}" (${other.getClassName()}) has no edges` : 'the model has no edges';
    throw new DaruanError(where, what, 'Use a model of QKAN and KAN layers.');
  }
  return layers;
}
