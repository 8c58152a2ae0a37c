import { rename, rm, writeFile } from 'node:fs/promises';
import { DaruanError } from '../foundation/errors.js';

/** Writes a whole file, or none. */
export async function writeText(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(draft, text);
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    const problem = `"${path}" cannot be written: ${(cause as Error).message}`;
    throw new DaruanError('file', problem, 'Choose another place.', { cause });
  }
}

/** Text for stdout: the text itself, or nothing after it went into a file, which stderr names. */
export async function deliver(text: string, path: string | undefined): Promise<string> {
  if (path === undefined) return text;
  await writeText(path, text);
  process.stderr.write(`Written to ${path}\n`);
  return '';
}
