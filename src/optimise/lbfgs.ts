import { checkAllFinite, checkInteger } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import { type CurvaturePair, quasiNewtonDirection, remember } from './curvature.js';
import { type AsyncObjective, ask, type Objective, runSearch, runSearchAsync, type Search } from './objective.js';
import { addScaled, dot, maximumNorm, sumNorm } from './vector.js';
import { type LinePoint, strongWolfe, type WolfeOptions } from './wolfe.js';

export interface LbfgsOptions extends Partial<WolfeOptions> {
  /** First trial length of the line search, in units of the quasi-Newton step; default 1. */
  readonly learningRate?: number;
  /** Curvature pairs kept; default 100. */
  readonly history?: number;
  /** Inner iterations of one step; default 20. */
  readonly maxIterations?: number;
  /** No inner iteration begins after this many evaluations; default 5/4 of `maxIterations`. */
  readonly maxEvaluations?: number;
  /** Stop where max |∂value/∂parameter| is at most this; default 1e-10. */
  readonly gradientTolerance?: number;
  /** Stop where an iteration changes the value by at most this fraction of it; default 1e-12. */
  readonly progressTolerance?: number;
  /** Called after each inner iteration. */
  readonly onIteration?: (iteration: LbfgsIteration) => void;
}

/** One inner iteration, as it is shown to `onIteration`. */
export interface LbfgsIteration {
  readonly from: LinePoint;
  readonly to: LinePoint;
  readonly direction: Float64Array;
  /** Whether the strong Wolfe conditions hold from `from` to `to`. */
  readonly satisfied: boolean;
  readonly evaluations: number;
}

/** What L-BFGS remembers between steps: plain data for a checkpoint. */
export interface LbfgsState {
  /** Inner iterations so far. */
  readonly iterations: number;
  /** Evaluations of the objective so far. */
  readonly evaluations: number;
  /** Curvature, oldest pair first. */
  readonly pairs: readonly CurvaturePair[];
}

/** Why a step ended: a limit, a tolerance, or a line search that found no lower value. */
export type LbfgsReason = 'iterations' | 'evaluations' | 'gradient' | 'progress' | 'search';

export interface LbfgsResult {
  readonly state: LbfgsState;
  readonly parameters: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly reason: LbfgsReason;
}

const defaults = {
  learningRate: 1,
  history: 100,
  maxIterations: 20,
  gradientTolerance: 1e-10,
  progressTolerance: 1e-12,
  decrease: 1e-4,
  curvature: 0.9,
  valueError: 2 ** -50,
  maxLineEvaluations: 25,
};

/** The state before the first step. */
export const lbfgsStart = (): LbfgsState => ({ iterations: 0, evaluations: 0, pairs: [] });

/**
 * One step of L-BFGS: up to `maxIterations` quasi-Newton iterations with a strong Wolfe line search, each from the curvature
 * that `state` and the iterations before it have gathered. Going on from a stored state and parameters gives the same bits.
 *
 * The objective may differ from step to step (mini-batches): curvature is measured only between evaluations of one step.
 * For an objective computed in float32 pass `valueError: 2 ** -22`, its relative rounding error.
 *
 * @param parameters where to start, shape [parameters]
 * @returns the new state, the parameters reached with their value and gradient, and why the step ended
 * @throws if the start, or the objective or its gradient there, is not finite, or an option is out of range
 * Cost: O(history · parameters) an iteration beside the evaluations.
 * Source: Nocedal & Wright, Numerical Optimization, 2nd edition, algorithms 7.5, 3.5 and 3.6.
 *
 * @example
 * const bowl = (x: Float64Array) => ({ value: x[0] ** 2, gradient: Float64Array.of(2 * x[0]) });
 * lbfgsStep(lbfgsStart(), Float64Array.of(3), bowl).value; // 0
 */
export function lbfgsStep(
  state: LbfgsState,
  parameters: Float64Array,
  objective: Objective,
  options: LbfgsOptions = {},
): LbfgsResult {
  return runSearch(lbfgsSearch(state, parameters, options), objective);
}

/** `lbfgsStep` for an objective that is waited for. */
export function lbfgsStepAsync(
  state: LbfgsState,
  parameters: Float64Array,
  objective: AsyncObjective,
  options: LbfgsOptions = {},
): Promise<LbfgsResult> {
  return runSearchAsync(lbfgsSearch(state, parameters, options), objective);
}

/** The algorithm of `lbfgsStep`, as a generator that yields the points to evaluate. */
export function* lbfgsSearch(
  state: LbfgsState,
  parameters: Float64Array,
  options: LbfgsOptions = {},
): Search<LbfgsResult> {
  const settings = checkSettings(withDefaults(options));
  const maxEvaluations = options.maxEvaluations ?? Math.ceil(1.25 * settings.maxIterations);
  checkAllFinite('lbfgs', 'parameters', parameters);
  checkState(state, parameters.length);
  let pairs = state.pairs;
  let [iterations, evaluations] = [0, 1];
  let point = yield* startPoint(parameters);
  const finish = (reason: LbfgsReason): LbfgsResult => ({
    state: { iterations: state.iterations + iterations, evaluations: state.evaluations + evaluations, pairs },
    parameters: point.parameters,
    value: point.value,
    gradient: point.gradient,
    reason,
  });

  for (;;) {
    if (maximumNorm(point.gradient) <= settings.gradientTolerance) return finish('gradient');
    if (iterations >= settings.maxIterations) return finish('iterations');
    if (evaluations >= maxEvaluations) return finish('evaluations');
    const from = point;
    let direction = quasiNewtonDirection(pairs, from.gradient);
    let slope = dot(direction, from.gradient);
    if (!(slope < 0) || slope === -Infinity) {
      pairs = [];
      direction = quasiNewtonDirection(pairs, from.gradient);
      slope = dot(direction, from.gradient);
    }
    // Without curvature the length of the gradient means nothing: begin with a step of length 1 at most.
    const firstStep = settings.learningRate * (pairs.length > 0 ? 1 : Math.min(1, 1 / sumNorm(from.gradient)));
    const line = yield* strongWolfe({ ...from, t: 0, slope }, direction, firstStep, settings);
    evaluations += line.evaluations;
    iterations++;
    if (line.point.t === 0) {
      if (pairs.length === 0) return finish('search');
      pairs = []; // the curvature misleads: once more along the gradient
      continue;
    }
    const to = line.point;
    const step = addScaled(to.parameters, -1, from.parameters);
    pairs = remember(pairs, { step, change: addScaled(to.gradient, -1, from.gradient) }, settings.history);
    point = to;
    settings.onIteration?.({ from: { ...from, t: 0, slope }, to, direction, ...line });
    const progress = Math.abs(from.value - to.value);
    if (progress <= settings.progressTolerance * Math.max(Math.abs(from.value), Math.abs(to.value))) {
      return finish('progress');
    }
  }
}

function* startPoint(parameters: Float64Array): Search<LinePoint> {
  const { value, gradient } = yield* ask('lbfgs', Float64Array.from(parameters));
  if (!Number.isFinite(value)) {
    throw expected('lbfgs', 'a finite value at the start', value, 'Check the data and the initial parameters.');
  }
  checkAllFinite('lbfgs', 'gradient', gradient);
  return { t: 0, slope: 0, parameters: Float64Array.from(parameters), value, gradient };
}

function checkState(state: LbfgsState, length: number): void {
  const wrong = state.pairs.find(({ step, change }) => step.length !== length || change.length !== length);
  if (wrong) {
    throw expected('lbfgs', `a state for ${length} parameters`, wrong.step.length, 'Begin anew with lbfgsStart().');
  }
}

type Settings = typeof defaults & LbfgsOptions;

/** An option that is undefined is one that is not given. */
const withDefaults = (options: LbfgsOptions): Settings => ({
  ...defaults,
  ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
});

function checkSettings(settings: Settings): Settings {
  for (const name of ['history', 'maxIterations', 'maxLineEvaluations'] as const) {
    checkInteger('lbfgs', name, settings[name], 1);
  }
  if (settings.maxEvaluations !== undefined) checkInteger('lbfgs', 'maxEvaluations', settings.maxEvaluations, 1);
  for (const name of ['gradientTolerance', 'progressTolerance', 'valueError'] as const) {
    if (!(settings[name] >= 0)) throw expected('lbfgs', `${name} ≥ 0`, settings[name]);
  }
  const { learningRate, decrease, curvature } = settings;
  if (!(learningRate > 0 && learningRate < Infinity)) throw expected('lbfgs', 'learningRate > 0', learningRate);
  if (!(0 < decrease && decrease < curvature && curvature < 1)) {
    throw expected('lbfgs', '0 < decrease < curvature < 1', [decrease, curvature]);
  }
  return settings;
}
