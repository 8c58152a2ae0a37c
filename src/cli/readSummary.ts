import { join } from 'node:path';
import { DaruanError } from '../foundation/errors.js';
import { readText } from './readText.js';
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
