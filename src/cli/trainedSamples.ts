import { parseCsv } from '../data/csv.js';
import { type Dataset, tableToDataset } from '../data/dataset.js';
import { standardise } from '../data/standardise.js';
import { readText } from './readText.js';
import { prepareData } from './train/data.js';
import type { Summary } from './train/summary.js';

/** Samples as a trained network gets them: of a CSV table with the columns of its inputs and targets, or those of its training. */
export async function trainedSamples(summary: Summary, table: string | undefined): Promise<Dataset> {
  const { inputs, targets, standardisation, settings } = summary;
  if (table === undefined) return (await prepareData(settings)).train;
  const columns = await parseCsv(await readText(table), [...inputs, ...targets]);
  const dataset = tableToDataset(columns, { inputs, targets });
  return standardisation ? { ...dataset, x: standardise(dataset.x, standardisation) } : dataset;
}
