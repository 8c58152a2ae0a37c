import type { Rules } from './rules.js';

/** A small tree that keeps every law. */
export const soundTree: ReadonlyMap<string, string> = new Map([
  ['src/foundation/errors.ts', `export class Failure extends Error {}\n`],
  [
    'circuits/gates.ts',
    `import { Failure } from '../src/foundation/errors.js';\nexport const gates = { rx: Failure };\n`,
  ],
  ['circuits/index.ts', `export { gates } from './gates.js';\n`],
  ['kernels/chain.ts', `/** Turns by rx. */\nexport const chain = (kind: 'turn'): string => \`\${kind} rx\`;\n`],
  ['kernels/index.ts', `export const backends = { chain: () => import('./chain.js') };\n`],
  ['src/compile/compile.ts', `import { gates } from '../../circuits/gates.js';\nexport const compile = gates;\n`],
  ['src/gradient/shift.ts', `import { compile } from '../compile/compile.js';\nexport const shift = compile;\n`],
  ['src/tf/layer.ts', `import * as tf from '@tensorflow/tfjs-core';\nexport const layer = tf;\n`],
  ['src/tf/index.ts', `export { layer } from './layer.js';\n`],
  ['src/plot/index.ts', `export { shift } from '../gradient/shift.js';\n`],
  [
    'src/cli/index.ts',
    `import { layer } from '../tf/layer.js';\nimport { program } from 'commander';\nprogram.parse(layer);\n`,
  ],
  ['src/playground/main.ts', `import { shift } from '../gradient/shift.js';\ndocument.title = String(shift);\n`],
  ...['learning', 'spectrum', 'hardware'].map(
    (name) => [`src/public/${name}.ts`, `export { shift as ${name} } from '../gradient/shift.js';\n`] as const,
  ),
  ['src/index.ts', `export { gates } from '../circuits/index.js';\nexport { shift } from './gradient/shift.js';\n`],
]);

/** One change of the sound tree that breaks a law, and what the law must say of it. */
export interface Breach {
  readonly what: string;
  readonly law: string;
  readonly change: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
  readonly rules?: Partial<Rules>;
  readonly found: string;
}

const floors = 'a file imports only from its own room and from the floors below';
const gateNames = 'kernels know no gate by name';

export const breaches: readonly Breach[] = [
  {
    what: 'a kernel that imports a circuit',
    law: floors,
    change: { 'kernels/chain.ts': `import { gates } from '../circuits/gates.js';\nexport const chain = gates;` },
    found: 'kernels/chain.ts:1 in kernels imports circuits/gates.ts in circuits',
  },
  {
    what: 'the foundation on an upper floor, on demand',
    law: floors,
    change: { 'src/foundation/errors.ts': `export const late = () => import('../compile/compile.js');` },
    found: 'src/foundation/errors.ts:1 in src/foundation imports',
  },
  {
    what: 'a pure folder that imports a layer, as a type',
    law: floors,
    change: {
      'src/gradient/shift.ts': `import type { layer } from '../tf/layer.js';\nexport type shift = typeof layer;`,
    },
    found: 'src/gradient/shift.ts:1 in src imports src/tf/layer.ts in src/tf',
  },
  {
    what: 'a picture that imports a layer, by an import type',
    law: floors,
    change: { 'src/plot/index.ts': `export type Layer = import('../tf/layer.js').layer;` },
    found: 'src/plot/index.ts:1 in src/plot imports src/tf/layer.ts in src/tf',
  },
  {
    what: 'a re-export from the test folder',
    law: floors,
    change: { 'src/index.ts': `export * from '../test/fixture.js';` },
    found: 'src/index.ts:1 imports test/fixture.ts, which is in no room',
  },
  {
    what: 'an import without suffix',
    law: 'what is imported exists, under its full name',
    change: { 'src/tf/index.ts': `export { layer } from './layer';` },
    found: 'src/tf/index.ts:1 imports ./layer: no file src/tf/layer',
  },
  {
    what: 'an index used from inside',
    law: 'only an index imports an index',
    change: { 'src/gradient/shift.ts': `export { gates as shift } from '../../circuits/index.js';` },
    found: 'src/gradient/shift.ts:1 imports circuits/index.ts',
  },
  {
    what: 'two files that load each other',
    law: 'no file waits for itself to be loaded',
    change: { 'src/compile/compile.ts': `export { shift as compile } from '../gradient/shift.js';` },
    found: 'src/compile/compile.ts:1 ⇄ src/gradient/shift.ts',
  },
  {
    what: 'two folders that need each other through different files',
    law: 'no folder of a room needs a folder that needs it',
    change: {
      'src/gradient/rule.ts': `export const rule = 1;`,
      'src/compile/slots.ts': `export { rule } from '../gradient/rule.js';`,
    },
    found: 'src/compile ⇄ src/gradient (line 1)',
  },
  {
    what: 'an orphan',
    law: 'every file is reached from an entry',
    change: { 'src/compile/forgotten.ts': `export const forgotten = 1;` },
    found: 'src/compile/forgotten.ts',
  },
  { what: 'a missing entry', law: 'every entry exists', change: {}, remove: ['src/plot/index.ts'], found: 'src/plot' },
  {
    what: 'tfjs outside its folder, as a type',
    law: 'a package is imported only where it belongs',
    change: {
      'src/plot/index.ts': `import type { Tensor } from '@tensorflow/tfjs-core';\nexport type Picture = Tensor;`,
    },
    found: 'src/plot/index.ts:1 imports @tensorflow/tfjs-core, which belongs in src/tf',
  },
  {
    what: 'tfjs in a folder whose name only begins alike',
    law: 'a package is imported only where it belongs',
    change: { 'src/tfx/a.ts': `export * from '@tensorflow/tfjs-core/dist/ops';` },
    found: 'src/tfx/a.ts:1',
  },
  {
    what: 'tfjs behind the core entry',
    law: 'an entry does not drag in what its users may not have',
    change: { 'src/gradient/shift.ts': `export { layer as shift } from '../tf/layer.js';` },
    found: 'src/index.ts reaches src/tf/layer.ts:1, which imports @tensorflow/tfjs-core',
  },
  {
    what: 'a package that is only there for development',
    law: 'packages are declared',
    change: { 'src/compile/compile.ts': `export { build as compile } from 'esbuild';` },
    found: 'src/compile/compile.ts:1 imports esbuild',
  },
  {
    what: 'a computed import',
    law: 'what is imported can be read from the text',
    change: { 'kernels/index.ts': `export const load = (name: string) => import('./' + name);` },
    found: 'kernels/index.ts:1 computes',
  },
  {
    what: 'an import for its effect',
    law: 'loading a file has no effect',
    change: { 'src/tf/index.ts': `import './layer.js';` },
    found: 'src/tf/index.ts:1 imports ./layer.js for its effect',
  },
  {
    what: 'a call at top level',
    law: 'loading a file has no effect',
    change: { 'src/tf/layer.ts': `const rows: number[] = [];\nrows.push(1);` },
    found: 'src/tf/layer.ts:2 acts',
  },
  {
    what: 'a namespace that is more than types',
    law: 'loading a file has no effect',
    change: { 'src/tf/layer.ts': `declare module 'other' {}\nnamespace layer { export const rows = []; }` },
    found: 'src/tf/layer.ts:2 acts',
  },
  {
    what: 'a long file',
    law: 'no file is long but the tables',
    change: { 'circuits/gates.ts': '\n'.repeat(401) },
    found: 'circuits/gates.ts has 401 lines',
  },
  {
    what: 'a table that is none',
    law: 'what is called a table is there, and long',
    change: {},
    rules: { tables: ['circuits/gates.ts'] },
    found: 'circuits/gates.ts',
  },
  {
    what: 'a house of long files',
    law: 'the median file is short',
    change: Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`src/compile/part${i}.ts`, '\n'.repeat(121)])),
    found: 'the median file has 121 lines',
  },
  { what: 'utils', law: 'names say something', change: { 'src/tf/utils.ts': '' }, found: 'src/tf/utils.ts' },
  { what: 'a manager', law: 'names say something', change: { 'src/tf/stateManager.ts': '' }, found: 'stateManager.ts' },
  { what: 'a folder of odds', law: 'names say something', change: { 'src/misc/a.ts': '' }, found: 'src/misc/a.ts' },
  {
    what: 'a gate name in a comparison',
    law: gateNames,
    change: { 'kernels/chain.ts': `export const isTurn = (kind: string) => kind === 'rx';` },
    found: `kernels/chain.ts:1 says 'rx'`,
  },
  {
    what: 'a gate name as a type, in capitals',
    law: gateNames,
    change: { 'kernels/chain.ts': `export type Kind = 'SWAP';` },
    found: `kernels/chain.ts:1 says 'SWAP'`,
  },
];
