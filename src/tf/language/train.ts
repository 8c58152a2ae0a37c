import type * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { sampleWindows } from '../../data/windows.js';
import { DaruanError } from '../../foundation/errors.js';
import { Random, type RandomState } from '../../foundation/random.js';
import { type AdamState, adamStart } from '../../optimise/adam.js';
import { adamwStep, clipGradient } from '../../optimise/adamw.js';
import type { Evaluation } from '../../optimise/objective.js';
import { onHost } from '../host.js';
import { ParameterVector } from '../training/variables.js';
import { evaluateLanguageModel, windowsLoss } from './loss.js';
import { checkTraining, type LanguageTrainingOptions, learningRateAt, type TrainingSettings } from './settings.js';

/** One finished step. */
export interface LanguageStep {
  /** Steps so far. */
  readonly step: number;
  /** Mean −log P(next token) over the batch before the step, in nats. */
  readonly loss: number;
  /** Euclidean norm of the gradient before clipping. */
  readonly gradientNorm: number;
  readonly learningRate: number;
  /** The loss on the validation text, after the steps at which it is measured. */
  readonly validationLoss?: number;
  /** Seconds of training so far. */
  readonly seconds: number;
}

/** Everything that training needs to go on as if it had not stopped. Plain data. */
export interface LanguageTrainingState {
  readonly optimiser: AdamState;
  readonly random: RandomState;
  /** All trainable parameters, in float64. */
  readonly parameters: Float64Array;
  readonly history: readonly LanguageStep[];
}

export interface LanguageTrainingResult {
  readonly history: readonly LanguageStep[];
  readonly stopped: 'finished' | 'aborted' | 'not finite';
  /** What happened, in a sentence. */
  readonly message: string;
  /** From here training goes on with the same bits: pass it as `resume`. */
  readonly state: LanguageTrainingState;
}

/**
 * Trains a language model to predict the next token, by AdamW on random windows of a text: warm-up, then a cosine to a tenth
 * of the learning rate; the gradient is clipped; vectors of biases, gains and shifts do not decay.
 *
 * @param text  tokens
 * @returns what happened; the model holds the trained parameters. A loss or gradient that is not finite ends the training
 *          with the last good ones.
 * @throws if the text does not fit the model, an option is out of range, or the state to resume is of another model
 * @example await trainLanguageModel(model, tokens, { context: 32, steps: 300, batchSize: 16, seed: 1 })
 */
export async function trainLanguageModel(
  model: tfl.LayersModel,
  text: Int32Array,
  options: LanguageTrainingOptions,
): Promise<LanguageTrainingResult> {
  const settings = checkTraining(model, text, options);
  const vector = new ParameterVector(model);
  const { resume, signal, onStep } = options;
  if (resume && resume.parameters.length !== vector.length) {
    throw new DaruanError(
      'trainLanguageModel',
      `the state to resume has ${resume.parameters.length} parameters, the model ${vector.length}`,
      'Resume with the model that was trained.',
    );
  }
  const decays = decayingParameters(model);
  let parameters = resume ? Float64Array.from(resume.parameters) : await vector.fetch();
  let optimiser = resume?.optimiser ?? adamStart(vector.length);
  let random: RandomState = resume?.random ?? new Random(settings.seed).state();
  const history: LanguageStep[] = [...(resume?.history ?? [])];
  const [started, secondsBefore] = [performance.now(), history.at(-1)?.seconds ?? 0];
  const state = (): LanguageTrainingState => ({
    optimiser,
    random,
    parameters: Float64Array.from(parameters),
    history: [...history],
  });
  const end = (stopped: LanguageTrainingResult['stopped'], message: string): LanguageTrainingResult => {
    vector.write(parameters);
    return { history: [...history], stopped, message, state: state() };
  };

  vector.write(parameters);
  while (history.length < settings.steps) {
    if (signal?.aborted) return end('aborted', `Interrupted after ${history.length} steps.`);
    const step = history.length + 1;
    const draws = new Random(random);
    const windows = sampleWindows(text, settings.context, settings.batchSize, draws);
    const { value, gradient } = await differentiate(vector, () => windowsLoss(model, windows));
    const { gradient: clipped, norm } = clipGradient(gradient, settings.clip);
    if (!Number.isFinite(value) || !Number.isFinite(norm)) {
      const remedy = 'The model holds the last good parameters; lower the learning rate.';
      return end('not finite', `The loss or its gradient is not finite in step ${step}. ${remedy}`);
    }
    const learningRate = learningRateAt(step, settings);
    const { weightDecay, beta2 } = settings;
    ({ state: optimiser, parameters } = adamwStep(optimiser, parameters, clipped, {
      learningRate,
      weightDecay,
      decays,
      beta2,
    }));
    random = draws.state();
    vector.write(parameters);
    const validationLoss = await validate(model, step, settings);
    const seconds = secondsBefore + (performance.now() - started) / 1000;
    const record = { step, loss: value, gradientNorm: norm, learningRate, seconds };
    history.push(validationLoss === undefined ? record : { ...record, validationLoss });
    await onStep?.(history[history.length - 1], state);
    await pause();
  }
  return end('finished', `Finished after ${history.length} steps.`);
}

/** Lets timers, signals and the page have their turn. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

const differentiate = (vector: ParameterVector, loss: () => tf.Scalar): Evaluation | Promise<Evaluation> =>
  onHost() ? vector.differentiate(loss) : vector.fetchGradient(loss);

async function validate(model: tfl.LayersModel, step: number, settings: TrainingSettings): Promise<number | undefined> {
  const { validation, validateEvery, steps, context } = settings;
  if (!validation || (step % validateEvery !== 0 && step !== steps)) return undefined;
  return (await evaluateLanguageModel(model, validation, { context })).loss;
}

/** 1 for the entries of matrices, 0 for those of vectors: biases, gains and shifts. */
function decayingParameters(model: tfl.LayersModel): Uint8Array {
  return Uint8Array.from(
    model.trainableWeights.flatMap(({ shape }) => {
      const size = shape.reduce((product: number, length) => product * length!, 1);
      return new Array<number>(size).fill(shape.length > 1 ? 1 : 0);
    }),
  );
}
