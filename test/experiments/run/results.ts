import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { DaruanError } from '../../../src/foundation/errors.js';
import { type Job, jobName, type Result } from '../experiment.js';

/** Writes a whole file or none. */
export function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}

const pathOf = (folder: string, job: Job): string => join(folder, `${jobName(job)}.json`);

/** Keeps the result of a job in a file of its own. */
export function keepResult(folder: string, result: Result): void {
  writeWhole(pathOf(folder, result.job), `${JSON.stringify(result, undefined, 2)}\n`);
}

/**
 * The result of a job that an earlier run has finished, or undefined.
 *
 * @throws if what stands there was found with other settings
 */
export function earlierResult(folder: string, job: Job): Result | undefined {
  const path = pathOf(folder, job);
  if (!existsSync(path)) return undefined;
  const result = JSON.parse(readFileSync(path, 'utf8')) as Result;
  if (isDeepStrictEqual(result.job, job)) return result;
  const problem = `"${path}" was found with other settings`;
  throw new DaruanError('experiment', problem, 'Remove the folder, or pass another one by --out.');
}
