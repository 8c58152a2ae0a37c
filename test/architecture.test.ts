import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { gates } from '../circuits/gates.js';
import packageFile from '../package.json' with { type: 'json' };
import { readHouse } from './architecture/house.js';
import { laws } from './architecture/laws.js';
import { type Rules, rules } from './architecture/rules.js';
import { breaches, soundTree } from './architecture/trees.js';

const root = fileURLToPath(new URL('..', import.meta.url));

const ourRules: Rules = {
  ...rules,
  declared: [packageFile.dependencies, packageFile.peerDependencies].flatMap((list) => Object.keys(list)),
  // x, y and z are also axes and data: on their own they name no gate.
  strings: { folder: 'kernels', forbidden: Object.keys(gates).filter((name) => !/^[xyz]$/.test(name)) },
};

/** All TypeScript under `folders`. */
function readTree(...folders: string[]): Map<string, string> {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/')),
  );
  return new Map(files.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

describe('The house', () => {
  const house = readHouse(readTree('src', 'circuits', 'kernels'));
  it.each(Object.keys(laws))('keeps the law: %s', (name) => {
    expect(laws[name](house, ourRules)).toEqual([]);
  });

  const testHouse = readHouse(readTree('test'));
  it.each(['no file is long but the tables', 'the median file is short', 'names say something'])(
    'keeps the law in its tests too: %s',
    (name) => {
      expect(laws[name](testHouse, { ...ourRules, tables: [] })).toEqual([]);
    },
  );
});

describe('The laws', () => {
  it.each(Object.keys(laws))('find nothing in a sound tree: %s', (name) => {
    expect(laws[name](readHouse(soundTree), ourRules)).toEqual([]);
  });

  it('are each broken on purpose at least once', () => {
    expect(new Set(breaches.map(({ law }) => law))).toEqual(new Set(Object.keys(laws)));
  });

  it.each(breaches)('find $what: $law', ({ law, change, remove = [], rules: special = {}, found }) => {
    const tree = new Map([...soundTree, ...Object.entries(change)]);
    for (const path of remove) tree.delete(path);
    const problems = laws[law](readHouse(tree), { ...ourRules, ...special });
    expect(problems.join('\n')).toContain(found);
  });
});
