import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/foundation/random.js';
import { HQKAN } from '../../src/tf/layers/HQKAN.js';
import { Linear } from '../../src/tf/layers/Linear.js';
import type { SKANLayer } from '../../src/tf/layers/SKANLayer.js';
import { countParameters, predictArray } from '../../src/tf/plainArrays.js';
import { parse, textsOf } from '../plot/picture.js';
import { useBackend } from '../tf/environment.js';
import { type Experiment, type Job, jobName, jobsOf, type Settings } from './experiment.js';
import { experiments } from './experiments.js';
import { activations, families } from './models/families.js';
import { type Family, matchedSize, parametersOf } from './models/matched.js';
import { csv, markdown } from './report/markdown.js';
import { picture } from './report/picture.js';
import { bestModels, modelSpread } from './report/statistics.js';
import { runHere } from './run/here.js';
import { runJob } from './run/runJob.js';
import { readLabelledCsv, readLabelledIdx } from './suites/read.js';

const folder = mkdtempSync(join(tmpdir(), 'daruan-experiments-'));
beforeAll(async () => {
  await useBackend('cpu');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const settings: Settings = {
  tasks: ['a', 'b'],
  models: ['first', 'second'],
  seeds: [0, 1, 2, 3, 4],
  numbers: { n: 1 },
};

/** An experiment that counts its runs. */
function counted(fails: (job: Job) => boolean = () => false): Experiment & { readonly ran: string[] } {
  const ran: string[] = [];
  return {
    name: 'counted',
    title: 'Counted',
    about: () => 'How.',
    measures: [{ metric: 'error', title: 'error' }],
    full: settings,
    quick: settings,
    ran,
    run: async (job) => {
      if (fails(job)) throw new Error('it failed');
      ran.push(jobName(job));
      // geometric means over a and b: 2·(1 + seed) of the first, 3·(1 + seed) of the second
      const scale = job.model === 'first' ? 2 : 3;
      return { metrics: { error: scale * (1 + job.seed) * (job.task === 'a' ? 4 : 1 / 4) }, parameters: 7 };
    },
  };
}

const silent = () => ({ finished: () => {}, stop: () => {} });
const run = (experiment: Experiment, jobs: readonly Job[], kept: string) => runHere(experiment, jobs, kept, silent);

describe('Experiments', () => {
  it.each(experiments)(
    '$name has at least five seeds, known tasks and a file of its own for every job',
    (experiment) => {
      for (const preset of [experiment.full, experiment.quick]) {
        expect(new Set(preset.seeds).size).toBeGreaterThanOrEqual(5);
        const names = jobsOf(experiment, preset).map(jobName);
        expect(new Set(names).size).toBe(preset.seeds.length * preset.tasks.length * preset.models.length);
      }
    },
  );

  // the test of the queue runs text
  const quick = experiments.filter(({ name }) => name !== 'text');
  it.each(quick)('$name gives, in its quick form, what its table shows, and the same again', async (experiment) => {
    const jobs = jobsOf(experiment, experiment.quick);
    const job = jobs[jobs.length - 1];
    const { seconds, ...result } = await runJob(experiment, job);
    expect(seconds).toBeGreaterThan(0);
    const { measures, choice } = experiment;
    for (const metric of [...measures.map((measure) => measure.metric), ...(choice ? [choice.by] : [])]) {
      expect(result.metrics[metric]).toBeGreaterThanOrEqual(0);
    }
    const { seconds: _, ...again } = await runJob(experiment, job);
    expect(again).toEqual(result);
  });

  it('goes on where it stopped, and runs no job twice', async () => {
    const jobs = jobsOf(counted(), settings);
    const kept = join(folder, 'resumed');
    const failing = counted(({ task, seed }) => task === 'b' && seed === 2);
    await expect(run(failing, jobs, kept)).rejects.toThrow('it failed');
    expect(failing.ran).toHaveLength(10);
    const second = counted();
    const results = await run(second, jobs, kept);
    expect(second.ran).toEqual(jobs.slice(10).map(jobName));
    expect(results.map(({ job }) => job)).toEqual(jobs);
    const third = counted();
    expect(await run(third, jobs, kept)).toEqual(results);
    expect(third.ran).toEqual([]);
    expect(readdirSync(kept).sort()).toEqual(jobs.map((job) => `${jobName(job)}.json`).sort());
  });

  it('refuses results that were found with other settings', async () => {
    const other = jobsOf(counted(), { ...settings, numbers: { n: 2 } });
    await expect(run(counted(), other, join(folder, 'resumed'))).rejects.toThrow('was found with other settings');
  });

  it('refuses a metric that is no number', async () => {
    const broken: Experiment = { ...counted(), run: async () => ({ metrics: { error: Number.NaN }, parameters: 1 }) };
    const jobs = jobsOf(broken, settings);
    await expect(run(broken, jobs, join(folder, 'broken'))).rejects.toThrow('error of first on a, seed 0, is NaN');
  });

  it('reports means and deviations over seeds, the best model, and all results', async () => {
    const experiment = counted();
    const results = await run(experiment, jobsOf(experiment, settings), join(folder, 'reported'));
    const { mean, deviation } = modelSpread(results, 'first', settings.tasks, { metric: 'error' });
    expect(mean).toBeCloseTo(6, 12);
    expect(deviation).toBeCloseTo(2 * Math.sqrt(2.5), 12);
    expect(bestModels(results, settings.models, 'a', { metric: 'error' })).toEqual(['first']);
    const tied = results.map((result) => ({ ...result, metrics: { error: 0 } }));
    expect(bestModels(tied, settings.models, 'a', { metric: 'error', average: 'arithmetic' })).toEqual(settings.models);
    const text = markdown(experiment, settings, results, { command: 'npm run it', machine: 'here' });
    expect(text).toContain('`npm run it` — 20 trainings');
    expect(text).toContain('| first | 7 | 6 ± 3 | 2 of 2 | 0.00 |');
    expect(text).toContain('| a | **24 ± 13** | 36 ± 19 |');
    const lines = csv(experiment, results).trim().split('\n');
    expect(lines[0]).toBe('task,model,seed,parameters,error,seconds');
    expect(lines).toHaveLength(21);
    const drawn = picture(experiment, settings, results);
    expect(textsOf(parse(drawn))).toEqual(expect.arrayContaining(['Counted', 'first', 'second', 'error']));
    expect(drawn).toContain('first: 6 ± 3');
  });

  it.each(Object.entries(families))(
    'matches the parameters of %s as closely as its sizes allow',
    (_, family: Family) => {
      const count = (size: number): number => parametersOf(family, family.build(3, 1, size, 0));
      const size = matchedSize(family, 3, 1, 200);
      const distance = (other: number): number => Math.abs(count(other) - 200);
      expect(distance(size)).toBeLessThanOrEqual(distance(size + 1));
      if (size > 1) expect(distance(size)).toBeLessThan(distance(size - 1));
      expect(distance(size)).toBeLessThanOrEqual(40);
    },
  );

  it.each(Object.entries(activations))('matches the parameters of one activation of %s', (_, family) => {
    const count = countParameters(family.build(1, 1, matchedSize(family, 1, 1, 24), 0));
    expect(Math.abs(count - 24)).toBeLessThanOrEqual(2);
  });

  it('refuses a budget that no size meets', () => {
    expect(() => matchedSize(families['QKAN pz'], 40, 1, 100)).toThrow('the smallest model has');
  });

  it('has an MLP that is W·silu(h) + b layer by layer', () => {
    const model = families.MLP.build(2, 1, 3, 4);
    const linear = model.layers.filter((layer) => layer instanceof Linear);
    const numbers = linear.map((layer) => layer.getWeights().map((weight) => weight.dataSync()));
    expect(numbers).toHaveLength(3);
    const silu = (x: number): number => x / (1 + Math.exp(-x));
    const random = new Random(2);
    const x = Float64Array.from({ length: 8 }, () => random.uniform(-1, 1));
    const expectedAt = (point: ArrayLike<number>): number => {
      let values = Array.from(point);
      numbers.forEach(([matrix, bias], k) => {
        const inputs = k === 0 ? values : values.map(silu);
        values = Array.from(bias, (b, o) => inputs.reduce((sum, h, i) => sum + matrix[o * inputs.length + i] * h, b));
      });
      return values[0];
    };
    const y = predictArray(model, x);
    for (let s = 0; s < 4; s++) expect(y[s]).toBeCloseTo(expectedAt(x.subarray(2 * s, 2 * s + 2)), 5);
  });

  it('has a HQKAN with the parameters of the layer of that name', () => {
    const layer = new HQKAN({ units: 2, latent: 4, ansatz: 'rpz', preactivationTrainable: true });
    layer.apply(tf.zeros([1, 3]));
    const parameters = layer.trainableWeights.reduce((sum, weight) => sum + weight.read().size, 0);
    expect(countParameters(families.HQKAN.build(3, 2, 4, 0))).toBe(parameters);
  });

  it('counts of an S-KAN what it keeps', () => {
    const family: Family = families['S-KAN'];
    const model = family.build(3, 2, 4, 0);
    // of B-splines 8 + 1 an edge, of Fourier series 11, of DARUAN 4 + 3 + 3 + 2; 20 edges
    expect(parametersOf(family, model)).toBe(Math.round((20 * (9 + 11 + 12)) / 3));
    for (const layer of model.layers as SKANLayer[]) layer.prune();
    expect(parametersOf(family, model)).toBe(20 * 9);
  });

  it('reads labelled images from CSV without header and from IDX', async () => {
    const [table, images, classes] = ['a.csv', 'images', 'classes'].map((name) => join(folder, name));
    writeFileSync(table, '0,16,3\n8,4,9\n');
    writeFileSync(images, Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 16, 8, 4));
    writeFileSync(classes, Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 3, 9));
    const wanted = { samples: 2, x: Float64Array.of(0, 16, 8, 4), labels: Int32Array.of(3, 9) };
    expect(await readLabelledCsv(table)).toEqual(wanted);
    expect(readLabelledIdx(images, classes)).toEqual(wanted);
    expect(() => readLabelledIdx(images, images)).toThrow('has 2 images');
    await expect(readLabelledCsv(join(folder, 'none.csv'))).rejects.toThrow('cannot be read');
  });
});
