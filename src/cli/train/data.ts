import { parseCsv } from '../../data/csv.js';
import { type Dataset, tableToDataset } from '../../data/dataset.js';
import { createDataset } from '../../data/sample.js';
import { split } from '../../data/split.js';
import { type Standardisation, standardisationOf, standardise } from '../../data/standardise.js';
import { Random } from '../../foundation/random.js';
import { readText } from '../readText.js';
import type { TrainSettings } from './settings.js';

/** What is learnt from, and what the network is judged by; the inputs as the network gets them. */
export interface TrainingData {
  readonly train: Dataset;
  /** Watched by early stopping; a tenth of what is not for testing. */
  readonly validation?: Dataset;
  readonly test?: Dataset;
  readonly standardisation?: Standardisation;
}

/** Share of the training samples that early stopping watches. */
const VALIDATION_FRACTION = 0.1;

/** Makes or reads the samples that the settings name. The same settings, and the same table, give the same bits. */
export async function prepareData(settings: TrainSettings) {
  const { source, keptInputs, testFraction, patience, seed, standardise: rescale } = settings;
  const random = new Random(seed);
  const [sampleSeed, testSeed, validationSeed] = [random.bits(), random.bits(), random.bits()];
  const all =
    source.kind === 'table'
      ? await readTable(source.path, source.targets, source.inputs)
      : createDataset(source.formula, {
          ...source,
          trainSamples: source.samples,
          testSamples: 0,
          seed: sampleSeed,
        }).train;
  const whole = keptInputs ? withInputs(all, keptInputs) : all;
  const outer = split(whole, { testFraction, seed: testSeed });
  const inner = split(outer.train, {
    testFraction: patience === undefined ? 0 : VALIDATION_FRACTION,
    seed: validationSeed,
  });
  const standardisation = rescale ? standardisationOf(inner.train) : undefined;
  const apply = (dataset: Dataset): Dataset =>
    standardisation ? { ...dataset, x: standardise(dataset.x, standardisation) } : dataset;
  return {
    train: apply(inner.train),
    ...(inner.test.numSamples > 0 && { validation: apply(inner.test) }),
    ...(outer.test.numSamples > 0 && { test: apply(outer.test) }),
    ...(standardisation && { standardisation }),
  } satisfies TrainingData;
}

/** The samples with some of their inputs alone. */
export function withInputs(dataset: Dataset, kept: readonly string[]): Dataset {
  const { inputs, numSamples, x } = dataset;
  const columns = kept.map((name) => inputs.indexOf(name));
  const values = Float64Array.from({ length: numSamples * kept.length }, (_, at) => {
    const [sample, k] = [Math.floor(at / kept.length), at % kept.length];
    return x[sample * inputs.length + columns[k]];
  });
  return { ...dataset, inputs: kept, x: values };
}

async function readTable(path: string, targets: readonly string[], inputs: readonly string[] | undefined) {
  const table = await parseCsv(await readText(path), inputs && [...inputs, ...targets]);
  return tableToDataset(table, { targets, ...(inputs && { inputs }) });
}
