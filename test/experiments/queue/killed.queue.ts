import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobName, jobsOf, type Result } from '../experiment.js';
import { text } from '../suites/text.js';
import { type Redis, redisObstacle, startRedis } from './redis.js';

const obstacle = redisObstacle();
if (obstacle) process.stderr.write(`The tests of the queue are skipped: ${obstacle}.\n`);

const folder = mkdtempSync(join(tmpdir(), 'daruan-queue-'));
const started: ChildProcess[] = [];

/** Starts the experiments' program; lines of its standard error go to `hear`. */
function start(args: readonly string[], hear: (line: string) => void = () => {}): ChildProcess {
  const child = spawn(process.execPath, ['test/experiments/run.mjs', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DARUAN_WORKER_PATIENCE: '3000' },
  });
  let rest = '';
  child.stderr.on('data', (chunk) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop()!;
    lines.forEach(hear);
  });
  started.push(child);
  return child;
}

describe.skipIf(obstacle)('An experiment on a queue', () => {
  let redis: Redis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(async () => {
    for (const child of started.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has every result once when one of two workers is killed in the middle of a job', async () => {
    const jobs = jobsOf(text, text.quick).map(jobName);
    const said: string[] = [];
    let killed: { readonly pid: number; readonly job: string } | undefined;
    const hear = (line: string): void => {
      said.push(line);
      const begun = /^(\d+) begins (.+)$/.exec(line);
      if (!begun || killed || said.filter((other) => other.includes('has finished')).length < jobs.length / 3) return;
      killed = { pid: Number(begun[1]), job: begun[2] };
      process.kill(killed.pid, 'SIGKILL');
    };
    for (const _ of [1, 2]) start(['--worker', '--queue', redis.url], hear);
    const producer = start(['text', '--quick', '--queue', redis.url, '--out', join(folder, 'queued')]);
    expect((await once(producer, 'exit'))[0]).toBe(0);

    expect(killed).toBeDefined();
    const { pid, job: lost } = killed!;
    const beginners = said.filter((line) => line.endsWith(` begins ${lost}`)).map((line) => Number(line.split(' ')[0]));
    expect(beginners).toHaveLength(2); // the one that was killed, then the other
    expect(beginners[0]).toBe(pid);
    expect(beginners[1]).not.toBe(pid);
    for (const job of jobs) {
      expect(
        said.filter((line) => line.endsWith(` has finished ${job}`)),
        job,
      ).toHaveLength(1);
    }
    const kept = (name: string) => {
      const files = readdirSync(join(folder, name, 'jobs')).sort();
      const results = files.map((file) => JSON.parse(readFileSync(join(folder, name, 'jobs', file), 'utf8')) as Result);
      return { files, metrics: results.map(({ metrics }) => metrics) };
    };
    expect(kept('queued').files).toEqual(jobs.map((job) => `${job}.json`).sort());

    const here = start(['text', '--quick', '--out', join(folder, 'here')]);
    expect((await once(here, 'exit'))[0]).toBe(0);
    expect(kept('here')).toEqual(kept('queued')); // the same numbers, wherever they were found
  });
});
