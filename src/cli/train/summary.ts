import type { Dataset } from '../../data/dataset.js';
import { type RegressionErrors, regressionErrors } from '../../data/metrics.js';
import type { Standardisation } from '../../data/standardise.js';
import { fetchPrediction } from '../../tf/plainArrays.js';
import type { FitResult } from '../../tf/training/fit.js';
import type { Engine } from '../engine.js';
import type { TrainSettings } from './settings.js';

/** What came out of a training: the file summary.json, and what the program prints. */
export interface Summary {
  readonly folder: string;
  readonly stopped: FitResult['stopped'];
  readonly message: string;
  readonly steps: number;
  readonly seconds: number;
  /** Number of trainable parameters. */
  readonly parameters: number;
  readonly loss: number | null;
  readonly train: RegressionErrors;
  readonly validation?: RegressionErrors;
  readonly test?: RegressionErrors;
  readonly engine: Engine;
  /** Of the loss and its gradient, and why. */
  readonly precision: FitResult['precision'];
  readonly precisionReason: string;
  /** Names of the columns, and how inputs are scaled before they reach the network. */
  readonly inputs: readonly string[];
  readonly targets: readonly string[];
  readonly standardisation?: Standardisation;
  readonly settings: TrainSettings;
  /** What pruning has left, where it came after the training. */
  readonly pruned?: {
    readonly from: string;
    /** Nodes of the network before, inputs first. */
    readonly nodes: readonly (readonly number[])[];
    readonly edges: number;
  };
}

/** How far a model is from samples. */
export const errorsOn = async (
  model: Parameters<typeof fetchPrediction>[0],
  { x, y, targets }: Dataset,
): Promise<RegressionErrors> => regressionErrors(await fetchPrediction(model, x), y, targets.length);

/** The summary for people. */
export function describeSummary(summary: Summary): string {
  const parts = [
    ['train', summary.train],
    ['validation', summary.validation],
    ['test', summary.test],
  ] as const;
  const rows = parts.flatMap(([name, errors]) => (errors ? [[name, ...columns(errors)]] : []));
  const table = [['', 'RMSE', 'MSE', 'max', 'R²'], ...rows].map(
    ([name, ...cells]) => `${name.padEnd(10)} ${cells.map((cell) => cell.padStart(10)).join(' ')}`,
  );
  const { parameters, seconds, message, folder } = summary;
  return [
    ...table,
    `${parameters} parameters, ${seconds.toFixed(1)} s of training. ${message}`,
    `The results are in ${folder}`,
    '',
  ].join('\n');
}

const columns = ({ rmse, mse, max, r2 }: RegressionErrors): string[] => [
  ...[rmse, mse, max].map((value) => value.toExponential(3)),
  r2 === null ? 'none' : r2.toFixed(8),
];
