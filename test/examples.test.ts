import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import typescript from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkPackages, requireBuild, root } from './built.js';
import { readExamples } from './examples/docstrings.js';
import { readBlocks } from './examples/readme.js';

const blocks = readBlocks(readFileSync(join(root, 'README.md'), 'utf8'));
const sources = ['src', 'circuits', 'kernels'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.includes('assembly') && !path.includes('generated'))
    .map((path) => join(root, folder, path)),
);
const examples = sources
  .flatMap((path) => readExamples(path, readFileSync(path, 'utf8')))
  .map((example, k) => ({ ...example, file: `example${k}` }));

/** Whose examples are no programs of their own, and what they speak of that is neither said nor exported. */
const fragments: Readonly<Record<string, string>> = {
  DaruanError: 'expected',
  exportOnnx: 'writeFileSync, model',
  fit: 'x, y',
  gpujsBackend: 'gpujsBackend, program, angles, batch',
  gpujsChainKernel: 'gpujsChainKernel, layer, x, batch',
  parseFormula: 'parseFormula',
  readPaperWeights: 'bytes',
  split: 'dataset',
  trainLanguageModel: 'model, tokens',
  wasmBackend: 'wasmBackend, program, angles',
  wasmChainKernel: 'wasmChainKernel, layer, x',
  webGpuChainKernel: 'webGpuChainKernel, layer, x, batch',
  webGpuStatevectors: 'webGpuStatevectors, program, angles, batch',
};

/** What asks for a GPU, and where there is none lets the driver complain. `npm run test:gpu` runs these. */
const onGpu = ['provideGpu'];

const packages = ['', '/circuits', '/kernels', '/learning', '/spectrum', '/hardware', '/tf', '/plot'].map(
  (path) => `daruan${path}`,
);
const tensors = `import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { selectBackend as startBackend } from 'daruan/tf';
tf.enableProdMode();
await startBackend('cpu');
`;

/** An example as a module that imports what it speaks of. */
function program(code: string, origin: ReadonlyMap<string, string>): string {
  const words = [...new Set(code.match(/[A-Za-z_$][\w$]*/g))];
  const names = words.filter((word) => origin.has(word));
  const imports = names.map((name) => `import { ${name} } from '${origin.get(name)}';\n`).join('');
  const needsTensors = /\b(tf|tfl)\./.test(code) || names.some((name) => origin.get(name) === 'daruan/tf');
  return `${needsTensors ? tensors : ''}${imports}export {};\n${code}\n`;
}

describe('Examples', { timeout: 120_000 }, () => {
  let folder: string;
  /** Messages of the compiler, by file. */
  const problems = new Map<string, string[]>();
  const exported = new Set<string>();

  const write = (file: string, text: string): void => {
    writeFileSync(join(folder, `${file}.mts`), text);
    writeFileSync(join(folder, `${file}.mjs`), transformSync(text, { loader: 'ts', target: 'es2022' }).code);
  };
  const runNode = (file: string) =>
    spawnSync(process.execPath, [join(folder, file)], { cwd: folder, encoding: 'utf8', timeout: 100_000 });

  beforeAll(() => {
    requireBuild();
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'daruan-examples-')));
    const tensorflow = ['core', 'layers', 'backend-cpu', 'backend-wasm'].map((name) => `@tensorflow/tfjs-${name}`);
    linkPackages(folder, ['daruan', '@types/node', ...tensorflow]);
    const listing = packages.map((name) => `${JSON.stringify(name)}: Object.keys(await import('${name}'))`).join(', ');
    writeFileSync(join(folder, 'names.mjs'), `console.log(JSON.stringify({ ${listing} }));`);
    const names = Object.entries<string[]>(JSON.parse(runNode('names.mjs').stdout));
    const origin = new Map(names.reverse().flatMap(([from, list]) => list.map((name) => [name, from] as const)));
    for (const name of origin.keys()) exported.add(name);

    blocks.forEach(({ code }, k) => {
      write(`block${k}`, code);
    });
    for (const { file, code } of examples) write(file, program(code, origin));
    const files = [...blocks.map((_, k) => `block${k}`), ...examples.map(({ file }) => file)];
    const { ModuleKind, ModuleResolutionKind, ScriptTarget } = typescript;
    const compiled = typescript.createProgram(
      files.map((file) => join(folder, `${file}.mts`)),
      {
        module: ModuleKind.Node16,
        moduleResolution: ModuleResolutionKind.Node16,
        target: ScriptTarget.ES2022,
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        types: ['node'],
      },
    );
    for (const { file, messageText } of typescript.getPreEmitDiagnostics(compiled)) {
      const name = file?.fileName.replace(/^.*\/|\.mts$/g, '') ?? '';
      problems.set(name, [...(problems.get(name) ?? []), typescript.flattenDiagnosticMessageText(messageText, ' ')]);
    }
  }, 120_000);

  afterAll(() => {
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  describe('of the README', () => {
    it('are there', () => {
      expect(blocks.length).toBeGreaterThanOrEqual(4);
    });

    it.each(blocks.map(({ name }, k) => [name, k] as const))('have sound types: %s', (_, k) => {
      expect(problems.get(`block${k}`) ?? []).toEqual([]);
    });

    it.each(blocks.flatMap(({ name, runs }, k) => (runs ? [[name, k] as const] : [])))(
      'run to their end without a complaint: %s',
      (_, k) => {
        const { status, stderr, stdout } = runNode(`block${k}.mjs`);
        expect([status, stderr]).toEqual([0, '']);
        expect(stdout).not.toMatch(/\bNaN\b|undefined/);
      },
    );
  });

  describe('of docstrings', () => {
    const whole = examples.filter(({ subject }) => !Object.hasOwn(fragments, subject));

    it.each(whole.map(({ subject, code, file }) => [`${subject}: ${code}`, file]))(
      'have sound types: %s',
      (_, file) => {
        expect(problems.get(file) ?? []).toEqual([]);
      },
    );

    it('run', () => {
      const files = whole
        .filter(({ subject }) => exported.has(subject) && !onGpu.includes(subject))
        .map(({ file }) => file);
      expect(files.length).toBeGreaterThanOrEqual(25);
      const load = `const failures = [];
        for (const file of ${JSON.stringify(files)}) {
          await import('./' + file + '.mjs').catch((error) => failures.push(file + ': ' + error.message));
        }
        console.error(failures.join('\\n'));`;
      writeFileSync(join(folder, 'all.mjs'), load);
      const { status, stderr } = runNode('all.mjs');
      expect([status, stderr.trim()]).toEqual([0, '']);
    });

    it('are fragments only where they are called so', () => {
      const called = examples.filter(({ subject }) => Object.hasOwn(fragments, subject));
      expect(new Set(called.map(({ subject }) => subject))).toEqual(new Set(Object.keys(fragments)));
      for (const { subject, file } of called) {
        for (const name of fragments[subject].split(', ')) {
          expect((problems.get(file) ?? []).join('\n')).toMatch(new RegExp(`\\b${name}\\b`));
        }
      }
    });
  });
});
