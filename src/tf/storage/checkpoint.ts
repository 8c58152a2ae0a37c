import type * as tfl from '@tensorflow/tfjs-layers';
import { fromBase64, toBase64 } from '../../foundation/base64.js';
import { DaruanError, expected } from '../../foundation/errors.js';
import type { TrainingState } from '../training/fit.js';
import { parse, stringify } from './arrays.js';
import { modelArtifacts, modelFromArtifacts } from './model.js';

const FORMAT = 'daruan.checkpoint';
const VERSION = 1;

/** A training that can go on: the model, the state of its training, and notes of the caller's own. */
export interface Checkpoint<State = TrainingState> {
  readonly model: tfl.LayersModel;
  /** What the training returned: of `fit`, or of another that is plain data. */
  readonly training: State;
  /** Anything that JSON can hold, such as the options of the run. */
  readonly notes: unknown;
}

/** A checkpoint as text: architecture, weights, optimiser, generator and history. Resuming it gives the same bits. */
export async function writeCheckpoint<State = TrainingState>({
  model,
  training,
  notes,
}: Checkpoint<State>): Promise<string> {
  const { topology, specs, weights } = await modelArtifacts(model);
  return stringify({
    format: FORMAT,
    version: VERSION,
    model: { topology, specs, weights: toBase64(weights) },
    training,
    notes,
  });
}

/**
 * The checkpoint that `writeCheckpoint` wrote.
 *
 * @throws if the text is no checkpoint, or of a version that this package does not know
 */
export async function readCheckpoint<State = TrainingState>(text: string): Promise<Checkpoint<State>> {
  let document: { format?: unknown; version?: unknown; model?: unknown; training?: unknown; notes?: unknown };
  try {
    document = parse(text) as typeof document;
  } catch (cause) {
    throw new DaruanError('readCheckpoint', 'the text is not JSON', 'It may have been cut off.', { cause });
  }
  if (document?.format !== FORMAT) throw expected('readCheckpoint', `format "${FORMAT}"`, document?.format);
  if (document.version !== VERSION) {
    throw expected('readCheckpoint', `version ${VERSION}`, document.version, 'Use the release that wrote it.');
  }
  const saved = document.model as { topology: object; specs: never[]; weights: string };
  const isWhole = saved?.topology && Array.isArray(saved.specs) && typeof saved.weights === 'string';
  if (!isWhole || !document.training) {
    throw new DaruanError('readCheckpoint', 'the model or its training is missing', 'Use a file of writeCheckpoint().');
  }
  const model = await modelFromArtifacts({ ...saved, weights: fromBase64(saved.weights) });
  return { model, training: document.training as State, notes: document.notes };
}
