/**
 * Bundles the benchmark of the GPU, runs it, and writes what it prints into ../RESULTS-gpu.md, a section an adapter.
 * Usage: node test/bench/gpu/run.mjs [options of main.ts]; --print leaves the file as it is; --bundle FILE only writes the bundle.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = dirname(fileURLToPath(import.meta.url));
const root = resolve(folder, '../../..');
const results = join(folder, '../RESULTS-gpu.md');
const args = process.argv.slice(2);

/** One file with everything but the package `webgpu`. */
const bundle = (outfile) =>
  build({
    entryPoints: [join(folder, 'main.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    conditions: ['import'],
    external: ['webgpu'],
    loader: { '.py': 'text' },
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
    outfile,
    logLevel: 'error',
  });

/** The text with the section of one adapter replaced or added. */
function withSection(text, section) {
  const [title] = section.split('\n');
  const start = text.indexOf(`${title}\n`);
  if (start < 0) return `${text.trimEnd()}\n\n${section}`;
  const end = text.indexOf('\n## ', start + 1);
  return text.slice(0, start) + section + (end < 0 ? '' : text.slice(end));
}

if (args.includes('--bundle')) {
  await bundle(resolve(args[args.indexOf('--bundle') + 1]));
} else {
  const scratch = mkdtempSync(join(root, '.bench-'));
  try {
    const file = join(scratch, 'gpu.mjs');
    await bundle(file);
    const { status, stdout } = spawnSync(process.execPath, ['--no-warnings', file, ...args], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      maxBuffer: 2 ** 26,
    });
    process.stdout.write(stdout);
    if (status !== 0) process.exitCode = 1;
    else if (!args.includes('--print')) {
      const old = existsSync(results) ? readFileSync(results, 'utf8') : '# Measured on GPUs\n';
      const section = `${stdout.trim().replace(/\n{3,}/g, '\n\n')}\n`;
      writeFileSync(`${results}.tmp`, withSection(old, section));
      renameSync(`${results}.tmp`, results);
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
