/**
 * Runs one experiment: the jobs that have no result yet, then its table and picture.
 * Bundled and started by run.mjs, which says how it is called.
 */
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { DaruanError } from '../../src/foundation/errors.js';
import { selectBackend } from '../../src/tf/backend.js';
import { enableProduction } from '../../src/tf/plainArrays.js';
import { type Experiment, jobsOf, type Settings } from './experiment.js';
import { experiments } from './experiments.js';
import { csv, markdown } from './report/markdown.js';
import { picture } from './report/picture.js';
import { runHere } from './run/here.js';
import { machine } from './run/machine.js';
import { writeWhole } from './run/results.js';

const USAGE = 'npm run experiment <name> [-- --quick --data file,… --out folder --queue redis://… --worker]';
const COMMITTED = 'test/experiments/results';

function experimentNamed(name: string | undefined): Experiment {
  const found = experiments.find((experiment) => experiment.name === name);
  if (found) return found;
  const known = experiments.map((experiment) => experiment.name).join(', ');
  throw new DaruanError('experiment', `expected one of ${known}, got "${name}"`, `Usage: ${USAGE}`);
}

function settingsOf({ name, full, quick, needs }: Experiment, isQuick: boolean, data: string | undefined): Settings {
  if (!isQuick && needs && data === undefined) {
    throw new DaruanError('experiment', `${name} needs ${needs}`, 'Pass them by --data, separated by commas.');
  }
  const preset = isQuick ? quick : full;
  return data === undefined ? preset : { ...preset, data: data.split(',') };
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      data: { type: 'string' },
      out: { type: 'string' },
      queue: { type: 'string' },
      worker: { type: 'boolean', default: false },
    },
  });
  enableProduction();
  await selectBackend();
  if (values.worker) {
    const { work } = await import('./run/queue.js');
    return work(values.queue ?? 'redis://127.0.0.1:6379', experiments);
  }
  const experiment = experimentNamed(positionals[0]);
  const settings = settingsOf(experiment, values.quick, values.data);
  const jobs = jobsOf(experiment, settings);
  const folder = values.out ?? join('results/experiments', `${experiment.name}${values.quick ? '-quick' : ''}`);
  const kept = join(folder, 'jobs');
  const results =
    values.queue === undefined
      ? await runHere(experiment, jobs, kept)
      : await (await import('./run/queue.js')).runQueued(values.queue, jobs, kept);

  const options = [
    ...(values.quick ? ['--quick'] : []),
    ...(values.data
      ? [
          `--data ${values.data
            .split(',')
            .map((path) => basename(path))
            .join(',')}`,
        ]
      : []),
  ];
  const command = `npm run experiment ${experiment.name}${options.length > 0 ? ` -- ${options.join(' ')}` : ''}`;
  const report = markdown(experiment, settings, results, { command, machine: machine() });
  const tables = values.quick || values.out ? folder : COMMITTED;
  writeWhole(join(tables, `${experiment.name}.md`), report);
  writeWhole(join(tables, `${experiment.name}.csv`), csv(experiment, results));
  writeWhole(join(tables, `${experiment.name}.svg`), picture(experiment, settings, results));
  process.stdout.write(`${report}\nWritten to ${tables}\n`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof DaruanError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
