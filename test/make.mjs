/**
 * Makes what is kept in the repository but written by a program, from the sources as they are.
 * Usage: node test/make.mjs library | notebooks | pictures | playground
 */
import { rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const programs = {
  library: 'test/library/write.ts',
  notebooks: 'test/notebooks/write.ts',
  pictures: 'test/pictures/write.ts',
  playground: 'test/playground/photograph.ts',
};

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const [name] = process.argv.slice(2);
if (!Object.hasOwn(programs, name ?? '')) {
  process.stderr.write(`make: expected one of ${Object.keys(programs).join(', ')}, got "${name}".\n`);
  process.exit(1);
}
process.chdir(root);
const folder = join(root, `.dist-make-${process.pid}`); // where it finds the packages
const bundle = join(folder, `${name}.mjs`);
try {
  await build({
    entryPoints: [programs[name]],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  await import(pathToFileURL(bundle).href);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
