import { join, resolve } from 'node:path';
import { DaruanError } from '../../foundation/errors.js';
import { hasEdges } from '../../tf/layers/edgeLayer.js';
import { countParameters, datasetTensors } from '../../tf/plainArrays.js';
import { loadModel } from '../../tf/storage/files.js';
import { attribute } from '../../tf/structure/attribute.js';
import { type Pruned, prune, sumsOfLayers } from '../../tf/structure/prune.js';
import type { FitResult } from '../../tf/training/fit.js';
import { widthOf } from '../../tf/width.js';
import { startReadableEngine } from '../engine.js';
import { readSummary, requirePart } from '../readSummary.js';
import { readText } from '../readText.js';
import { fingerprint, readTraining, saveCheckpoint } from '../train/checkpoint.js';
import { prepareData } from '../train/data.js';
import { clearFolder, writeResults } from '../train/results.js';
import { errorsOn, type Summary } from '../train/summary.js';
import { trainedSamples } from '../trainedSamples.js';
import type { PruneCommandOptions } from './command.js';
import { scoresOf, scoreTable } from './scores.js';

/** Prunes a trained network, and writes it if there is a place for it; returns the scores, which belong on stdout. */
export async function pruneNetwork(folder: string, options: PruneCommandOptions): Promise<string> {
  const { data, nodeThreshold: node, edgeThreshold: edge, inputThreshold: input, json, out } = options;
  const summary = await readSummary(folder);
  requirePart('prune', 'hasEdges', summary);
  if (out !== undefined && resolve(out) === resolve(folder)) {
    throw new DaruanError('--out', 'the network would replace the one that it is made from', 'Choose another folder.');
  }
  const { x, y, numSamples } = await trainedSamples(summary, data);
  await startReadableEngine(summary.settings.backend);
  const model = await loadModel(join(folder, 'model'));
  const training = out === undefined ? undefined : await readTraining(folder);
  const samples = datasetTensors(numSamples, x, y);
  const tensor = samples.x as Parameters<typeof prune>[1];
  const attribution = attribute(model, tensor);
  const pruned = await prune(model, tensor, { node, edge, ...(input !== undefined && { input }), training });
  samples.x.dispose();
  samples.y.dispose();
  const masks = pruned.model.layers.filter(hasEdges).map((layer) => layer.edgeMask());
  const scores = scoresOf(attribution, summary.inputs, sumsOfLayers(model.layers), pruned.nodes, masks);
  process.stderr.write(`${describe(pruned, scores.edges.length)}\n`);
  if (out !== undefined) await writePruned(folder, out, summary, pruned, scores.edges.length);
  return json ? `${JSON.stringify(scores, null, 2)}\n` : scoreTable(scores);
}

const describe = ({ nodes, edges }: Pruned, before: number): string =>
  `Pruned: ${edges} of ${before} edges are left, in layers of ${nodes.map(({ length }) => length).join(',')} nodes.`;

/** The results of the training, for the network that is left of it. */
async function writePruned(folder: string, out: string, summary: Summary, pruned: Pruned, before: number) {
  const { model, nodes, edges, training } = pruned;
  const pick = <T>(values: readonly T[]): T[] => nodes[0].map((i) => values[i]);
  const inputs = pick(summary.inputs);
  const settings = {
    ...summary.settings,
    width: widthOf(model),
    ...(inputs.length < summary.inputs.length && { keptInputs: inputs }),
  };
  const data = await prepareData(settings);
  const { history } = JSON.parse(await readText(join(folder, 'history.json'))) as Pick<FitResult, 'history'>;
  const { standardisation: scaling, validation: _, test: __, ...rest } = summary;
  const left: Summary = {
    ...rest,
    folder: resolve(out),
    message: describe(pruned, before),
    parameters: countParameters(model),
    loss: null,
    train: await errorsOn(model, data.train),
    ...(data.validation && { validation: await errorsOn(model, data.validation) }),
    ...(data.test && { test: await errorsOn(model, data.test) }),
    inputs,
    ...(scaling && { standardisation: { mean: pick(scaling.mean), scale: pick(scaling.scale) } }),
    settings,
    pruned: { from: resolve(folder), nodes, edges },
  };
  await clearFolder(out);
  if (training) await saveCheckpoint(out, { model, training }, { settings, data: fingerprint(data) });
  await writeResults(out, model, data.train, { history, stopped: rest.stopped, message: left.message }, left);
  process.stderr.write(`The network is in ${left.folder}\n`);
}
