/**
 * The house rules, as data. Paths are relative to the root; a folder stands for everything in it, and the longest
 * entry that fits a file decides.
 */
export interface Rules {
  /** Files from which everything must be reachable. */
  readonly entries: readonly string[];
  /** Rooms from the ground up: a file may import from the rooms on floors below its own, and from its own room. */
  readonly floors: readonly (readonly string[])[];
  /** Package prefix -> the only folders that may import it. */
  readonly packagesOf: Readonly<Record<string, readonly string[]>>;
  /** What each entry must not reach, even through others: package prefixes. */
  readonly unreachable: Readonly<Record<string, readonly string[]>>;
  /** Packages that a user has after installing this one: dependencies of every kind but for development. */
  readonly declared: readonly string[];
  /** Words that say nothing and so may not be part of a file's or folder's name. */
  readonly emptyWords: readonly string[];
  readonly maxLines: number;
  readonly maxMedianLines: number;
  /** Files that are tables: they may be longer. */
  readonly tables: readonly string[];
  /** Strings that may not occur in a folder. */
  readonly strings: { readonly folder: string; readonly forbidden: readonly string[] };
  /** Files that may import what they compute: optional packages, found at run time. */
  readonly computedImports: readonly string[];
  /** Folders in another language: only names and sizes are looked at. */
  readonly foreign: readonly string[];
  /** Folders that a build writes: their length does not matter. */
  readonly generated: readonly string[];
  /** Files that act when they are loaded: programs, not modules. */
  readonly programs: readonly string[];
}

export const rules: Omit<Rules, 'declared' | 'strings'> = {
  entries: [
    'src/index.ts',
    'src/public/learning.ts',
    'src/public/spectrum.ts',
    'src/public/hardware.ts',
    'circuits/index.ts',
    'kernels/index.ts',
    'src/tf/index.ts',
    'src/plot/index.ts',
    'src/cli/index.ts',
    'src/playground/main.ts',
  ],
  floors: [
    ['src/foundation'],
    ['circuits', 'kernels'],
    ['src'],
    ['src/tf', 'src/plot'],
    ['src/cli', 'src/playground'], // programs stand on everything that they drive
    ['src/index.ts', 'src/public'],
  ],
  packagesOf: {
    '@tensorflow/': ['src/tf'],
    commander: ['src/cli'],
  },
  unreachable: {
    'src/index.ts': ['@tensorflow/', 'commander', 'node:'],
    'src/public/learning.ts': ['@tensorflow/', 'commander', 'node:'],
    'src/public/spectrum.ts': ['@tensorflow/', 'commander', 'node:'],
    'src/public/hardware.ts': ['@tensorflow/', 'commander', 'node:'],
    'circuits/index.ts': ['@tensorflow/', 'commander', 'node:'],
    'kernels/index.ts': ['@tensorflow/', 'commander', 'mathjs'],
    'src/tf/index.ts': ['commander'],
    'src/plot/index.ts': ['@tensorflow/', 'commander'],
    'src/playground/main.ts': ['@tensorflow/', 'commander'],
  },
  emptyWords: ['util', 'utils', 'helper', 'helpers', 'common', 'misc', 'manager'],
  maxLines: 400,
  maxMedianLines: 120,
  tables: [],
  computedImports: [
    'kernels/gpu/provide.ts',
    'kernels/gpujs/library.ts',
    'src/tf/backend.ts',
    'src/tf/storage/files.ts',
  ],
  generated: ['kernels/wasm/generated'],
  foreign: ['kernels/wasm/assembly'],
  programs: ['src/cli/index.ts', 'src/playground/main.ts'],
};
