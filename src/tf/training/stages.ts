import type { Random } from '../../foundation/random.js';
import { type AdamState, adamStart, adamStep } from '../../optimise/adam.js';
import { type LbfgsState, lbfgsStart, lbfgsStep } from '../../optimise/lbfgs.js';
import type { Objective } from '../../optimise/objective.js';

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
  readonly objective: (samples?: Uint32Array) => Objective;
  /** Relative rounding error of the objective. */
  readonly valueError: number;
}

export interface StepResult {
  readonly state: OptimiserState;
  readonly parameters: Float64Array;
  /** The objective: at the new parameters (L-BFGS), or the mean over the updates before each of them (Adam). */
  readonly loss: number;
}

/** The optimisers, by method: their initial state, and one step. */
export const optimisers = {
  adam: {
    start: (length: number): OptimiserState => adamStart(length),
    step(
      stage: Stage & { method: 'adam' },
      start: OptimiserState,
      from: Float64Array,
      context: StepContext,
    ): StepResult {
      const { numSamples, random, objective } = context;
      const size = Math.min(stage.batchSize ?? numSamples, numSamples);
      const order = size < numSamples ? random.permutation(numSamples) : undefined;
      let [state, parameters, sum, updates] = [start as AdamState, from, 0, 0];
      for (let at = 0; at < numSamples; at += size) {
        const { value, gradient } = objective(order?.subarray(at, at + size))(parameters);
        if (!Number.isFinite(value) || !gradient.every(Number.isFinite)) return { state, parameters, loss: Number.NaN };
        ({ state, parameters } = adamStep(state, parameters, gradient, { learningRate: stage.learningRate ?? 0.01 }));
        sum += value;
        updates++;
      }
      return { state, parameters, loss: sum / updates };
    },
  },
  lbfgs: {
    start: (): OptimiserState => lbfgsStart(),
    step(
      stage: Stage & { method: 'lbfgs' },
      start: OptimiserState,
      from: Float64Array,
      context: StepContext,
    ): StepResult {
      const { learningRate, maxIterations, history } = stage;
      const result = lbfgsStep(start as LbfgsState, from, context.objective(), {
        ...(learningRate !== undefined && { learningRate }),
        ...(maxIterations !== undefined && { maxIterations }),
        ...(history !== undefined && { history }),
        valueError: context.valueError,
      });
      return { state: result.state, parameters: result.parameters, loss: result.value };
    },
  },
} as const;
