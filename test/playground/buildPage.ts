import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The page as it is built, in one file. */
export function buildPage(root: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'playground-'));
  try {
    execFileSync(process.execPath, [join(root, 'src/playground/build.mjs'), '--out', folder]);
    return readFileSync(join(folder, 'index.html'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
