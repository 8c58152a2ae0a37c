import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { requireBuild, root } from '../built.js';
import type { Files } from './chromium.js';

const here = fileURLToPath(new URL('.', import.meta.url));

/**
 * A page whose script is `entry` (TypeScript), bundled and minified. Kernels come from the built package, dist/; what else the
 * tests need comes from the sources, and their assertions run in the page.
 */
export async function bundlePage(entry: string): Promise<Files> {
  requireBuild();
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    outdir: '/', // nothing is written
    chunkNames: 'chunk-[hash]',
    plugins: [fromDist],
    write: false,
    logLevel: 'error',
  });
  const script = basename(entry).replace(/\.ts$/, '.js');
  const index = `<!doctype html><meta charset="utf-8"><title>Tests</title><script type="module" src="${script}"></script>`;
  return {
    'index.html': index,
    ...Object.fromEntries(outputFiles.map(({ path, text }) => [basename(path), text])),
  };
}

const fromDist: Plugin = {
  name: 'the built package',
  setup({ onResolve }) {
    onResolve({ filter: /\/kernels\/index\.js$/ }, () => ({ path: join(root, 'dist/kernels.js') }));
    // the suites ask whether an error is of our class, and mean the package's
    onResolve({ filter: /foundation\/errors\.js$/ }, ({ importer }) =>
      importer.startsWith(join(root, 'test')) ? { path: join(root, 'dist/index.js'), sideEffects: false } : undefined,
    );
    onResolve({ filter: /^vitest$/ }, () => ({ path: join(here, 'page/vitest.ts') }));
  },
};
