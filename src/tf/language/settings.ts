import type * as tfl from '@tensorflow/tfjs-layers';
import { checkFinite, checkInteger } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import { contextOf } from './generate.js';
import { checkTokens } from './loss.js';
import type { LanguageStep, LanguageTrainingState } from './train.js';

export interface LanguageTrainingOptions {
  /** Tokens a window, at most the context of the model. Default: that. */
  readonly context?: number;
  /** Updates in all, those before a resumption included. */
  readonly steps: number;
  /** Windows an update. Default 16. */
  readonly batchSize?: number;
  /** The highest, after the warm-up. Default 0.003. */
  readonly learningRate?: number;
  /** Steps in which the learning rate rises from 0. Default a twentieth of them. */
  readonly warmup?: number;
  /** λ of AdamW. Default 0.01. */
  readonly weightDecay?: number;
  /** Longer gradients are shortened to this norm. Default 1. */
  readonly clip?: number;
  /** Decay of the mean of the squared gradient. Default 0.99. */
  readonly beta2?: number;
  /** Seed of the windows' places. Default 0. */
  readonly seed?: number;
  /** Tokens that are predicted but not trained on. */
  readonly validation?: Int32Array;
  /** Steps from one validation to the next. Default: only after the last. */
  readonly validateEvery?: number;
  /** Stops before the next step; the state returned can be resumed. */
  readonly signal?: AbortSignal;
  /** Called after each step, and waited for. */
  readonly onStep?: (step: LanguageStep, state: () => LanguageTrainingState) => void | Promise<void>;
  /** The state of an earlier training with the same options: it goes on with the same bits. */
  readonly resume?: LanguageTrainingState;
}

type Settled =
  | 'steps'
  | 'context'
  | 'batchSize'
  | 'learningRate'
  | 'warmup'
  | 'weightDecay'
  | 'clip'
  | 'beta2'
  | 'seed';

/** `LanguageTrainingOptions` checked, with the defaults filled in. */
export interface TrainingSettings extends Required<Pick<LanguageTrainingOptions, Settled | 'validateEvery'>> {
  readonly validation?: Int32Array;
}

/** Checks the options and the text, and fills in the defaults. */
export function checkTraining(
  model: tfl.LayersModel,
  text: Int32Array,
  options: LanguageTrainingOptions,
): TrainingSettings {
  const where = 'trainLanguageModel';
  checkTokens(where, model, text);
  const steps = options?.steps;
  checkInteger(where, 'steps', steps, 0);
  const most = contextOf(model);
  const settings = {
    steps,
    context: options.context ?? most,
    batchSize: options.batchSize ?? 16,
    learningRate: options.learningRate ?? 3e-3,
    warmup: options.warmup ?? Math.ceil(steps / 20),
    weightDecay: options.weightDecay ?? 0.01,
    clip: options.clip ?? 1,
    beta2: options.beta2 ?? 0.99,
    seed: options.seed ?? 0,
    validateEvery: options.validateEvery ?? Math.max(1, steps),
  };
  checkInteger(where, 'context', settings.context, 1, most);
  for (const name of ['batchSize', 'validateEvery'] as const) checkInteger(where, name, settings[name], 1);
  checkInteger(where, 'warmup', settings.warmup, 0);
  checkInteger(where, 'seed', settings.seed, 0, 0xffffffff);
  for (const name of ['learningRate', 'clip'] as const) {
    checkFinite(where, name, settings[name]);
    if (settings[name] <= 0) throw expected(where, `${name} > 0`, settings[name]);
  }
  const { validation } = options;
  for (const [name, tokens] of Object.entries({ text, ...(validation && { validation }) })) {
    if (!(tokens?.length > settings.context)) {
      throw expected(where, `${name} of more than ${settings.context} tokens`, tokens?.length);
    }
  }
  if (!validation) return settings;
  checkTokens(where, model, validation);
  return { ...settings, validation };
}

/** The learning rate of step 1, 2, …: a straight line up, then a cosine down to a tenth. */
export function learningRateAt(
  step: number,
  { learningRate, warmup, steps }: Pick<TrainingSettings, 'learningRate' | 'warmup' | 'steps'>,
): number {
  if (step <= warmup) return (learningRate * step) / warmup;
  const done = (step - warmup) / Math.max(1, steps - warmup);
  return learningRate * (0.1 + 0.45 * (1 + Math.cos(Math.PI * done)));
}
