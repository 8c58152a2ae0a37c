import type * as tfl from '@tensorflow/tfjs-layers';
import { DaruanError } from '../../foundation/errors.js';
import { Random, type RandomState } from '../../foundation/random.js';
import { type AdamState, adamStart } from '../../optimise/adam.js';
import type { DeviceAdam } from '../webgpu/adam.js';
import { checkData, checkFitOptions, type TensorDataset } from './checkFit.js';
import { DeviceLoss } from './deviceLoss.js';
import { type Engine, hostEngine, hostObstacle, tensorEngine } from './engine.js';
import { type Loss, type LossName, losses } from './losses.js';
import type { Regularisation } from './regularise.js';
import {
  ADAM_RATE,
  miniBatches,
  type OptimiserState,
  optimisers,
  type Stage,
  type StepContext,
  type StepResult,
} from './stages.js';
import { ParameterVector } from './variables.js';

/** One finished step. */
export interface StepRecord {
  /** Steps so far, over all stages. */
  readonly step: number;
  readonly method: Stage['method'];
  /** The objective on the training data, regularisation included. */
  readonly loss: number;
  /** The loss on the validation data, if there are any. */
  readonly validationLoss?: number;
  /** Seconds of training so far. */
  readonly seconds: number;
}

/** Why training ended. */
export type StopReason = 'finished' | 'aborted' | 'early' | 'not finite';

export interface FitResult {
  readonly history: readonly StepRecord[];
  /** Of the objective, and why it was not float64. */
  readonly precision: 'float64' | 'float32';
  readonly precisionReason: string;
  readonly stopped: StopReason;
  /** What happened, in a sentence. */
  readonly message: string;
  /** From here `fit` goes on with the same bits: pass it as `resume`. */
  readonly state: TrainingState;
}

/** Everything that training needs to go on as if it had not stopped. Plain data. */
export interface TrainingState {
  /** Index of the stage, and steps done in it. */
  readonly stage: number;
  readonly stepInStage: number;
  readonly optimiser: OptimiserState | null;
  readonly random: RandomState;
  /** All trainable parameters, in float64. */
  readonly parameters: Float64Array;
  readonly history: readonly StepRecord[];
  /** The best state seen, where early stopping watches. */
  readonly best: { readonly loss: number; readonly step: number; readonly parameters: Float64Array } | null;
}

export interface FitOptions {
  /** Stages in order. Default: 20 steps of L-BFGS. Adam, then L-BFGS: `[{ method: 'adam', … }, { method: 'lbfgs', … }]`. */
  readonly schedule?: readonly Stage[];
  /** Default `'meanSquaredError'`. */
  readonly loss?: LossName | Loss;
  /**
   * Float64 on the host is for networks of QKAN and KAN layers, linear layers and activations on nodes (such as `mlp` makes), with a named
   * loss and no regularisation: it trains them faster and to lower losses than the float32 of tfjs. Default: float64 where that is so,
   * else float32; the result says which and why.
   */
  readonly precision?: 'float64' | 'float32';
  readonly validation?: TensorDataset;
  readonly regularisation?: Regularisation;
  /** Seed of the order of mini-batches. Default 0. */
  readonly seed?: number;
  /** Stop after `patience` steps without an improvement by more than `minimum` (default 0), and return to the best. */
  readonly earlyStopping?: { readonly patience: number; readonly minimum?: number };
  /** Stops after the running step; the state returned can be resumed. */
  readonly signal?: AbortSignal;
  /** Called after each step, and waited for. */
  readonly onStep?: (record: StepRecord, state: () => Promise<TrainingState>) => void | Promise<void>;
  /** The `state` of an earlier result, or of a checkpoint. */
  readonly resume?: TrainingState;
  /**
   * What to do where the GPU is lost: throw one error (`error`, default), or go on with the backend on the CPU that `selectBackend`
   * prefers (`cpu`). Either way the model holds the parameters of at most a second before.
   */
  readonly onDeviceLost?: 'error' | 'cpu';
}

/**
 * Trains a model.
 *
 * A loss or gradient that is not finite ends training with `stopped: 'not finite'` and the last good parameters in the
 * model. The same seed, data and backend give the same bits, also across an interruption.
 *
 * @param model  any tfjs layers model with one input and one output
 * @param data   x [samples, …] and y [samples, …]
 * @throws if shapes do not fit the model, or an option is out of range
 * @example await fit(qkan({ width: [2, 5, 1] }), { x, y }, { schedule: [{ method: 'lbfgs', steps: 20 }] });
 */
export async function fit(model: tfl.LayersModel, data: TensorDataset, options: FitOptions = {}): Promise<FitResult> {
  const schedule = options.schedule ?? [{ method: 'lbfgs', steps: 20 }];
  checkFitOptions({ ...options, schedule });
  checkData('fit', model, data);
  if (options.validation) checkData('fit, validation', model, options.validation);
  const loss = await DeviceLoss.watch(model, data, options);
  let training = await Training.start(model, data, schedule, options);
  try {
    return await training.finish(await run(training, loss, options));
  } catch (cause) {
    const { resume, reason, ...samples } = await loss.recover(cause, training.history.length + 1);
    const { validation } = samples;
    const rest = { ...options, ...(resume && { resume }), ...(validation && { validation }) };
    training = await Training.start(model, samples.data, schedule, rest, reason);
    return await training.finish(await run(training, loss, rest));
  } finally {
    loss.dispose();
  }
}

/** Steps until there is a reason to stop. */
async function run(training: Training, loss: DeviceLoss, options: FitOptions): Promise<StopReason> {
  for (;;) {
    const ended = await training.next();
    if (ended !== undefined) return ended;
    await loss.remember(() => training.state());
    await options.onStep?.(training.history[training.history.length - 1], () => training.state());
    const stopped = (await training.stopEarly()) ?? (options.signal?.aborted ? 'aborted' : undefined);
    if (stopped !== undefined) return stopped;
    await pause();
  }
}

/** Lets timers, signals and the page have their turn. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

class Training {
  readonly history: StepRecord[];
  private readonly context: StepContext;
  private readonly random: Random;
  private readonly engine: Engine;
  private readonly precisionReason: string;
  private stage: number;
  private stepInStage: number;
  private optimiser: OptimiserState | null;
  private parameters: Float64Array;
  private best: TrainingState['best'];
  /** A stage of Adam that runs on the device: parameters and optimiser are there, and those here are old. */
  private running: DeviceAdam | undefined;
  private problem = '';
  private readonly started = performance.now();
  private readonly secondsBefore: number;

  /** Prepares a training; `reason` says why its engine is not the one that was asked for. */
  static async start(
    model: tfl.LayersModel,
    data: TensorDataset,
    schedule: readonly Stage[],
    options: FitOptions,
    reason?: string,
  ): Promise<Training> {
    const vector = new ParameterVector(model);
    return new Training(model, data, schedule, options, vector, await vector.fetch(), reason);
  }

  private constructor(
    model: tfl.LayersModel,
    data: TensorDataset,
    private readonly schedule: readonly Stage[],
    private readonly options: FitOptions,
    private readonly vector: ParameterVector,
    parameters: Float64Array,
    reason: string | undefined,
  ) {
    const { resume, loss = 'meanSquaredError', seed = 0 } = options;
    if (resume && resume.parameters.length !== this.vector.length) {
      throw new DaruanError(
        'fit',
        `the state to resume has ${resume.parameters.length} parameters, the model ${this.vector.length}`,
        'Resume with the model that was trained.',
      );
    }
    const obstacle = hostObstacle(model, loss, options.regularisation);
    if (options.precision === 'float64' && obstacle) {
      throw new DaruanError('fit', `precision "float64" cannot be had: ${obstacle}`, 'Leave precision out.');
    }
    const onHost = options.precision === undefined ? !obstacle : options.precision === 'float64';
    this.precisionReason =
      reason ?? (onHost ? 'every layer is computed on the host' : (obstacle ?? 'it was asked for'));
    this.engine = onHost
      ? hostEngine(model, data, loss as LossName)
      : tensorEngine(model, this.vector, data, typeof loss === 'string' ? losses[loss] : loss, options.regularisation);
    this.random = new Random(resume?.random ?? seed);
    this.history = [...(resume?.history ?? [])];
    this.stage = resume?.stage ?? 0;
    this.stepInStage = resume?.stepInStage ?? 0;
    this.optimiser = resume?.optimiser ?? null;
    this.parameters = resume ? Float64Array.from(resume.parameters) : parameters;
    this.best = resume?.best ?? null;
    this.secondsBefore = this.history[this.history.length - 1]?.seconds ?? 0;
    if (resume) this.vector.write(this.parameters);
    const { objective, valueError } = this.engine;
    this.context = { numSamples: data.x.shape[0]!, random: this.random, objective, valueError };
  }

  /** Does the next step; returns why there is none, or why it failed. */
  async next(): Promise<StopReason | undefined> {
    while (this.stage < this.schedule.length && this.stepInStage >= this.schedule[this.stage].steps) {
      await this.settle();
      this.stage++;
      this.stepInStage = 0;
      this.optimiser = null;
    }
    if (this.stage >= this.schedule.length) return 'finished';
    if (this.options.signal?.aborted) return 'aborted';
    const stage = this.schedule[this.stage];
    const before = this.random.state();
    if (this.engine.prepare?.()) {
      // other grids, other coefficients: what the optimiser knew, and the best so far, belong to the old ones
      this.parameters = this.vector.read();
      [this.optimiser, this.best] = [null, null];
    }
    if (stage.method === 'adam' && this.engine.adam) return this.deviceStep(stage, before);
    const { step, start } = optimisers[stage.method];
    let result: StepResult;
    try {
      const state = this.optimiser ?? start(this.parameters.length);
      result = await step(stage as never, state, this.parameters, this.context);
    } catch (cause) {
      if (!(cause instanceof DaruanError) || cause.where !== 'lbfgs') throw cause;
      result = { state: this.optimiser!, parameters: this.parameters, loss: Number.NaN };
    }
    if (!Number.isFinite(result.loss)) return this.giveUp(stage, before);
    this.optimiser = result.state;
    this.parameters = result.parameters;
    this.vector.write(this.parameters);
    this.stepInStage++;
    await this.record(stage, result.loss);
    return undefined;
  }

  /** An epoch of Adam on the device: the loss alone is read. */
  private async deviceStep(stage: Stage & { method: 'adam' }, before: RandomState): Promise<StopReason | undefined> {
    const { start, loss } = this.engine.adam!;
    const state = (this.optimiser as AdamState | null) ?? adamStart(this.parameters.length);
    this.running ??= start(state, this.parameters);
    const losses = miniBatches(stage, this.context).map(loss);
    const value = await this.running.epoch(losses, stage.learningRate ?? ADAM_RATE);
    if (!Number.isFinite(value)) {
      this.running.revert();
      return this.giveUp(stage, before);
    }
    this.stepInStage++;
    await this.record(stage, value);
    return undefined;
  }

  /** Brings parameters and optimiser back from the device. */
  private async settle(): Promise<void> {
    if (!this.running) return;
    const { state, parameters } = await this.running.read();
    this.running.dispose();
    this.running = undefined;
    [this.optimiser, this.parameters] = [state, parameters];
  }

  /** Remembers the best parameters, and says whether patience is over. */
  async stopEarly(): Promise<StopReason | undefined> {
    const watch = this.options.earlyStopping;
    if (!watch) return undefined;
    const last = this.history[this.history.length - 1];
    const loss = last.validationLoss ?? last.loss;
    if (!this.best || loss < this.best.loss - (watch.minimum ?? 0)) {
      const parameters = this.running ? (await this.running.read()).parameters : this.parameters;
      this.best = { loss, step: last.step, parameters: Float64Array.from(parameters) };
    }
    return last.step - this.best.step >= watch.patience ? 'early' : undefined;
  }

  async state(): Promise<TrainingState> {
    const now = this.running ? await this.running.read() : { state: this.optimiser, parameters: this.parameters };
    return {
      stage: this.stage,
      stepInStage: this.stepInStage,
      optimiser: now.state,
      random: this.random.state(),
      parameters: Float64Array.from(now.parameters),
      history: [...this.history],
      best: this.best,
    };
  }

  async finish(stopped: StopReason): Promise<FitResult> {
    await this.settle();
    const state = await this.state();
    if (this.best && (stopped === 'early' || stopped === 'finished')) this.vector.write(this.best.parameters);
    else this.vector.write(this.parameters);
    const steps = this.history.length;
    const messages: Readonly<Record<StopReason, string>> = {
      finished: `The schedule is finished after ${steps} steps.`,
      aborted: `Interrupted after ${steps} steps.`,
      early: `No improvement since step ${this.best?.step}; the best parameters are in the model.`,
      'not finite': this.problem,
    };
    const { precisionReason } = this;
    const { precision } = this.engine;
    return { history: state.history, precision, precisionReason, stopped, message: messages[stopped], state };
  }

  private giveUp(stage: Stage, before: RandomState): StopReason {
    this.random.restore(before);
    this.problem =
      `The loss or its gradient is not finite in step ${this.history.length + 1} (${stage.method}). ` +
      'The model holds the last good parameters; lower the learning rate or check the data.';
    return 'not finite';
  }

  private async record(stage: Stage, loss: number): Promise<void> {
    const { validation } = this.options;
    const seconds = this.secondsBefore + (performance.now() - this.started) / 1000;
    const parameters = this.running ? undefined : this.parameters;
    this.history.push({
      step: this.history.length + 1,
      method: stage.method,
      loss,
      ...(validation && { validationLoss: await this.engine.lossOn(validation, parameters) }),
      seconds,
    });
  }
}
