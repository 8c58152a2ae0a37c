import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCsv } from '../../data/csv.js';
import { standardise } from '../../data/standardise.js';
import { deploy } from '../../deploy/deploy.js';
import { DaruanError } from '../../foundation/errors.js';
import { measuredNetwork } from '../../tf/measuredNetwork.js';
import { loadModel } from '../../tf/storage/files.js';
import { startEngine } from '../engine.js';
import { profileNamed } from '../readProfile.js';
import { readSummary } from '../readSummary.js';
import { readText } from '../readText.js';
import type { DeployCommandOptions } from './command.js';
import { writeRound } from './writeRound.js';

/** Writes the first round of a deployment; returns what belongs on stdout. */
export async function writeDeployment(folder: string, options: DeployCommandOptions): Promise<string> {
  const { out, inputs: table, profile: device, zne, extrapolation, ...rest } = options;
  const { inputs, standardisation } = await readSummary(folder);
  const points = (await parseCsv(await readText(table), inputs)).values;
  const profile = device === undefined ? undefined : await profileNamed(device);
  await refuseFull(out);
  await startEngine();
  const network = measuredNetwork(await loadModel(join(folder, 'model')));
  const deployment = deploy(network, standardisation ? standardise(points, standardisation) : points, {
    ...rest,
    ...(profile && { profile }),
    ...(zne && { zne: { scales: zne, method: extrapolation, fold: 'global' as const } }),
  });
  return writeRound(out, deployment);
}

async function refuseFull(out: string): Promise<void> {
  const path = join(out, 'manifest.json');
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  if (exists) throw new DaruanError('--out', `"${path}" is there already`, 'Choose another folder.');
}
