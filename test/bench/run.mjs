/**
 * Runs benchmarks and writes what they print into RESULTS.md, one section a benchmark.
 * Usage: node test/bench/run.mjs [name …], all of them by default; --print leaves RESULTS.md as it is.
 *
 * A benchmark that fails, or takes longer than LIMIT_MS, leaves its section as it was, and the others go on.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Name -> title of its section. */
const benchmarks = {
  training: 'Training a QKAN',
  layer: 'A QKAN layer in tfjs',
  kan: 'A classical KAN layer in tfjs',
  memory: 'Memory of a training step',
  chain: 'The chain kernel',
  nodes: 'Node compilation',
  statevector: 'The statevector backend',
  batched: 'Many small circuits',
  peers: 'Beside other simulators',
  peersPython: 'Beside packages of Python',
  scaling: 'How cost grows',
  transpile: 'Native gates',
  language: 'A transformer by its feed-forward block',
  spectrum: 'Fourier coefficients',
  import: 'What importing costs',
};

/** A benchmark that takes longer is ended. */
const LIMIT_MS = 300_000;

const folder = dirname(fileURLToPath(import.meta.url));
const root = resolve(folder, '../..');
const results = join(folder, 'RESULTS.md');
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = names.find((name) => !Object.hasOwn(benchmarks, name));
if (unknown) {
  process.stderr.write(`bench: expected one of ${Object.keys(benchmarks).join(', ')}, got "${unknown}".\n`);
  process.exit(1);
}

const load = () => loadavg()[0].toFixed(1);

/** Where and with what a benchmark runs. */
const machine = () => {
  const [{ model }] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return `${model.trim()}, ${cpus().length} cores, ${memory} GiB; Node ${process.version}, daruan ${version}`;
};

/** Tables and single lines are Markdown already; other text keeps its columns. */
function asMarkdown(printed) {
  const text = printed.trim();
  return /^\| /m.test(text) || !text.includes('\n') ? text : `\`\`\`\n${text}\n\`\`\``;
}

/** The text of RESULTS.md with one section replaced or added. */
function withSection(text, title, body) {
  const section = `## ${title}\n\n${body.trim().replace(/\n{3,}/g, '\n\n')}\n`;
  const start = text.indexOf(`## ${title}\n`);
  if (start < 0) return `${text.trimEnd()}\n\n${section}`;
  const end = text.indexOf('\n## ', start + 1);
  return text.slice(0, start) + section + (end < 0 ? '' : text.slice(end));
}

/** What a benchmark prints, or undefined where it failed or took too long. */
async function run(name) {
  const scratch = mkdtempSync(join(root, '.bench-'));
  try {
    const outfile = join(scratch, `${name}.mjs`);
    await build({
      entryPoints: [join(folder, `${name}.ts`)],
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      outfile,
      logLevel: 'error',
    });
    const { status, signal, stdout } = spawnSync(process.execPath, ['--no-warnings', outfile], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      maxBuffer: 2 ** 26,
      timeout: LIMIT_MS,
    });
    if (status === 0) return stdout;
    process.stderr.write(`bench: ${name} ended with ${signal ?? `status ${status}`}; its section stays as it was.\n`);
  } catch (error) {
    process.stderr.write(`bench: ${name} cannot be built: ${error.message}\n`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  process.exitCode = 1;
}

for (const name of names.length > 0 ? names : Object.keys(benchmarks)) {
  const [start, before] = [performance.now(), load()];
  const printed = await run(name);
  if (printed === undefined) continue;
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  const conditions = `${machine()}; load ${before} before, ${load()} after; ${seconds} s.`;
  process.stdout.write(`## ${benchmarks[name]}\n${conditions}\n\n${printed.trim()}\n\n`);
  if (process.argv.includes('--print')) continue;
  const body = `\`node test/bench/run.mjs ${name}\` — ${conditions}\n\n${asMarkdown(printed)}`;
  const old = existsSync(results) ? readFileSync(results, 'utf8') : '# Measured\n';
  writeFileSync(`${results}.tmp`, withSection(old, benchmarks[name], body));
  renameSync(`${results}.tmp`, results);
}
