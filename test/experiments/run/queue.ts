import { type ConnectionOptions, Queue, QueueEvents, Worker } from 'bullmq';
import { DaruanError } from '../../../src/foundation/errors.js';
import { type Experiment, type Job, jobName, type Result } from '../experiment.js';
import { showProgress } from './progress.js';
import { earlierResult, keepResult } from './results.js';
import { runJob } from './runJob.js';

const QUEUE = 'daruan-experiments';

/** A worker that says nothing for so long is taken for dead, and its job goes to another; ms. */
const PATIENCE = Number(process.env.DARUAN_WORKER_PATIENCE ?? 60_000);
/** How often a job may lose its worker. */
const LOSSES = 100;

function connectionTo(address: string): ConnectionOptions {
  if (!URL.canParse(address) || !address.startsWith('redis')) {
    throw new DaruanError('experiment', `expected a queue redis://host:port, got "${address}"`, 'Pass --queue.');
  }
  return { url: address, maxRetriesPerRequest: null };
}

/** A job of a queue is named by what it is, so that it stands in the queue once however often it is asked for. */
const queuedName = (job: Job): string => {
  const settings = JSON.stringify(job.settings);
  const digest = [...settings].reduce((hash, character) => (Math.imul(hash, 31) + character.codePointAt(0)!) >>> 0, 7);
  return `${job.experiment}_${jobName(job)}_${digest.toString(16)}`;
};

/**
 * Puts the jobs that have no result yet into a queue, waits for the workers, and keeps each result as it comes. An interrupted
 * producer finds, when it comes back, the jobs where they stand.
 *
 * @throws if a job fails
 */
export async function runQueued(address: string, jobs: readonly Job[], folder: string): Promise<Result[]> {
  const connection = connectionTo(address);
  const queue = new Queue<Job, Result>(QUEUE, { connection });
  const events = new QueueEvents(QUEUE, { connection });
  const found = jobs.map((job) => earlierResult(folder, job));
  const progress = showProgress(jobs.length, found.filter(Boolean).length);
  try {
    await events.waitUntilReady();
    return await Promise.all(
      jobs.map(async (job, k) => {
        const earlier = found[k];
        if (earlier) return earlier;
        const queued = await queue.add(job.experiment, job, { jobId: queuedName(job) });
        const result = await queued.waitUntilFinished(events);
        keepResult(folder, result);
        await queued.remove();
        progress.finished(jobName(job));
        return result;
      }),
    );
  } finally {
    progress.stop();
    await events.close();
    await queue.close();
  }
}

/** Takes jobs from a queue until it is told to stop (Ctrl-C); a job that was begun is finished first. */
export async function work(address: string, experiments: readonly Experiment[]): Promise<void> {
  const worker = new Worker<Job, Result>(
    QUEUE,
    async ({ data: job }) => {
      const experiment = experiments.find(({ name }) => name === job.experiment);
      if (!experiment) throw new DaruanError('worker', `there is no experiment "${job.experiment}"`);
      process.stderr.write(`${process.pid} begins ${jobName(job)}\n`);
      const result = await runJob(experiment, job);
      process.stderr.write(`${process.pid} has finished ${jobName(job)}\n`);
      return result;
    },
    {
      connection: connectionTo(address),
      lockDuration: PATIENCE,
      stalledInterval: PATIENCE,
      maxStalledCount: LOSSES,
    },
  );
  worker.on('error', (error) => process.stderr.write(`${error.message}\n`));
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve());
  });
  await worker.close();
}
