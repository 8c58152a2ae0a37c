import { join } from 'node:path';
import { DaruanError } from '../foundation/errors.js';
import { readText } from './readText.js';
import { layerKinds, layerNames } from './train/layers.js';
import type { Summary } from './train/summary.js';

/** What `daruan train` wrote about its results; throws if the folder holds none. */
export async function readSummary(folder: string): Promise<Summary> {
  const path = join(folder, 'summary.json');
  const text = await readText(path);
  try {
    const summary = JSON.parse(text) as Summary;
    if (Array.isArray(summary.inputs) && Array.isArray(summary.targets)) return summary;
  } catch {} // said below
  throw new DaruanError('file', `"${path}" is no summary of a training`, 'Name the folder of a training.');
}

const parts = {
  hasEdges: 'has no edges that are functions of one input',
  hasCircuits: 'has no quantum circuits',
} as const;

/** Throws unless networks of that kind have edges, or circuits. */
export function requirePart(where: string, part: keyof typeof parts, { settings: { layer } }: Summary): void {
  if (layerKinds[layer][part]) return;
  const owners = layerNames.filter((kind) => layerKinds[kind][part]);
  const problem = `the network was trained with --layer ${layer}, which ${parts[part]}`;
  throw new DaruanError(where, problem, `Train one with --layer ${owners.join(' or ')}.`);
}
