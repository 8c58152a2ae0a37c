import { rename, rm, writeFile } from 'node:fs/promises';
import { DaruanError } from '../../foundation/errors.js';
import { spectrumSvg } from '../../plot/spectrum/spectrum.js';
import type { Result } from './result.js';

/** Writes the picture of one spectrum: a whole file, or none. */
export async function writePicture(path: string, results: readonly Result[]): Promise<void> {
  if (results.length > 1) {
    throw new DaruanError(
      '--plot',
      `${results.length} spectra are chosen, but a picture shows one`,
      'Choose one with --layer, --output and --input.',
    );
  }
  const svg = spectrumSvg(results[0].spectrum);
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(draft, svg);
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    throw new DaruanError(
      '--plot',
      `"${path}" cannot be written: ${(cause as Error).message}`,
      'Choose another place.',
      {
        cause,
      },
    );
  }
  process.stderr.write(`The picture is in ${path}\n`);
}
