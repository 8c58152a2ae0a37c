import type { Random } from '../../foundation/random.js';
import { type AdamState, adamStart, adamStep } from '../../optimise/adam.js';
import { type LbfgsState, lbfgsStart, lbfgsStepAsync } from '../../optimise/lbfgs.js';
import type { AsyncObjective } from '../../optimise/objective.js';

/** One stage of a training: an optimiser, and how long it works. */
export type Stage =
  | {
      readonly method: 'adam';
      /** Passes over the data. */
      readonly steps: number;
      /** Default 0.01. */
      readonly learningRate?: number;
      /** Samples an update; all of them by default. */
      readonly batchSize?: number;
    }
  | {
      readonly method: 'lbfgs';
      /** Outer steps, each on all samples. */
      readonly steps: number;
      /** Inner iterations a step. Default 20. */
      readonly maxIterations?: number;
      /** Curvature pairs that are kept. Default 100. */
      readonly history?: number;
      /** First trial length of the line search. Default 1. */
      readonly learningRate?: number;
    };

export type OptimiserState = AdamState | LbfgsState;

/** What a step works with. */
export interface StepContext {
  readonly numSamples: number;
  readonly random: Random;
  /** The objective on the given samples, or on all of them. */
  readonly objective: (samples?: Uint32Array) => AsyncObjective;
  /** Relative rounding error of the objective. */
  readonly valueError: number;
}

export interface StepResult {
  readonly state: OptimiserState;
  readonly parameters: Float64Array;
  /** The objective: at the new parameters (L-BFGS), or the mean over the updates before each of them (Adam). */
  readonly loss: number;
}

/** The learning rate of Adam, where a stage says none. */
export const ADAM_RATE = 0.01;

/** The samples of each update of an epoch, in an order drawn anew; undefined for all of them. */
export function miniBatches(
  { batchSize }: Stage & { method: 'adam' },
  { numSamples, random }: Pick<StepContext, 'numSamples' | 'random'>,
): (Uint32Array | undefined)[] {
  const size = Math.min(batchSize ?? numSamples, numSamples);
  if (size === numSamples) return [undefined];
  const order = random.permutation(numSamples);
  return Array.from({ length: Math.ceil(numSamples / size) }, (_, k) => order.subarray(k * size, (k + 1) * size));
}

/** The optimisers, by method: their initial state, and one step. */
export const optimisers = {
  adam: {
    start: (length: number): OptimiserState => adamStart(length),
    async step(
      stage: Stage & { method: 'adam' },
      start: OptimiserState,
      from: Float64Array,
      context: StepContext,
    ): Promise<StepResult> {
      const { objective } = context;
      let [state, parameters, sum, updates] = [start as AdamState, from, 0, 0];
      for (const samples of miniBatches(stage, context)) {
        const { value, gradient } = await objective(samples)(parameters);
        if (!Number.isFinite(value) || !gradient.every(Number.isFinite)) return { state, parameters, loss: Number.NaN };
        ({ state, parameters } = adamStep(state, parameters, gradient, {
          learningRate: stage.learningRate ?? ADAM_RATE,
        }));
        sum += value;
        updates++;
      }
      return { state, parameters, loss: sum / updates };
    },
  },
  lbfgs: {
    start: (): OptimiserState => lbfgsStart(),
    async step(
      stage: Stage & { method: 'lbfgs' },
      start: OptimiserState,
      from: Float64Array,
      context: StepContext,
    ): Promise<StepResult> {
      const { learningRate, maxIterations, history } = stage;
      const result = await lbfgsStepAsync(start as LbfgsState, from, context.objective(), {
        ...(learningRate !== undefined && { learningRate }),
        ...(maxIterations !== undefined && { maxIterations }),
        ...(history !== undefined && { history }),
        valueError: context.valueError,
      });
      return { state: result.state, parameters: result.parameters, loss: result.value };
    },
  },
} as const;
