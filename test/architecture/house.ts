import { posix } from 'node:path';
import type { Rules } from './rules.js';
import { type Import, readSource, type Source } from './source.js';

/** An import whose target is known: a file of the house, or a package. */
export interface Edge extends Import {
  readonly from: string;
  /** Path of the file, whether or not it exists; undefined for packages and computed imports. */
  readonly file: string | undefined;
}

/** All files with what they import. */
export interface House {
  readonly sources: ReadonlyMap<string, Source>;
  readonly edges: readonly Edge[];
}

/** Reads a tree of files, path -> text. */
export function readHouse(tree: ReadonlyMap<string, string>): House {
  const sources = new Map([...tree].map(([path, text]) => [path, readSource(path, text)]));
  const edges = [...sources].flatMap(([from, { imports }]) =>
    imports.map((found): Edge => ({ ...found, from, file: resolve(from, found.specifier) })),
  );
  return { sources, edges };
}

function resolve(from: string, specifier: string | undefined): string | undefined {
  if (!specifier?.startsWith('.')) return undefined;
  return posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts');
}

export const isIn = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`);

/** The room of a file, the longest place of the floors that holds it, and the floor that the room is on. */
export function roomOf(path: string, { floors }: Pick<Rules, 'floors'>): { room: string; floor: number } | undefined {
  return floors
    .flatMap((rooms, floor) => rooms.map((room) => ({ room, floor })))
    .filter(({ room }) => isIn(path, room))
    .sort((a, b) => b.room.length - a.room.length)[0];
}

/** Everything that loading `entry` may load, itself included, by way of `edges`. */
export function reach(entry: string, edges: readonly Edge[]): Set<string> {
  const next = new Map<string, string[]>();
  for (const { from, file } of edges) if (file !== undefined) next.set(from, [...(next.get(from) ?? []), file]);
  const found = new Set([entry]);
  for (const at of found) for (const file of next.get(at) ?? []) found.add(file);
  return found;
}
