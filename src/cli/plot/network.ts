import { join } from 'node:path';
import { loadModel } from '../../tf/storage/files.js';
import { startReadableEngine } from '../engine.js';
import { readSummary, requirePart } from '../readSummary.js';
import { prepareData } from '../train/data.js';
import { drawNetwork } from '../train/results.js';
import type { PlotOptions } from './command.js';

/** The trained network, over the samples that it was trained on. */
export async function plotNetwork(folder: string, { title, theme }: PlotOptions): Promise<string> {
  const summary = await readSummary(folder);
  requirePart('plot', 'hasEdges', summary);
  const { settings } = summary;
  const { train } = await prepareData(settings);
  await startReadableEngine(settings.backend);
  return drawNetwork(await loadModel(join(folder, 'model')), train, { title, theme });
}
