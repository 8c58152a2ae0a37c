import { join } from 'node:path';
import { readManifest } from '../../deploy/readManifest.js';
import { simulateJobs } from '../../deploy/simulateJobs.js';
import { Random } from '../../foundation/random.js';
import { profileNamed } from '../readProfile.js';
import { readText } from '../readText.js';
import { writeText } from '../writeText.js';
import type { RunJobsOptions } from './command.js';

/** Runs the open round of a folder on the simulator, and writes the counts. */
export async function runJobs(folder: string, { profile: source, seed }: RunJobsOptions): Promise<void> {
  const text = await readText(join(folder, 'manifest.json'));
  const { manifest } = readManifest(text);
  const profile = source === undefined ? manifest.profile : await profileNamed(source);
  const files: Record<string, string> = {};
  for (const { file } of manifest.jobs) files[file] = await readText(join(folder, file));
  const random = new Random(seed);
  for (let past = 1; past < manifest.round; past++) random.bits(); // rounds of one seed draw other shots
  const counts = simulateJobs(text, files, { seed: random.bits(), ...(profile && { profile }) });
  for (const job of manifest.jobs) await writeText(join(folder, job.counts), `${JSON.stringify(counts[job.name])}\n`);
  const device = profile ? `the device "${profile.name}", simulated` : 'a simulated device without noise';
  process.stderr.write(
    `Round ${manifest.round}: ${manifest.jobs.length} job(s) run on ${device}. Next: daruan collect ${folder}\n`,
  );
}
