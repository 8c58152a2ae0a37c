import { checkLength } from '../foundation/checks.js';

/** What an objective returns for one point. */
export interface Evaluation {
  readonly value: number;
  /** ∂value/∂parameters, of the length of the parameters. */
  readonly gradient: Float64Array;
}

/** A function to minimise, with its gradient. */
export type Objective = (parameters: Float64Array) => Evaluation;

/** The same where the evaluation has to be waited for. */
export type AsyncObjective = (parameters: Float64Array) => Evaluation | Promise<Evaluation>;

/** A search yields the points where it wants the objective, is sent each evaluation, and returns its result. */
export type Search<Result> = Generator<Float64Array, Result, Evaluation>;

/** Runs a search to its end. */
export function runSearch<Result>(search: Search<Result>, objective: Objective): Result {
  let asked = search.next();
  while (!asked.done) asked = search.next(objective(asked.value));
  return asked.value;
}

/** Runs a search to its end with an objective that is waited for. */
export async function runSearchAsync<Result>(search: Search<Result>, objective: AsyncObjective): Promise<Result> {
  let asked = search.next();
  while (!asked.done) asked = search.next(await objective(asked.value));
  return asked.value;
}

/** Asks for the objective at `parameters`; the gradient is copied, so an objective may reuse its array. */
export function* ask(where: string, parameters: Float64Array): Search<Evaluation> {
  const { value, gradient } = yield parameters;
  checkLength(where, 'gradient', gradient, parameters.length, '[parameters]');
  return { value, gradient: Float64Array.from(gradient) };
}
