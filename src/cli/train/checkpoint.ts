import { createHash } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { DaruanError } from '../../foundation/errors.js';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from '../../tf/storage/checkpoint.js';
import { writeFileAtomically } from '../../tf/storage/files.js';
import type { TrainingState } from '../../tf/training/fit.js';
import { readText } from '../readText.js';
import type { TrainingData } from './data.js';
import type { TrainSettings } from './settings.js';

/** What the program writes beside model and training state. */
export interface Notes {
  readonly settings: TrainSettings;
  /** SHA-256 of the samples. */
  readonly data: string;
}

const fileIn = (folder: string): string => join(folder, 'checkpoint.json');

export async function saveCheckpoint(folder: string, checkpoint: Omit<Checkpoint, 'notes'>, notes: Notes) {
  await writeFileAtomically(fileIn(folder), await writeCheckpoint({ ...checkpoint, notes }));
}

/** The settings of an interrupted training, before a tfjs backend is chosen and its model can be made. */
export async function peekSettings(folder: string): Promise<TrainSettings> {
  const path = fileIn(folder);
  const text = await readText(path);
  try {
    const { settings } = JSON.parse(text).notes as Notes;
    if (Array.isArray(settings.steps)) return settings;
  } catch {} // said below
  throw new DaruanError('--resume', `"${path}" is no checkpoint of this program`, 'Name the folder of a training.');
}

/** Model and training state of an interrupted training; throws if the samples are no longer those that it saw. */
export async function loadCheckpoint(folder: string, data: TrainingData): Promise<Checkpoint> {
  const checkpoint = await readCheckpoint(await readText(fileIn(folder)));
  if ((checkpoint.notes as Notes).data !== fingerprint(data)) {
    throw new DaruanError(
      '--resume',
      'the samples are not those with which the training began',
      'Restore the table, or begin a new training.',
    );
  }
  return checkpoint;
}

/** Where the training in a folder has come to; undefined where it left no checkpoint. */
export async function readTraining(folder: string): Promise<TrainingState | undefined> {
  const path = fileIn(folder);
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  return exists ? (await readCheckpoint(await readText(path))).training : undefined;
}

/** SHA-256 of all samples. */
export function fingerprint({ train, validation, test }: TrainingData): string {
  const hash = createHash('sha256');
  for (const part of [train, validation, test]) if (part) hash.update(part.x).update(part.y);
  return hash.digest('hex');
}
