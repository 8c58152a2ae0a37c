/**
 * Runs an experiment from the sources as they are.
 * Usage: node test/experiments/run.mjs <name> [--quick] [--data file,…] [--out folder] [--queue redis://host:port]
 *        node test/experiments/run.mjs --worker --queue redis://host:port
 *
 * Every finished training is one file in results/experiments/<name>/jobs; what is there is not run again. The table, the picture and
 * all results go to test/experiments/results, those of --quick to results/experiments. With --queue the trainings are done by workers.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = dirname(fileURLToPath(import.meta.url));
const root = resolve(folder, '../..');
const scratch = mkdtempSync(join(root, '.dist-experiment-')); // where it finds the packages
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

const outfile = join(scratch, 'main.mjs');
await build({
  entryPoints: [join(folder, 'main.ts')],
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  outfile,
  logLevel: 'warning',
});
const child = spawn(process.execPath, ['--no-warnings', outfile, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
