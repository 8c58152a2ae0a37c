import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Deployment } from '../../deploy/deploy.js';
import { writeText } from '../writeText.js';

/** Writes the files of a round, the manifest last: it names nothing that is not there. Returns what belongs on stdout. */
export async function writeRound(folder: string, { manifest, files }: Deployment): Promise<string> {
  const { 'manifest.json': text, ...jobs } = files;
  for (const [path, content] of Object.entries(jobs)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeText(join(folder, path), content);
  }
  await mkdir(folder, { recursive: true });
  await writeText(join(folder, 'manifest.json'), text);
  const { round, rounds, jobs: list, settings } = manifest;
  const circuits = list.reduce((sum, { tasks }) => sum + tasks.length, 0);
  process.stderr.write(
    `Round ${round} of ${rounds}: ${list.length} job(s) of ${settings.shots} shots, ${circuits} circuits, in ${folder}\n`,
  );
  return `${JSON.stringify({ folder, round, rounds, jobs: list.length, circuits, shots: settings.shots }, null, 2)}\n`;
}
