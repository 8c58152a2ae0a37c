/**
 * Builds the page as one file, dist/playground/index.html: script, style and WebAssembly are in it.
 *
 * Usage: node src/playground/build.mjs [--serve [port, 8080 by default]] [--out folder]
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { markPure } from '../markPure.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** The text of the page. The compiled kernels must be there: `npm run build` makes them. */
export async function buildPage() {
  const { outputFiles } = await build({
    entryPoints: [join(here, 'main.ts'), join(here, 'style.css')],
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    external: ['node:*'], // never asked for in a browser
    outdir: '/', // nothing is written
    plugins: [markPure],
    write: false,
    logLevel: 'error',
  });
  const text = (ending) => outputFiles.find(({ path }) => path.endsWith(ending)).text;
  const script = text('.js').replaceAll('</script', '<\\/script');
  return readFileSync(join(here, 'index.html'), 'utf8')
    .replace('/* style */', () => text('.css'))
    .replace('/* script */', () => script);
}

function serve(page, port) {
  createServer((request, response) => {
    const found = ['/', '/index.html'].includes(new URL(request.url, 'http://localhost').pathname);
    response.writeHead(found ? 200 : 404, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(found ? page : 'Not found');
  })
    .on('error', (error) => {
      console.error(`playground: ${error.message}. Give another port: npm run playground -- 9000`);
      process.exitCode = 1;
    })
    .listen(port, 'localhost', () => console.error(`http://localhost:${port} serves the page; Ctrl-C ends.`));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const options = { serve: { type: 'boolean' }, out: { type: 'string' } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const port = Number(positionals[0] ?? 8080);
  if (!(Number.isInteger(port) && port >= 1 && port < 65536)) {
    console.error(`playground: expected a port in 1 … 65535, got "${positionals[0]}".`);
    process.exit(1);
  }
  const folder = resolve(values.out ?? join(here, '../../dist/playground'));
  const page = await buildPage();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.html.draft'), page);
  renameSync(join(folder, 'index.html.draft'), join(folder, 'index.html'));
  if (values.serve) serve(page, port);
}
