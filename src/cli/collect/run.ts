import { join } from 'node:path';
import { collect, type RoundResult } from '../../deploy/collect.js';
import type { Manifest } from '../../deploy/manifest.js';
import { readManifest } from '../../deploy/readManifest.js';
import { writeRound } from '../deploy/writeRound.js';
import { readText } from '../readText.js';
import { writeText } from '../writeText.js';
import type { CollectCommandOptions } from './command.js';

/** Collects the open round of a folder; returns what belongs on stdout. */
export async function collectFolder(folder: string, { counts: shape }: CollectCommandOptions): Promise<string> {
  const text = await readText(join(folder, 'manifest.json'));
  const { manifest } = readManifest(text);
  const counts: Record<string, string> = {};
  for (const job of manifest.jobs) counts[job.name] = await readText(join(folder, job.counts));
  const { result, next } = collect(text, counts, shape ? { shape } : {});
  await writeText(join(folder, `round-${manifest.round}/result.json`), resultText(result));
  if (next) return writeRound(folder, next);
  const table = outputTable(result, manifest);
  await writeText(join(folder, 'outputs.csv'), table);
  process.stderr.write(`All ${manifest.rounds} round(s) are done: ${join(folder, 'outputs.csv')}\n`);
  return table;
}

/** Arrays as lists, so that any program reads them. */
const resultText = (result: RoundResult): string =>
  `${JSON.stringify(result, (_, value) => (value instanceof Float64Array ? Array.from(value) : value), 1)}\n`;

function outputTable({ outputs, standardErrors }: RoundResult, { samples }: Manifest): string {
  const width = outputs.length / samples;
  const columns = Array.from({ length: width }, (_, o) => [`output_${o}`, `error_${o}`]).flat();
  const rows = Array.from({ length: samples }, (_, b) =>
    Array.from({ length: width }, (_, o) => [outputs[b * width + o], standardErrors[b * width + o]]).flat(),
  );
  return [columns, ...rows, []].map((row) => row.join(',')).join('\n');
}
