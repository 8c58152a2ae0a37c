import { DaruanError } from '../../../src/foundation/errors.js';
import type { Experiment, Job, Result } from '../experiment.js';

/**
 * Runs one job, and measures the processor time that it takes.
 *
 * @throws if a metric is not finite
 */
export async function runJob(experiment: Experiment, job: Job): Promise<Result> {
  const before = process.cpuUsage();
  const outcome = await experiment.run(job);
  const { user, system } = process.cpuUsage(before);
  for (const [metric, value] of Object.entries(outcome.metrics)) {
    if (Number.isFinite(value)) continue;
    throw new DaruanError('experiment', `${metric} of ${job.model} on ${job.task}, seed ${job.seed}, is ${value}`);
  }
  return { job, ...outcome, seconds: (user + system) / 1e6 };
}
