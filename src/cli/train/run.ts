import { resolve } from 'node:path';
import { DaruanError } from '../../foundation/errors.js';
import { countParameters, datasetTensors, fetchPrediction } from '../../tf/plainArrays.js';
import { type FitResult, fit, type TrainingState } from '../../tf/training/fit.js';
import type { Stage } from '../../tf/training/stages.js';
import { describeEngine, type Engine, startEngine } from '../engine.js';
import { exitCodes, TrainingFailed } from '../exit.js';
import { fingerprint, loadCheckpoint, saveCheckpoint } from './checkpoint.js';
import { prepareData, type TrainingData } from './data.js';
import { listenForInterrupt } from './interrupt.js';
import { createModel, type Model } from './networks.js';
import { optimizers } from './options.js';
import { showProgress } from './progress.js';
import { clearFolder, writeHistory, writeResults } from './results.js';
import type { TrainSettings } from './settings.js';
import { describeSummary, errorsOn, type Summary } from './summary.js';

/**
 * Trains as the settings say, from the beginning or from the checkpoint in `folder`, and writes all results into `folder`.
 *
 * @returns the exit status
 */
export async function train(given: TrainSettings, folder: string, resume: boolean): Promise<number> {
  const data = await prepareData(given);
  const engine = await startEngine(given.backend);
  process.stderr.write(describeEngine(engine));
  const settings = { ...given, backend: engine.backend.name }; // a resumed training needs the same arithmetic
  const start = resume ? await loadCheckpoint(folder, data) : undefined;
  const model = start ? (start.model as Model) : createModel(settings, data);
  await fetchPrediction(model, data.train.x); // data outside an ansatz's domain are bad input, not a failure of training
  if (!start) await clearFolder(folder);
  const notes = { settings, data: fingerprint(data) };
  const save = (training: TrainingState) => saveCheckpoint(folder, { model, training }, notes);

  const result = await learn(model, data, settings, start?.training, save);
  if (result.stopped === 'aborted') {
    const again = `daruan train --resume ${/[^\w./-]/.test(folder) ? JSON.stringify(folder) : folder}`;
    process.stderr.write(`${result.message} Go on with: ${again}\n`);
    return exitCodes.interrupted;
  }
  if (result.stopped === 'not finite') {
    await writeHistory(folder, result);
    throw new TrainingFailed('train', result.message.replace(/\. .*$/, ''), result.message.replace(/^.*?\. /, ''));
  }
  const summary = await summarise(folder, model, data, settings, result, engine);
  await writeResults(folder, model, data.train, result, summary);
  process.stderr.write(describeSummary(summary));
  process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
  return exitCodes.success;
}

/** Runs the optimiser, with progress, checkpoints and a way to stop it; leaves a checkpoint behind. */
async function learn(
  model: Model,
  { train, validation = undefined, test = undefined }: TrainingData,
  settings: TrainSettings,
  resume: TrainingState | undefined,
  save: (state: TrainingState) => Promise<void>,
): Promise<FitResult> {
  const { optimizer, steps, learningRate, batchSize, regularisation, patience, seed, checkpointEvery } = settings;
  const tensors = datasetTensors(train.numSamples, train.x, train.y);
  const watched = validation ?? test;
  const watchedTensors = watched && datasetTensors(watched.numSamples, watched.x, watched.y);
  const { stages } = optimizers[optimizer];
  const total = steps.reduce((sum, count) => sum + count, 0);
  const progress = showProgress(total, resume?.history.length ?? 0);
  const interrupt = listenForInterrupt();
  let last: TrainingState | undefined = resume;
  try {
    const result = await fit(model, tensors, {
      schedule: stages.map((method, k): Stage => {
        const ownRate = learningRate !== undefined && method === stages[0] && { learningRate };
        return { method, steps: steps[k], ...ownRate, ...(method === 'adam' && { batchSize }) };
      }),
      ...(watchedTensors && { validation: watchedTensors }),
      ...(regularisation > 0 && { regularisation: { strength: regularisation } }),
      ...(patience !== undefined && { earlyStopping: { patience } }),
      ...(resume && { resume }),
      seed,
      signal: interrupt.signal,
      async onStep({ step, loss }, state) {
        progress.step(step, loss);
        last = await state();
        if (step % checkpointEvery === 0) await save(last);
      },
    });
    await save(last ?? result.state);
    return result;
  } catch (error) {
    if (!(error instanceof DaruanError)) throw error;
    throw new TrainingFailed(error.where, error.problem, error.remedy, { cause: error });
  } finally {
    progress.stop();
    interrupt.release();
    for (const dataset of [tensors, watchedTensors]) {
      dataset?.x.dispose();
      dataset?.y.dispose();
    }
  }
}

async function summarise(
  folder: string,
  model: Model,
  data: TrainingData,
  settings: TrainSettings,
  { stopped, message, history, precision, precisionReason }: FitResult,
  engine: Engine,
): Promise<Summary> {
  const { train, validation, test, standardisation } = data;
  const last = history[history.length - 1];
  return {
    folder: resolve(folder),
    stopped,
    message,
    steps: history.length,
    seconds: last?.seconds ?? 0,
    parameters: countParameters(model),
    loss: last?.loss ?? null,
    train: await errorsOn(model, train),
    ...(validation && { validation: await errorsOn(model, validation) }),
    ...(test && { test: await errorsOn(model, test) }),
    engine,
    precision,
    precisionReason,
    inputs: train.inputs,
    targets: train.targets,
    ...(standardisation && { standardisation }),
    settings,
  };
}
