import { resolve } from 'node:path';
import { countInputs } from '../../data/formula.js';
import type { Range } from '../../data/sample.js';
import { DaruanError, expected } from '../../foundation/errors.js';
import type { NodeCount } from '../../tf/width.js';
import { type LayerSettings, layerSettingsFrom } from './layerSettings.js';
import { type LayerName, layerKinds } from './layers.js';
import { type Optimizer, optimizers, type TrainOptions } from './options.js';

/** Everything that determines a training, as plain data: what a checkpoint keeps of it. */
export type TrainSettings = LayerSettings & RunSettings;

/** What is learnt, from what, and how. */
interface RunSettings {
  readonly source: FunctionSource | TableSource;
  /** Inputs that pruning has left. Default: all. */
  readonly keptInputs?: readonly string[];
  /** Default: as usual with the kind of layer. */
  readonly width?: readonly NodeCount[];
  readonly optimizer: Optimizer;
  /** Steps of each stage of the optimiser. */
  readonly steps: readonly number[];
  readonly learningRate?: number;
  readonly batchSize?: number;
  readonly regularisation: number;
  readonly patience?: number;
  readonly testFraction: number;
  readonly standardise: boolean;
  readonly seed: number;
  readonly backend?: string;
  readonly checkpointEvery: number;
}

export interface FunctionSource {
  readonly kind: 'function';
  readonly formula: string;
  readonly numInputs: number;
  readonly range: Range | readonly Range[];
  readonly samples: number;
}

export interface TableSource {
  readonly kind: 'table';
  readonly path: string;
  readonly targets: readonly string[];
  readonly inputs?: readonly string[];
}

/** The settings of a new training; throws if options contradict each other. */
export function settingsFrom(options: TrainOptions): TrainSettings {
  const { optimizer, width, learningRate, batchSize, regularisation, patience, testFraction } = options;
  const { function: formula, range, samples, data, target, inputs, layer, steps, seed, backend } = options;
  const source = sourceFrom({ function: formula, range, samples, data, target, inputs, width });
  if (width && width.length < 2) throw expected('--width', 'at least two numbers of nodes', width, 'As in 2,5,1.');
  if (width) checkProducts(layer, width);
  if (batchSize !== undefined && optimizer === 'lbfgs') {
    throw new DaruanError('--batch-size', 'L-BFGS uses all samples at once', 'Add --optimizer adam, or leave it out.');
  }
  if (regularisation > 0 && !layerKinds[layer].hasEdges) {
    throw new DaruanError('--regularisation', `layers of the kind ${layer} have no edges to penalise`, 'Leave it out.');
  }
  return {
    ...layerSettingsFrom(options),
    source,
    ...(width && { width }),
    optimizer,
    steps: checkSteps(optimizer, steps ?? optimizers[optimizer].steps),
    ...(learningRate !== undefined && { learningRate }),
    ...(batchSize !== undefined && { batchSize }),
    regularisation,
    ...(patience !== undefined && { patience }),
    testFraction,
    standardise: options.standardise ?? false,
    seed,
    ...(backend !== undefined && { backend }),
    checkpointEvery: options.checkpointEvery,
  };
}

/** Throws where inputs multiply, or nodes of a kind that does not. */
function checkProducts(layer: LayerName, [inputs, ...rest]: readonly NodeCount[]): void {
  if (typeof inputs !== 'number') throw expected('--width', 'inputs that are a number', inputs.join('+'));
  if (layerKinds[layer].hasEdges || rest.every((nodes) => typeof nodes === 'number')) return;
  throw new DaruanError(
    '--width',
    `layers of the kind ${layer} have no nodes that multiply`,
    'Use --layer qkan or kan.',
  );
}

/** Settings of a training that goes on, with more steps if they are given. */
export function extend(
  settings: TrainSettings,
  { steps, checkpointEvery }: Partial<Pick<RunSettings, 'steps' | 'checkpointEvery'>>,
): TrainSettings {
  return {
    ...settings,
    ...(steps && { steps: checkSteps(settings.optimizer, steps) }),
    ...(checkpointEvery !== undefined && { checkpointEvery }),
  };
}

function checkSteps(optimizer: Optimizer, steps: readonly number[]): readonly number[] {
  const { stages } = optimizers[optimizer];
  if (steps.length === stages.length) return steps;
  const wanted = stages.length === 1 ? 'one number' : `${stages.length} numbers, for ${stages.join(' and ')}`;
  throw expected('--steps', `${wanted} with --optimizer ${optimizer}`, steps.join(','));
}

type SourceOptions = Pick<TrainOptions, 'function' | 'range' | 'samples' | 'data' | 'target' | 'inputs' | 'width'>;

function sourceFrom(options: SourceOptions): FunctionSource | TableSource {
  const { function: formula, data, target, width } = options;
  if ((formula === undefined) === (data === undefined)) {
    throw new DaruanError(
      'train',
      formula === undefined ? 'there is nothing to learn' : 'both --function and --data are given',
      'Give either --function "exp(sin(pi*x1) + x2^2)" or --data table.csv --target y.',
    );
  }
  const foreign = formula === undefined ? (['range', 'samples'] as const) : (['target', 'inputs'] as const);
  for (const option of foreign) {
    if (options[option] !== undefined) {
      const owner = formula === undefined ? '--function' : '--data';
      throw new DaruanError(`--${option}`, `it belongs to ${owner}, which is not given`, 'Leave it out.');
    }
  }
  if (formula !== undefined) {
    const { samples = 1250 } = options;
    const numInputs = (width?.[0] as number | undefined) ?? countInputs(formula);
    return { kind: 'function', formula, numInputs, range: rangesFrom(options.range ?? [-1, 1], numInputs), samples };
  }
  if (!target) throw new DaruanError('train', 'no column is to be predicted', 'Name it, as in --target y.');
  return { kind: 'table', path: resolve(data!), targets: target, ...(options.inputs && { inputs: options.inputs }) };
}

/** One range for all inputs, or one each: low1,high1,low2,high2, … */
function rangesFrom(bounds: readonly number[], numInputs: number): Range | readonly Range[] {
  if (bounds.length !== 2 && bounds.length !== 2 * numInputs) {
    const each = numInputs === 1 ? '' : `, or ${2 * numInputs} numbers: such a pair for each of ${numInputs} inputs`;
    throw expected('--range', `low,high${each}`, bounds.join(','));
  }
  const ranges = Array.from({ length: bounds.length / 2 }, (_, i): Range => [bounds[2 * i], bounds[2 * i + 1]]);
  for (const [low, high] of ranges) {
    if (!(low < high)) throw expected('--range', 'low below high', `${low},${high}`);
  }
  return ranges.length === 1 ? ranges[0] : ranges;
}
