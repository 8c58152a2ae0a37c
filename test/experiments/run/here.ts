import { type Experiment, type Job, jobName, type Result } from '../experiment.js';
import { showProgress } from './progress.js';
import { earlierResult, keepResult } from './results.js';
import { runJob } from './runJob.js';

/** Runs the jobs that have no result yet, one after the other, in this process; returns all results, in order. */
export async function runHere(
  experiment: Experiment,
  jobs: readonly Job[],
  folder: string,
  show = showProgress,
): Promise<Result[]> {
  const found = jobs.map((job) => earlierResult(folder, job));
  const progress = show(jobs.length, found.filter(Boolean).length);
  const results: Result[] = [];
  try {
    for (const [k, job] of jobs.entries()) {
      const result = found[k] ?? (await runJob(experiment, job));
      results.push(result);
      if (found[k]) continue;
      keepResult(folder, result);
      progress.finished(jobName(job));
    }
  } finally {
    progress.stop();
  }
  return results;
}
