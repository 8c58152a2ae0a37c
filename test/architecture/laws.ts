import { posix } from 'node:path';
import { type Edge, type House, isIn, reach, roomOf } from './house.js';
import type { Rules } from './rules.js';

/** A law of the house: all its breaches, each naming the file, the line and what is wrong. */
export type Law = (house: House, rules: Rules) => string[];

const place = ({ from, line }: Edge): string => `${from}:${line}`;
const native = (house: House, rules: Rules): string[] =>
  [...house.sources.keys()].filter((path) => !rules.foreign.some((folder) => isIn(path, folder)));
const nativeEdges = (house: House, rules: Rules): readonly Edge[] =>
  house.edges.filter(({ from }) => !rules.foreign.some((folder) => isIn(from, folder)));
const matches = (specifier: string, prefix: string): boolean =>
  specifier === prefix || specifier.startsWith(/[/:]$/.test(prefix) ? prefix : `${prefix}/`);

/** Line counts of what was written by hand. */
const lengths = (house: House, { generated }: Rules): (readonly [path: string, lines: number])[] =>
  [...house.sources]
    .filter(([path]) => !generated.some((folder) => isIn(path, folder)))
    .map(([path, { lines }]) => [path, lines]);

/** The laws by name; a name is what a test says. */
export const laws: Readonly<Record<string, Law>> = {
  'a file imports only from its own room and from the floors below': (house, rules) =>
    nativeEdges(house, rules).flatMap((edge) => {
      if (edge.file === undefined) return [];
      const [own, other] = [roomOf(edge.from, rules), roomOf(edge.file, rules)];
      if (!own) return [`${edge.from} is in no room`];
      if (!other) return [`${place(edge)} imports ${edge.file}, which is in no room`];
      const allowed = own.room === other.room || other.floor < own.floor;
      return allowed ? [] : [`${place(edge)} in ${own.room} imports ${edge.file} in ${other.room}`];
    }),

  'what is imported exists, under its full name': (house, rules) =>
    nativeEdges(house, rules).flatMap((edge) => {
      if (edge.file === undefined || house.sources.has(edge.file)) return [];
      return [`${place(edge)} imports ${edge.specifier}: no file ${edge.file}`];
    }),

  'only an index imports an index': (house, rules) =>
    nativeEdges(house, rules).flatMap((edge) => {
      const isIndex = (path: string): boolean => posix.basename(path) === 'index.ts';
      return edge.file !== undefined && isIndex(edge.file) && !isIndex(edge.from)
        ? [`${place(edge)} imports ${edge.file}, not the file that defines what it needs`]
        : [];
    }),

  'no file waits for itself to be loaded': (house, rules) => {
    const loads = nativeEdges(house, rules).filter(({ typeOnly }) => !typeOnly);
    return loads.flatMap((edge) =>
      edge.file !== undefined && reach(edge.file, loads).has(edge.from) ? [`${place(edge)} ⇄ ${edge.file}`] : [],
    );
  },

  'no folder of a room needs a folder that needs it': (house, rules) => {
    const folderOf = (path: string): string => posix.dirname(path);
    const between = nativeEdges(house, rules)
      .filter((edge) => edge.file !== undefined && roomOf(edge.from, rules)?.room === 'src')
      .map((edge) => ({ ...edge, from: folderOf(edge.from), file: folderOf(edge.file ?? '') }))
      .filter(({ from, file }) => from !== file);
    return between.flatMap((edge) =>
      reach(edge.file, between).has(edge.from) ? [`${edge.from} ⇄ ${edge.file} (line ${edge.line})`] : [],
    );
  },

  'every file is reached from an entry': (house, rules) => {
    const reached = new Set(rules.entries.flatMap((entry) => [...reach(entry, house.edges)]));
    return native(house, rules).filter((path) => !reached.has(path));
  },

  'every entry exists': (house, rules) => rules.entries.filter((entry) => !house.sources.has(entry)),

  'a package is imported only where it belongs': (house, rules) =>
    nativeEdges(house, rules).flatMap((edge) =>
      Object.entries(rules.packagesOf)
        .filter(([prefix]) => edge.specifier !== undefined && matches(edge.specifier, prefix))
        .filter(([, folders]) => !folders.some((folder) => isIn(edge.from, folder)))
        .map(([, folders]) => `${place(edge)} imports ${edge.specifier}, which belongs in ${folders.join(', ')}`),
    ),

  'an entry does not drag in what its users may not have': (house, rules) => {
    const loads = nativeEdges(house, rules).filter(({ typeOnly }) => !typeOnly);
    return Object.entries(rules.unreachable).flatMap(([entry, prefixes]) => {
      const reached = reach(entry, loads);
      return loads
        .filter(({ from }) => reached.has(from))
        .filter(({ specifier }) => prefixes.some((prefix) => specifier !== undefined && matches(specifier, prefix)))
        .map((edge) => `${entry} reaches ${place(edge)}, which imports ${edge.specifier}`);
    });
  },

  'packages are declared': (house, rules) =>
    nativeEdges(house, rules).flatMap((edge) => {
      const { specifier, file } = edge;
      if (specifier === undefined || file !== undefined || specifier.startsWith('node:')) return [];
      return rules.declared.some((name) => matches(specifier, name))
        ? []
        : [`${place(edge)} imports ${specifier}, which is no dependency of the package`];
    }),

  'what is imported can be read from the text': (house, rules) =>
    nativeEdges(house, rules).flatMap((edge) =>
      edge.specifier === undefined && !rules.computedImports.includes(edge.from)
        ? [`${place(edge)} computes what it imports`]
        : [],
    ),

  'loading a file has no effect': (house, rules) => {
    const bare = nativeEdges(house, rules).filter((edge) => edge.bare);
    const acting = native(house, rules).flatMap((path) =>
      rules.programs.includes(path)
        ? []
        : (house.sources.get(path)?.effects.map((line) => `${path}:${line} acts`) ?? []),
    );
    return [...bare.map((edge) => `${place(edge)} imports ${edge.specifier} for its effect`), ...acting];
  },

  'no file is long but the tables': (house, rules) =>
    lengths(house, rules)
      .filter(([path, lines]) => lines > rules.maxLines && !rules.tables.includes(path))
      .map(([path, lines]) => `${path} has ${lines} lines`),

  'what is called a table is there, and long': (house, rules) =>
    rules.tables.filter((path) => (house.sources.get(path)?.lines ?? 0) <= rules.maxLines),

  'the median file is short': (house, rules) => {
    const sorted = lengths(house, rules)
      .map(([, lines]) => lines)
      .sort((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
    return median > rules.maxMedianLines ? [`the median file has ${median} lines`] : [];
  },

  'names say something': (house, rules) =>
    [...house.sources.keys()].filter((path) =>
      path
        .replace(/\.ts$/, '')
        .split(/[/._-]|(?<=[a-z])(?=[A-Z])/)
        .some((word) => rules.emptyWords.includes(word.toLowerCase())),
    ),

  'kernels know no gate by name': (house, rules) =>
    [...house.sources].flatMap(([path, { strings }]) =>
      isIn(path, rules.strings.folder)
        ? strings
            .filter(({ text }) => rules.strings.forbidden.includes(text.toLowerCase()))
            .map(({ text, line }) => `${path}:${line} says '${text}'`)
        : [],
    ),
};
