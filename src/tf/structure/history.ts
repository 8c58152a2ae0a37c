import { DaruanError, expected } from '../../foundation/errors.js';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from '../storage/checkpoint.js';
import type { TrainingState } from '../training/fit.js';

/** States of a model and its training that were kept, the oldest first. Plain data: it may be written to a file. */
export type ModelHistory = readonly { readonly label: string; readonly checkpoint: string }[];

/**
 * A history with the present state at its end, under a label.
 *
 * @throws if the label is taken
 * @example
 * const model = kan({ width: [1, 1] });
 * const data = { x: tf.randomUniform([20, 1]), y: tf.ones([20, 1]) };
 * const { state } = await fit(model, data, { schedule: [{ method: 'lbfgs', steps: 1 }] });
 * const history = await remember([], 'one step', { model, training: state, notes: null });
 * const { model: again } = await rewind(history, 'one step');
 */
export async function remember<State = TrainingState>(
  history: ModelHistory,
  label: string,
  present: Checkpoint<State>,
): Promise<ModelHistory> {
  if (typeof label !== 'string' || label === '') throw expected('remember', 'a label', label);
  if (history.some((moment) => moment.label === label)) {
    throw new DaruanError('remember', `the label "${label}" is taken`, 'Choose another.');
  }
  return [...history, { label, checkpoint: await writeCheckpoint(present) }];
}

/** The state under a label, with the history up to it: what came later is left behind. */
export async function rewind<State = TrainingState>(
  history: ModelHistory,
  label: string,
): Promise<Checkpoint<State> & { readonly history: ModelHistory }> {
  const at = history.findIndex((moment) => moment.label === label);
  if (at < 0) {
    const labels = history.map((moment) => `"${moment.label}"`).join(', ');
    throw expected('rewind', `one of the labels ${labels || '(there are none)'}`, label);
  }
  return { ...(await readCheckpoint<State>(history[at].checkpoint)), history: history.slice(0, at + 1) };
}
