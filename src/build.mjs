/**
 * Builds dist/ from the sources: ESM (*.js), CommonJS (*.cjs) and declarations (types/, types-cjs/).
 *
 * Everything is built in a temporary folder that replaces dist/ at the end, so a build that fails leaves the old one.
 * Usage: node src/build.mjs [folder, dist by default]
 */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import typescript from 'typescript';
import { markPure } from './markPure.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const target = resolve(root, process.argv[2] ?? 'dist');
const draft = join(root, `.dist-${process.pid}`);

/** Name of the bundle -> its source. */
const entries = {
  index: 'src/index.ts',
  circuits: 'circuits/index.ts',
  kernels: 'kernels/index.ts',
  learning: 'src/public/learning.ts',
  spectrum: 'src/public/spectrum.ts',
  hardware: 'src/public/hardware.ts',
  tf: 'src/tf/index.ts',
  plot: 'src/plot/index.ts',
  cli: 'src/cli/index.ts',
};

const common = {
  absWorkingDir: root,
  bundle: true,
  target: 'es2022',
  logLevel: 'silent', // a failure is reported once, below
};

/** The WebAssembly kernels as a TypeScript module of bytes; compiled anew only if their sources have changed. */
async function buildWebAssembly() {
  const folder = join(root, 'kernels/wasm');
  const age = (path) => statSync(path).mtimeMs;
  const sources = [
    join(folder, 'build.mjs'),
    ...listFiles(join(folder, 'assembly')),
    ...listFiles(folder).filter((path) => path.endsWith('layout.ts')), // compiled in
  ];
  const made = listFiles(join(folder, 'generated'));
  if (made.length > 0 && Math.min(...made.map(age)) > Math.max(...sources.map(age))) return;
  const { buildWasm } = await import(pathToFileURL(join(folder, 'build.mjs')).href);
  await buildWasm();
}

function listFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true }).map((name) => join(folder, name));
}

/**
 * Dependencies of which dist/ contains what is used: importing mathjs whole takes half a second, and the d3 modules cannot be
 * required by every Node 20.
 */
const contained = ['mathjs', 'd3-scale', 'd3-shape'];
const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const external = Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => !contained.includes(name));

/** ESM with shared chunks: what two entries share is one module, what is imported on demand is a chunk of its own. */
async function buildModules() {
  const result = await build({
    ...common,
    entryPoints: entries,
    outdir: draft,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    platform: 'neutral',
    splitting: true,
    external: ['node:*', ...external],
    mainFields: ['module', 'main'],
    plugins: [markPure],
    metafile: true,
  });
  refuseWarnings(result);
  for (const file of Object.keys(result.metafile.outputs)) removeBareImports(join(root, file));
  writeLicences(result.metafile);
}

/** The bundler keeps the order of effects by `import "./chunk.js"`. There are none, and other bundlers warn of it. */
function removeBareImports(file) {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/^import "\.[^"]*";\n/gm, ''));
}

/** The licences of the packages that parts of dist/ come from. */
function writeLicences({ outputs }) {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const packages = inputs
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path.match(/^node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]);
  const texts = [...new Set(packages.filter(Boolean))].sort().map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const files = readdirSync(join(root, folder)).filter((file) => /^(licen[cs]e|notice)/i.test(file));
    if (files.length === 0) throw new Error(`${name} has no licence file`);
    return [`${name} ${version}`, ...files.map((file) => readFileSync(join(root, folder, file), 'utf8'))].join('\n\n');
  });
  writeFileSync(join(draft, 'LICENSES.txt'), `Parts of these files come from:\n\n${texts.join('\n\n')}`);
}

/** CommonJS, file by file from the ESM output: so here too a class such as DaruanError exists once. */
async function buildCommonJs() {
  const inFolder = (folder) =>
    readdirSync(join(draft, folder))
      .filter((name) => name.endsWith('.js') && name !== 'cli.js')
      .map((name) => join(draft, folder, name));
  const result = await build({
    ...common,
    entryPoints: [...inFolder('.'), ...(existsSync(join(draft, 'chunks')) ? inFolder('chunks') : [])],
    outdir: draft,
    outbase: draft,
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    platform: 'node',
    packages: 'external',
    plugins: [
      {
        name: 'neighbours are .cjs too',
        setup({ onResolve }) {
          onResolve({ filter: /^\.\.?\// }, ({ path, kind }) =>
            kind === 'entry-point' ? undefined : { path: path.replace(/\.js$/, '.cjs'), external: true },
          );
        },
      },
    ],
  });
  refuseWarnings(result);
}

function refuseWarnings({ warnings }) {
  if (warnings.length > 0) throw Object.assign(new Error('the bundler warns'), { errors: warnings });
}

/** Declarations of what the entries reach; a second copy, marked CommonJS, for callers of require(). */
function buildDeclarations() {
  const { config } = typescript.readConfigFile(join(root, 'tsconfig.json'), typescript.sys.readFile);
  const { options } = typescript.parseJsonConfigFileContent(config, typescript.sys, root);
  const sources = Object.values(entries).map((source) => join(root, source));
  const program = typescript.createProgram(sources, {
    ...options,
    declaration: true,
    emitDeclarationOnly: true,
    outDir: join(draft, 'types'),
  });
  const diagnostics = [...typescript.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  if (diagnostics.length > 0) {
    const host = {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: () => root,
      getNewLine: () => '\n',
    };
    throw new Error(typescript.formatDiagnostics(diagnostics, host));
  }
  cpSync(join(draft, 'types'), join(draft, 'types-cjs'), { recursive: true });
  writeFileSync(join(draft, 'types-cjs', 'package.json'), '{ "type": "commonjs" }\n');
}

/** The command line is a program: first line and permission say so. */
function makeExecutable(file) {
  const text = readFileSync(file, 'utf8');
  const shebang = '#!/usr/bin/env node\n';
  if (!text.startsWith('#!')) writeFileSync(file, shebang + text);
  chmodSync(file, 0o755);
}

try {
  mkdirSync(draft);
  await buildWebAssembly();
  await buildModules();
  await buildCommonJs();
  buildDeclarations();
  if (entries.cli) makeExecutable(join(draft, 'cli.js'));
  rmSync(target, { recursive: true, force: true });
  renameSync(draft, target);
} catch (error) {
  const lines = error.errors?.map(({ location, text }) => `${location?.file}:${location?.line}: ${text}`);
  console.error(`build: ${lines?.join('\n') ?? error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(draft, { recursive: true, force: true });
}
