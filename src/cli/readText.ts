import { readFile } from 'node:fs/promises';
import { DaruanError } from '../foundation/errors.js';

/** A text file, or a clear error. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const problem = code === 'ENOENT' ? `there is no file "${path}"` : `"${path}" cannot be read: ${message}`;
    throw new DaruanError('file', problem, 'Check its name.', { cause });
  }
}
