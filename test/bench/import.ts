/** What importing costs: milliseconds in fresh processes, threads started, and bytes in a browser. Needs `npm run build`. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { digits, medianOf, printTable, say } from './turns.js';

const PROCESSES = 15;
const { name, exports: exported } = JSON.parse(readFileSync('package.json', 'utf8'));
const modules = Object.keys(exported)
  .filter((path) => !path.endsWith('.json'))
  .map((path) => `${name}${path.slice(1)}`);

interface Import {
  readonly milliseconds: number;
  readonly threads: number;
}

/** Imports a module, or nothing, in a process of its own. Node reports every thread that is made on a channel. */
function importOnce(module: string): Import {
  const program = `import { subscribe } from 'node:diagnostics_channel';
    import 'node:worker_threads';
    let threads = 0;
    subscribe('worker_threads', () => threads++);
    const start = performance.now();
    await import('${module}');
    const milliseconds = performance.now() - start;
    process.stdout.write(JSON.stringify({ milliseconds, threads }));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }));
}

/** Bytes of everything that a module exports and needs at once, for a browser: minified; tfjs apart. */
async function bundle(module: string): Promise<{ plain: number; compressed: number }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `import * as all from '${module}';\nglobalThis.all = all;`, resolveDir: '.' },
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    format: 'esm',
    splitting: true, // what is imported on demand, such as WebAssembly, is a file of its own
    outdir: 'bundle',
    external: ['@tensorflow/*', 'node:*'],
    metafile: true,
    logLevel: 'silent',
  });
  const needed = new Set(
    Object.keys(metafile.outputs).filter((path) => metafile.outputs[path].entryPoint === '<stdin>'),
  );
  for (const path of needed) {
    for (const { path: imported, kind, external } of metafile.outputs[path].imports) {
      if (kind === 'import-statement' && !external) needed.add(imported);
    }
  }
  const parts = outputFiles.filter(({ path }) => needed.has(relative('.', path))).map(({ contents }) => contents);
  const sum = (lengths: number[]) => lengths.reduce((total, length) => total + length, 0);
  return { plain: sum(parts.map(({ length }) => length)), compressed: sum(parts.map((part) => gzipSync(part).length)) };
}

if (!existsSync('dist/index.js')) {
  say('Not measured: there is no dist/. Run `npm run build` first.');
} else {
  const times = new Map(modules.map((module) => [module, [] as Import[]]));
  for (let round = 0; round < PROCESSES; round++) {
    for (const [module, runs] of times) runs.push(importOnce(module));
  }
  const rows = [];
  for (const [module, runs] of times) {
    const milliseconds = runs.map((run) => run.milliseconds);
    const { plain, compressed } = await bundle(module);
    rows.push([
      `\`${module}\``,
      `${digits(medianOf(milliseconds))} (${digits(Math.min(...milliseconds))})`,
      `${Math.max(...runs.map(({ threads }) => threads))}`,
      `${(plain / 1000).toFixed(1)}`,
      `${(compressed / 1000).toFixed(1)}`,
    ]);
  }
  printTable(
    ['module', 'import in Node: median (least), ms', 'threads started', 'for a browser, kB', 'of it gzipped'],
    rows,
  );
  say(
    `${PROCESSES} processes a module, in turn. Bytes: all that the module exports, minified; without tfjs and what is loaded on demand.`,
  );
}
