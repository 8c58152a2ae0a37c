import { shortNumber } from '../../../src/plot/numbers.js';
import type { Measure, Result } from '../experiment.js';

/** Mean and standard deviation (n − 1) of some values. */
export interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

export function spread(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0 };
}

/** "0.0123 ± 0.0004": the mean as far as the first digit of the deviation, in two to five digits. */
export function spreadText({ mean, deviation }: Spread): string {
  const place = (value: number): number => Math.floor(Math.log10(Math.abs(value)));
  const digits = mean !== 0 && deviation > 0 ? place(mean) - place(deviation) + 1 : 3;
  return `${shortNumber(mean, Math.min(5, Math.max(2, digits)))} ± ${shortNumber(deviation, 1)}`;
}

const averages = {
  geometric: (values: readonly number[]): number =>
    Math.exp(values.reduce((sum, value) => sum + Math.log(Math.max(value, 1e-300)), 0) / values.length),
  arithmetic: (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length,
} as const;

/** Over the seeds: the mean over tasks of a metric of one model. One task gives its plain mean. */
export function modelSpread(
  results: readonly Result[],
  model: string,
  tasks: readonly string[],
  { metric, average = 'geometric' }: Pick<Measure, 'metric' | 'average'>,
): Spread {
  const own = results.filter(({ job }) => job.model === model && tasks.includes(job.task));
  const seeds = [...new Set(own.map(({ job }) => job.seed))];
  return spread(
    seeds.map((seed) =>
      averages[average](own.filter(({ job }) => job.seed === seed).map(({ metrics }) => metrics[metric])),
    ),
  );
}

/** The models with the lowest mean of a metric on a task: one, or several that are equal. */
export function bestModels(
  results: readonly Result[],
  models: readonly string[],
  task: string,
  measure: Pick<Measure, 'metric' | 'average'>,
): readonly string[] {
  const means = models.map((model) => modelSpread(results, model, [task], measure).mean);
  const lowest = Math.min(...means);
  return models.filter((_, k) => means[k] === lowest);
}

/** The task on which a model has the lowest mean of a metric. */
export function bestTask(results: readonly Result[], tasks: readonly string[], model: string, metric: string): string {
  const means = tasks.map((task) => modelSpread(results, model, [task], { metric, average: 'arithmetic' }).mean);
  return tasks[means.indexOf(Math.min(...means))];
}
