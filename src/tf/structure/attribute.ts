import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { DaruanError } from '../../foundation/errors.js';
import { countNodes, nodesBackward, type ProductNodes, sumsOfNodes } from '../../network/multiplication.js';
import { hasEdges } from '../layers/edgeLayer.js';
import { Multiplication } from '../layers/Multiplication.js';
import { sequentialLayers } from '../training/regularise.js';
import { checkSamples } from './checkSamples.js';

/** How much of the output's variation each part of a network accounts for. */
export interface Attribution {
  /** A layer of edges each: scores of shape [out, in]. */
  readonly edges: readonly Float64Array[];
  /** Scores of nodes, inputs first: those of `edges[l]` go from `nodes[l]` to `nodes[l + 1]`. Outputs share 1 equally. */
  readonly nodes: readonly Float64Array[];
  /** Scores of the sums that `edges[l]` make: those of `nodes[l + 1]`, or where some are multiplied of their factors. */
  readonly sums: readonly Float64Array[];
}

/**
 * Attribution of a network's output to its edges, nodes and inputs. With E_oi the standard deviation of edge (o, i) over the
 * samples and N_o that of node o, scores go backwards from the outputs,
 *
 *   edge_oi = node_o · E_oi/N_o,   node_i = Σ_o edge_oi.
 *
 * E_oi is the standard deviation of what changes where the edge is held at its mean. For factors of a product the same is asked: with F_o
 * the standard deviation of (f_o − mean f_o) · Π of the other factors, sum_o = node · F_o/N. (MultKAN gives each factor all of the node.)
 *
 * Normalisation, dropout and activations between the layers work on one node each and hand its score on; layer normalisation, which
 * mixes nodes, is passed as if it did not.
 *
 * @param model  a sequential model of QKAN and KAN layers, and products of their nodes
 * @param x      samples, shape [samples, inputs]
 * @throws if other layers stand in the model, products of anything but the sums of edges, or x does not fit it
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
  const parts: Part[] = [];
  tf.tidy(() => {
    let h: tf.Tensor = x;
    for (const layer of layers) {
      const output = layer.apply(h) as tf.Tensor;
      if (hasEdges(layer)) {
        const edges = layer.edges(h as tf.Tensor2D);
        parts.push({ kind: 'edges', shares: deviationOf(edges), whole: deviationOf(tf.sum(edges, 2)) });
      } else if (layer instanceof Multiplication) {
        const nodes = layer.productNodes();
        const shares = deviationOf(lossOfFactors(nodes, h as tf.Tensor2D));
        parts.push({ kind: 'factors', shares, whole: deviationOf(output), nodes: sumsOfNodes(nodes) });
      }
      h = output;
    }
  });
  const last = model.outputs[0].shape[1]!;
  let scores = new Float64Array(last).fill(1 / last);
  const found = { edges: [] as Float64Array[], nodes: [scores], sums: [] as Float64Array[] };
  for (const part of parts.reverse()) {
    const { shares, whole } = part;
    const scoreOf = (share: number, o: number) =>
      share === 0 ? 0 : (scores[o] * share) / Math.max(whole[o], ROUNDING * share);
    if (part.kind === 'factors') {
      const factors = new Float64Array(shares.length);
      part.nodes.forEach((sums, n) => {
        for (const o of sums) factors[o] = sums.length === 1 ? scores[n] : scoreOf(shares[o], n);
      });
      scores = factors;
      continue;
    }
    const inDim = shares.length / whole.length;
    const edges = Float64Array.from(shares, (share, at) => scoreOf(share, Math.floor(at / inDim)));
    found.sums.unshift(scores);
    found.edges.unshift(edges);
    scores = Float64Array.from({ length: inDim }, (_, i) => sum(edges.filter((_, at) => at % inDim === i)));
    found.nodes.unshift(scores);
  }
  return found;
}

/** Standard deviations of the parts of each node, and of the node. */
type Part = { readonly shares: Float32Array; readonly whole: Float32Array } & (
  | { readonly kind: 'edges' }
  | { readonly kind: 'factors'; readonly nodes: readonly (readonly number[])[] }
);

/** What each product loses where one of its factors is held at its mean, shape [batch, sums]. */
function lossOfFactors(nodes: ProductNodes, sums: tf.Tensor2D): tf.Tensor2D {
  const values = Float64Array.from(sums.dataSync());
  const [batch, width] = sums.shape;
  const ones = new Float64Array(batch * countNodes(nodes)).fill(1);
  const others = tf.tensor2d(Float32Array.from(nodesBackward(nodes, values, batch, ones)), [batch, width]);
  return tf.mul(tf.sub(sums, tf.mean(sums, 0)), others);
}

/** A node that varies by less than this share of one of its edges varies by rounding. */
const ROUNDING = 1e-6;

/** Standard deviations over the batch. */
const deviationOf = (values: tf.Tensor): Float32Array =>
  tf.sqrt(tf.moments(values, 0).variance).dataSync() as Float32Array;

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** Classes of layers that treat every node for itself, or are taken to, and products of nodes. */
const betweenEdges = [
  'BatchNormalization',
  'LayerNormalization',
  'LayerNorm',
  'Dropout',
  'Activation',
  'Multiplication',
];

/** The layers of a chain of edge layers and what may stand between them. */
export function edgesAndBetween(where: string, model: tfl.LayersModel): tfl.layers.Layer[] {
  const layers = sequentialLayers(model, where);
  const other = layers.find((layer) => !hasEdges(layer) && !betweenEdges.includes(layer.getClassName()));
  if (other || !layers.some(hasEdges)) {
    const what = other ? `the layer "${other.name}" (${other.getClassName()}) has no edges` : 'the model has no edges';
    throw new DaruanError(where, what, 'Use a model of QKAN and KAN layers.');
  }
  let sums = false; // that nothing has multiplied yet
  for (const layer of layers) {
    if (layer instanceof Multiplication && !sums) {
      const problem = `the layer "${layer.name}" (Multiplication) does not multiply the sums of a layer of edges`;
      throw new DaruanError(where, problem, 'Put one behind a layer of edges.');
    }
    sums = hasEdges(layer) || (sums && !(layer instanceof Multiplication));
  }
  return layers;
}
