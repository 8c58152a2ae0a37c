import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Throws if dist/ does not hold what the sources say. */
export function requireBuild(): void {
  const built = statSync(join(root, 'dist/index.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const files = ['src', 'circuits', 'kernels'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(root, folder, name)),
  );
  const newest = Math.max(...files.filter((file) => file.endsWith('.ts')).map((file) => statSync(file).mtimeMs));
  if (built < newest) throw new Error('dist/ is missing or older than its sources: npm run build');
}

/** Makes packages of our node_modules known in the project in `folder`, and daruan itself where `names` has it. */
export function linkPackages(folder: string, names: readonly string[]): void {
  for (const name of names) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    const target = name === 'daruan' ? root : join(root, 'node_modules', name);
    if (!existsSync(target)) throw new Error(`${name} is not installed`);
    symlinkSync(target, link);
  }
}
