import { readFileSync } from 'node:fs';
import { parseCsv } from '../../../src/data/csv.js';
import { readIdx } from '../../../src/data/idx.js';
import { DaruanError } from '../../../src/foundation/errors.js';

/** Images, or other rows of numbers, and their classes. */
export interface Labelled {
  readonly samples: number;
  /** Shape [samples, inputs]. */
  readonly x: Float64Array;
  /** 0 … classes − 1, one a sample. */
  readonly labels: Int32Array;
}

/** A text file. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new DaruanError('--data', `"${path}" cannot be read: ${(cause as Error).message}`, '', { cause });
  }
}

/** Rows of a CSV file without header: the inputs, and the class as the last field. */
export async function readLabelledCsv(path: string): Promise<Labelled> {
  const text = readText(path);
  const fields = text.slice(0, text.indexOf('\n')).split(',').length;
  const header = Array.from({ length: fields }, (_, k) => `x${k + 1}`).join(',');
  const { numRows, values } = await parseCsv(`${header}\n${text}`);
  const inputs = fields - 1;
  return {
    samples: numRows,
    x: values.filter((_, at) => at % fields !== inputs),
    labels: Int32Array.from({ length: numRows }, (_, row) => values[row * fields + inputs]),
  };
}

/** An IDX file of images and one of classes, not compressed. */
export function readLabelledIdx(images: string, classes: string): Labelled {
  const [{ values: x, shape }, { values: labels }] = [images, classes].map((path) => readIdx(readFileSync(path)));
  if (shape[0] !== labels.length) {
    throw new DaruanError('--data', `"${images}" has ${shape[0]} images, "${classes}" has ${labels.length} classes`);
  }
  return { samples: shape[0], x, labels: Int32Array.from(labels) };
}
