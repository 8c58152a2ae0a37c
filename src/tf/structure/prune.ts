import type * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { checkFinite } from '../../foundation/checks.js';
import { DaruanError, expected } from '../../foundation/errors.js';
import { sumsOfNodes } from '../../network/multiplication.js';
import { remember } from '../../optimise/curvature.js';
import { type EdgeLayer, hasEdges } from '../layers/edgeLayer.js';
import { Multiplication } from '../layers/Multiplication.js';
import { modelArtifacts, modelFromArtifacts } from '../storage/model.js';
import type { TrainingState } from '../training/fit.js';
import { attributeFor, edgesAndBetween } from './attribute.js';
import { carryTraining } from './carryTraining.js';
import { type Grown, growArtifacts, pickRows } from './growWeights.js';
import { keptParts, type PruneThresholds } from './keep.js';
import { mixesInputs, sharesByPlace, weightAxes } from './slices.js';

export interface PruneOptions extends PruneThresholds {
  /** The state of a training of the model, to be carried over with its optimiser. */
  readonly training?: TrainingState;
}

/** A smaller network. */
export interface Pruned {
  readonly model: tfl.LayersModel;
  /** Which nodes of the old network are those of the new one, inputs first. */
  readonly nodes: readonly (readonly number[])[];
  /** Number of edges that are left. */
  readonly edges: number;
  /** The training to resume, where one was given: what it knew of the parameters that are left. */
  readonly training?: TrainingState;
}

/**
 * Pruning: a network without the edges, nodes and, if asked, inputs that account for next to nothing of the output (`attribute`).
 * Nodes are really removed, with their weights; edges are masked. Where the next layer shares circuits or rational functions by the
 * place of its inputs, all edges of a node are masked in its place; nodes that are normalised with one another (layer normalisation,
 * AF-KAN) stay with the edges to them. So do every option, weight and statistic of what is left. A product goes with all of its factors,
 * or stays with all. An edge that is constant on the samples counts for nothing: what it adds goes with it, so train on afterwards:
 * with `training` from the optimiser's state, but for the best loss, which belonged to the whole network.
 *
 * @param model  a sequential model of QKAN and KAN layers; it stays as it is
 * @param x      samples, shape [samples, inputs]
 * @returns the network, with inputs `nodes[0]` of the old one
 * @throws if nothing would be left of a layer
 * @see arXiv:2408.10205, section 4
 * @example const { model, nodes } = await prune(kan({ width: [2, 5, 1], seed: 1 }), tf.randomUniform<tf.Rank.R2>([100, 2]));
 */
export async function prune(model: tfl.LayersModel, x: tf.Tensor2D, options: PruneOptions = {}): Promise<Pruned> {
  const { training, ...thresholds } = options;
  for (const [name, value] of Object.entries(thresholds)) {
    if (value === undefined) continue;
    checkFinite('prune', name, value);
    if (value < 0) throw expected('prune', `${name} ≥ 0`, value);
  }
  const layers = edgesAndBetween('prune', model);
  const edgeLayers = layers.filter(hasEdges);
  const readers = readersOf(layers);
  const bound = readers.map((reading) => reading.some(mixesInputs));
  const sums = sumsOfLayers(layers);
  const masks = edgeLayers.map((layer) => layer.edgeMask());
  const kept = keptParts(attributeFor('prune', model, x), thresholds, { bound, sums, masks });
  checkRest(edgeLayers, kept.edges);

  const nodes = kept.nodes.map((alive, l) => {
    const all = Array.from(alive.keys());
    return readers[l].some(sharesByPlace) ? all : all.filter((k) => alive[k]);
  });
  const picked = new Map<string, Grown>();
  const widths = new Map<string, Width>();
  const keptSums = sums.map((parts, l) => nodes[l + 1].flatMap((n) => parts[n]));
  let [l, inputs] = [0, nodes[0]]; // layers of edges so far, and what of the values before a layer is left
  for (const layer of layers) {
    const outputs = hasEdges(layer) ? keptSums[l] : layer instanceof Multiplication ? nodes[l] : inputs;
    for (const { originalName, shape } of layer.weights) {
      const axes = weightAxes(layer, originalName, shape as number[]);
      if (axes.length === 0) continue;
      const rows = axes.map((axis) => (axis === 'in' ? inputs : outputs));
      picked.set(originalName, pickRows(shape as number[], rows));
    }
    widths.set(layer.name, {
      inputs: inputs.length,
      ...(hasEdges(layer) && { units: outputs.length }),
      ...(layer instanceof Multiplication && { arities: aritiesOf(nodes[l].map((n) => sums[l - 1][n])) }),
    });
    if (hasEdges(layer)) l++;
    inputs = outputs;
  }
  for (const { name } of model.inputLayers) widths.set(name, { inputs: nodes[0].length });
  const artifacts = growArtifacts(await modelArtifacts(model), picked);
  const topology = withWidths(artifacts.topology, widths) as object;
  const pruned = await modelFromArtifacts({ ...artifacts, topology });

  let edges = 0;
  edgeLayers.forEach((layer, k) => {
    const inDim = kept.nodes[k].length;
    const stays = (at: number) => (kept.edges[k][at] ? masks[k][at] : 0);
    const mask = keptSums[k].flatMap((o) => nodes[k].map((i) => stays(o * inDim + i)));
    (pruned.getLayer(layer.name) as EdgeLayer).setMask(mask);
    edges += mask.reduce((sum, value) => sum + value, 0);
  });
  return { model: pruned, nodes, edges, ...(training && { training: carried(model, training, picked) }) };
}

/** The training of the parts that are left. Curvature seen along parts that are gone may say something else now. */
function carried(model: tfl.LayersModel, training: TrainingState, picked: ReadonlyMap<string, Grown>): TrainingState {
  const { optimiser, ...rest } = carryTraining(model, training, picked);
  const pairs = optimiser && 'pairs' in optimiser ? optimiser.pairs : undefined;
  const sound = pairs?.reduce<typeof pairs>((kept, pair) => remember(kept, pair, pairs.length), []);
  return { ...rest, optimiser: sound ? { ...optimiser!, pairs: sound } : optimiser, best: null };
}

function checkRest(layers: readonly EdgeLayer[], edges: readonly boolean[][]): void {
  const empty = edges.findIndex((layer) => !layer.includes(true));
  if (empty < 0) return;
  const problem = `nothing is left of the layer "${layers[empty].name}" and its ${edges[empty].length} edges`;
  throw new DaruanError('prune', problem, 'Lower the thresholds, or train on.');
}

/** For nodes of each layer, inputs first: the layers up to the next one of edges, which read them. */
function readersOf(layers: readonly tfl.layers.Layer[]): tfl.layers.Layer[][] {
  const readers: tfl.layers.Layer[][] = [[]];
  for (const layer of layers) {
    readers[readers.length - 1].push(layer);
    if (hasEdges(layer)) readers.push([]);
  }
  return readers;
}

/** For each layer of edges, which of its sums make each node. */
export function sumsOfLayers(layers: readonly tfl.layers.Layer[]): number[][][] {
  const found: number[][][] = [];
  for (const layer of layers) {
    if (hasEdges(layer)) found.push(sumsOfNodes({ sums: layer.units, arities: [] }));
    if (layer instanceof Multiplication) found[found.length - 1] = sumsOfNodes(layer.productNodes());
  }
  return found;
}

const aritiesOf = (nodes: readonly (readonly number[])[]): number[] =>
  nodes.map(({ length }) => length).filter((length) => length > 1);

/** Sizes of a layer: its inputs, and the outputs of one of edges, or the factors of products. */
interface Width {
  readonly inputs: number;
  readonly units?: number;
  readonly arities?: readonly number[];
}

/** The architecture with other widths, layer by name. */
function withWidths(node: unknown, widths: ReadonlyMap<string, Width>): unknown {
  if (Array.isArray(node)) return node.map((item) => withWidths(item, widths));
  if (typeof node !== 'object' || node === null) return node;
  const copy: Record<string, unknown> = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, withWidths(value, widths)]),
  );
  const width = typeof copy.name === 'string' ? widths.get(copy.name) : undefined;
  if (!width) return copy;
  const shape = copy.batch_input_shape;
  return {
    ...copy,
    ...(Array.isArray(shape) && { batch_input_shape: [...shape.slice(0, -1), width.inputs] }),
    ...('units' in copy && width.units !== undefined && { units: width.units }),
    ...('arities' in copy && width.arities && { arities: width.arities }),
  };
}
