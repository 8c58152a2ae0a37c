import { join } from 'node:path';
import { parseCsv } from '../../data/csv.js';
import { standardise } from '../../data/standardise.js';
import { expected } from '../../foundation/errors.js';
import { fetchPrediction } from '../../tf/plainArrays.js';
import { loadModel } from '../../tf/storage/files.js';
import { startEngine } from '../engine.js';
import { readSummary } from '../readSummary.js';
import { readText } from '../readText.js';
import type { PredictOptions } from './command.js';

/** The predictions of a trained network as CSV text. */
export async function predict(folder: string, { data, input, backend }: PredictOptions): Promise<string> {
  const { inputs, targets, standardisation } = await readSummary(folder);
  const points =
    data === undefined ? fromPoints(input!, inputs) : (await parseCsv(await readText(data), inputs)).values;
  await startEngine(backend);
  const model = await loadModel(join(folder, 'model'));
  const values = await fetchPrediction(model, standardisation ? standardise(points, standardisation) : points);
  const lines = Array.from({ length: values.length / targets.length }, (_, row) =>
    Array.from(values.subarray(row * targets.length, (row + 1) * targets.length), shortest).join(','),
  );
  return [targets.map(quote).join(','), ...lines, ''].join('\n');
}

function fromPoints(points: readonly (readonly number[])[], inputs: readonly string[]): Float64Array {
  for (const point of points) {
    if (point.length !== inputs.length) {
      throw expected('--input', `${inputs.length} number(s), for ${inputs.join(', ')}`, point.join(','));
    }
  }
  return Float64Array.from(points.flat());
}

/** Nine digits tell every float32 from its neighbours. */
const shortest = (value: number): string => String(Number(value.toPrecision(9)));

const quote = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
