import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import vm from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import typescript from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageFile from '../package.json' with { type: 'json' };
import { linkPackages, requireBuild, root } from './built.js';

const modules = Object.keys(packageFile.exports).filter((path) => !path.endsWith('.json'));
const core = modules.filter((path) => path !== './tf');
const specifierOf = (path: string): string => `daruan${path.slice(1)}`;
/** Everything that the package exports under `path`, as an expression in a program that imported it as m0, m1, … */
const listExports = (paths: readonly string[]): string =>
  `{ ${paths.map((path, i) => `${JSON.stringify(path)}: Object.keys(m${i}).filter((name) => name !== 'default').sort()`).join(', ')} }`;

/** A user's project: the packed package, and of its dependencies only those that are named. */
function makeProject(folder: string, archive: string, dependencies: readonly string[]): void {
  const installed = join(folder, 'node_modules');
  mkdirSync(join(installed, 'daruan'), { recursive: true });
  execFileSync('tar', ['-xzf', archive, '-C', join(installed, 'daruan'), '--strip-components=1']);
  linkPackages(folder, dependencies);
}

function runNode(folder: string, file: string, program: string): string {
  writeFileSync(join(folder, file), program);
  return execFileSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' });
}

async function bundle(folder: string, program: string): Promise<string> {
  const { outputFiles, warnings } = await build({
    stdin: { contents: program, resolveDir: folder },
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    logLevel: 'silent',
  });
  // An import of a whole module for nothing is what some tests are about.
  expect(warnings.filter(({ id, location }) => id !== 'ignored-bare-import' || location?.file !== '<stdin>')).toEqual(
    [],
  );
  return outputFiles[0].text;
}

describe('The package', { timeout: 60_000 }, () => {
  let folder: string;
  let project: string;
  let projectWithoutTf: string;

  beforeAll(() => {
    requireBuild();
    folder = mkdtempSync(join(tmpdir(), 'daruan-package-'));
    execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], { cwd: root });
    const archive = join(folder, `daruan-${packageFile.version}.tgz`);
    [project, projectWithoutTf] = [join(folder, 'whole'), join(folder, 'core')];
    const dependencies = Object.keys(packageFile.dependencies);
    makeProject(projectWithoutTf, archive, dependencies);
    makeProject(project, archive, [...dependencies, '@tensorflow/tfjs-core', '@tensorflow/tfjs-layers', '@types/node']);
  }, 60_000);

  afterAll(() => {
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it('contains every file that its exports and its program name', () => {
    const paths = (value: unknown): string[] =>
      typeof value === 'string' ? [value] : Object.values(value as object).flatMap(paths);
    const named = [...paths(packageFile.exports), ...paths(packageFile.bin)];
    expect(named.length).toBeGreaterThan(4 * modules.length);
    const missing = named.filter(
      (path) => !statSync(join(project, 'node_modules/daruan', path), { throwIfNoEntry: false }),
    );
    expect(missing).toEqual([]);
  });

  it('contains neither sources nor tests', () => {
    const files = readdirSync(join(project, 'node_modules/daruan'), { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => /(^|\/)test(\/|$)|(?<!\.d)\.ts$/.test(file))).toEqual([]);
  });

  it('exports the same names to import and to require, and something everywhere', () => {
    const imports = modules.map((path, i) => `import * as m${i} from '${specifierOf(path)}';`).join('\n');
    const requires = modules.map((path, i) => `const m${i} = require('${specifierOf(path)}');`).join('\n');
    const print = `process.stdout.write(JSON.stringify(${listExports(modules)}));`;
    const imported = JSON.parse(runNode(project, 'names.mjs', `${imports}\n${print}`));
    const required = JSON.parse(runNode(project, 'names.cjs', `${requires}\n${print}`));
    expect(required).toEqual(imported);
    for (const names of Object.values<string[]>(imported)) expect(names.length).toBeGreaterThan(0);
  });

  it.each([
    ['mjs', `import { DaruanError } from 'daruan';\nimport { op } from 'daruan/circuits';`],
    ['cjs', `const { DaruanError } = require('daruan');\nconst { op } = require('daruan/circuits');`],
  ])('has one error class for all its parts (%s)', (suffix, loading) => {
    const program = `${loading}
      try { op('nonsense', [0]); } catch (error) { process.stdout.write(String(error instanceof DaruanError)); }`;
    expect(runNode(project, `errors.${suffix}`, program)).toBe('true');
  });

  it.each([
    ['mjs', `import { backends, chainKernels } from 'daruan/kernels';`],
    ['cjs', `const { backends, chainKernels } = require('daruan/kernels');`],
  ])('loads every kernel on demand (%s)', (suffix, loading) => {
    const program = `${loading}
      const loaders = [...Object.entries(backends), ...Object.entries(chainKernels)];
      Promise.all(loaders.map(([key, load]) => load().catch((error) => error).then(({ name }) => key + ' ' + name))).then((loaded) => {
        process.stdout.write(JSON.stringify(loaded));
      });`;
    const loaded: string[] = JSON.parse(runNode(project, `kernels.${suffix}`, program));
    expect(loaded.filter((line) => line === 'reference reference').length).toBe(2);
    const refused = loaded.filter((line) => line.endsWith('Error'));
    const onRequest = ['gpujs DaruanError', 'webgpu DaruanError']; // WebGPU is put in place on request only
    expect(refused).toEqual([...onRequest, ...onRequest]);
    for (const line of loaded) expect(line).toMatch(/^[\w-]+ [\w-]+$/);
  });

  it('needs tfjs for ./tf alone', () => {
    const imports = core.map((path, i) => `import * as m${i} from '${specifierOf(path)}';`).join('\n');
    const program = `${imports}
      const tf = await import('daruan/tf').catch((error) => error.message);
      process.stdout.write(JSON.stringify({ ...${listExports(core)}, tf }));`;
    const { tf, ...names } = JSON.parse(runNode(projectWithoutTf, 'without.mjs', program));
    for (const list of Object.values<string[]>(names)) expect(list.length).toBeGreaterThan(0);
    expect(tf).toMatch(/Cannot find package '@tensorflow\/tfjs-/);
  });

  it('brings types that hold for ESM and for CommonJS', () => {
    const program = (load: (path: string, i: number) => string): string =>
      `${modules.map(load).join('\n')}\nexport const all: object[] = [${modules.map((_, i) => `m${i}`).join(', ')}];\n`;
    const esm = program((path, i) => `import * as m${i} from '${specifierOf(path)}';`);
    const cjs = program((path, i) => `import m${i} = require('${specifierOf(path)}');`);
    const wrong = `import { circuit } from 'daruan/circuits';\nexport const six: number = circuit;\n`;
    const sources = { 'esm.mts': esm, 'cjs.cts': cjs, 'wrong.mts': wrong };
    for (const [name, text] of Object.entries(sources)) writeFileSync(join(project, name), text);
    const { ModuleKind, ModuleResolutionKind } = typescript;
    const compiled = typescript.createProgram(
      Object.keys(sources).map((name) => join(project, name)),
      {
        module: ModuleKind.Node16,
        moduleResolution: ModuleResolutionKind.Node16,
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        types: [],
      },
    );
    const problems = typescript.getPreEmitDiagnostics(compiled).map(({ file, code }) => [file?.fileName, code]);
    expect(problems).toEqual([[join(project, 'wrong.mts'), 2322]]); // so types are looked at: six is no circuit
  });

  it('runs in a browser, where there is no Node', async () => {
    const imports = core.map((path, i) => `import * as m${i} from '${specifierOf(path)}';`).join('\n');
    const text = await bundle(project, `${imports}\nglobalThis.result = ${listExports(core)};`);
    const browser: Record<string, unknown> = { console, performance, TextEncoder, TextDecoder };
    vm.runInNewContext(text, browser);
    for (const list of Object.values(browser.result as Record<string, string[]>)) {
      expect(list.length).toBeGreaterThan(0);
    }
  });

  it('is small: the whole core in a browser, compressed', async () => {
    const text = await bundle(projectWithoutTf, `import * as daruan from 'daruan';\nglobalThis.result = daruan;`);
    expect(gzipSync(text).length).toBeGreaterThan(10_000); // so it is there
    expect(gzipSync(text).length).toBeLessThan(60_000);
  });

  it('is imported quickly, and starts no worker', () => {
    const program = `import { subscribe } from 'node:diagnostics_channel';
      import { Worker } from 'node:worker_threads';
      let workers = 0;
      subscribe('worker_threads', () => { workers++; });
      const start = performance.now();
      await import('daruan');
      const milliseconds = performance.now() - start;
      const imported = workers;
      await new Worker('', { eval: true }).terminate();
      process.stdout.write(JSON.stringify({ milliseconds, imported, control: workers }));`;
    const runs = Array.from({ length: 5 }, () => JSON.parse(runNode(projectWithoutTf, 'time.mjs', program)));
    for (const { imported, control } of runs) expect([imported, control]).toEqual([0, 1]);
    expect(Math.min(...runs.map(({ milliseconds }) => milliseconds))).toBeLessThan(60);
  });

  it('contains the licences of what it contains', () => {
    const text = readFileSync(join(project, 'node_modules/daruan/dist/LICENSES.txt'), 'utf8');
    expect(text).toMatch(/^mathjs \d+\.\d+\.\d+$/m);
    expect(text).toContain('Apache License');
  });

  it('can be bundled for a browser with its layers, where there is no Node either', async () => {
    const text = await bundle(project, `import * as daruan from 'daruan/tf';\nglobalThis.result = daruan;`);
    new vm.Script(text); // parses
    // import('node:…') may stand in what only Node calls; require would be asked for at once.
    expect(text.match(/\brequire\("node:[^"]*"/g) ?? []).toEqual([]);
  });

  it.each(core)('costs nothing where nothing of it is used: %s', async (path) => {
    const text = await bundle(projectWithoutTf, `import '${specifierOf(path)}';`);
    expect(text.length).toBeLessThan(64);
  });

  it('costs only what is used', async () => {
    const text = await bundle(
      projectWithoutTf,
      `import { DaruanError } from 'daruan';\nglobalThis.result = DaruanError;`,
    );
    expect(text.length).toBeLessThan(2048);
  });

  it('has a program that can be run', () => {
    const program = join(project, 'node_modules/daruan', packageFile.bin.daruan);
    expect(readFileSync(program, 'utf8').startsWith('#!/usr/bin/env node\n')).toBe(true);
    expect(execFileSync(program, ['--version'], { encoding: 'utf8' }).trim()).toBe(packageFile.version);
  });

  it('names no registry in its lock file', () => {
    const lock: unknown = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    expect(JSON.stringify(lock)).not.toMatch(/"resolved":/);
  });
});
