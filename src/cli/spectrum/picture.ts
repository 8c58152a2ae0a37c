import { DaruanError } from '../../foundation/errors.js';
import { spectrumSvg } from '../../plot/spectrum/spectrum.js';
import { writeText } from '../writeText.js';
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
  await writeText(path, spectrumSvg(results[0].spectrum));
  process.stderr.write(`The picture is in ${path}\n`);
}
