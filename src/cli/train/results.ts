import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { toQasm3 } from '../../../circuits/text/qasm3.js';
import type { Dataset } from '../../data/dataset.js';
import { DaruanError } from '../../foundation/errors.js';
import { lossSvg } from '../../plot/loss.js';
import { networkSvg } from '../../plot/network.js';
import type { PictureOptions } from '../../plot/theme.js';
import { describeLayers } from '../../tf/describe.js';
import { edgeCurves } from '../../tf/edgeCurves.js';
import { datasetTensors } from '../../tf/plainArrays.js';
import { readOnHost } from '../../tf/readOnHost.js';
import { saveModel, writeFileAtomically } from '../../tf/storage/files.js';
import type { FitResult } from '../../tf/training/fit.js';
import { circuitName } from '../circuitName.js';
import { layerKinds } from './layers.js';
import { edgeSpectra } from './spectrum.js';
import type { Summary } from './summary.js';

type Model = Parameters<typeof saveModel>[0];

/** Everything that a training writes into its folder, but for the checkpoint. */
const names = ['model', 'history.json', 'network.svg', 'loss.svg', 'spectrum.json', 'circuits', 'summary.json'];

/** Makes the folder, and removes what an earlier training left in it: results of two trainings are never mixed. */
export async function clearFolder(
  folder: string,
  outdated: readonly string[] = [...names, 'checkpoint.json'],
): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    for (const name of outdated) await rm(join(folder, name), { recursive: true, force: true });
  } catch (cause) {
    const { message } = cause as Error;
    throw new DaruanError('--out', `"${folder}" cannot be written: ${message}`, 'Choose another folder.', { cause });
  }
}

/** Steps and losses, for whoever wants to plot them otherwise. */
export async function writeHistory(
  folder: string,
  { history, stopped, message }: Pick<FitResult, 'history' | 'stopped' | 'message'>,
): Promise<void> {
  await writeJson(join(folder, 'history.json'), { stopped, message, history });
}

/** Writes model, pictures, spectra, circuits and summary: those that there are of its kind of layer. */
export async function writeResults(
  folder: string,
  model: Model,
  train: Dataset,
  result: Pick<FitResult, 'history' | 'stopped' | 'message'>,
  summary: Summary,
) {
  await clearFolder(folder, names);
  const { hasEdges, hasCircuits } = layerKinds[summary.settings.layer];
  await saveModel(model, join(folder, 'model'));
  await writeHistory(folder, result);
  if (hasEdges)
    await writeFileAtomically(join(folder, 'network.svg'), await readOnHost(model, () => drawNetwork(model, train)));
  await writeFileAtomically(join(folder, 'loss.svg'), drawLoss(result));
  if (hasCircuits) await writeCircuits(folder, model);
  await writeJson(join(folder, 'summary.json'), summary); // the last: where it is, all is
}

async function writeCircuits(folder: string, model: Model): Promise<void> {
  const layers = await readOnHost(model, describeLayers);
  await writeJson(join(folder, 'spectrum.json'), edgeSpectra(layers));
  await mkdir(join(folder, 'circuits'), { recursive: true });
  for (const [layer, { inDim, outDim, circuit }] of layers.entries()) {
    for (let edge = 0; edge < outDim * inDim; edge++) {
      const [output, input] = [Math.floor(edge / inDim), edge % inDim];
      const path = join(folder, 'circuits', `${circuitName(layer, output, input)}.qasm`);
      await writeFileAtomically(path, toQasm3(circuit(output, input)));
    }
  }
}

/** The network, each curve over the values that reach it from the samples. */
export function drawNetwork(
  model: Model,
  { numSamples, x, y, inputs, targets }: Dataset,
  { title, ...options }: PictureOptions & { readonly title?: string } = {},
): string {
  const tensors = datasetTensors(numSamples, x, y);
  try {
    const layers = edgeCurves(model, tensors.x as Parameters<typeof edgeCurves>[1]);
    const numEdges = layers.reduce((sum, { curves }) => sum + curves.length, 0);
    return networkSvg(
      { layers, inputNames: inputs, outputNames: targets, title },
      { ...options, edges: numEdges > BOXES ? 'lines' : 'boxes', maxEdges: numEdges },
    );
  } finally {
    tensors.x.dispose();
    tensors.y.dispose();
  }
}

/** On a logarithmic axis, unless a loss is zero or (with a penalty) below. */
const drawLoss = ({ history }: Pick<FitResult, 'history'>): string =>
  lossSvg(history, {
    verticalScale: history.some(({ loss, validationLoss = 1 }) => Math.min(loss, validationLoss) <= 0)
      ? 'linear'
      : 'log',
  });

/** More edges than this are drawn as lines. */
const BOXES = 200;

const writeJson = (path: string, value: unknown): Promise<void> =>
  writeFileAtomically(path, `${JSON.stringify(value, null, 2)}\n`);
