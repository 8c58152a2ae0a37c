import type { AnsatzName } from '../../../circuits/ansatz/table.js';
import { keys } from '../values.js';

// What the help needs, without loading what trains.

export const ansatzNames = keys<AnsatzName>({ pz: true, rpz: true, px: true, real: true, mix: true });
export const measurements = ['expectation', 'amplitude'] as const;
export const outsideDomains = ['clamp', 'throw'] as const;

/** Stages of each way to optimise, and their usual steps. */
export const optimizers = {
  lbfgs: { stages: ['lbfgs'], steps: [100] },
  adam: { stages: ['adam'], steps: [500] },
  'adam+lbfgs': { stages: ['adam', 'lbfgs'], steps: [200, 40] },
} as const satisfies Record<string, { stages: readonly ('adam' | 'lbfgs')[]; steps: readonly number[] }>;
export type Optimizer = keyof typeof optimizers;

export const optimizerNames = Object.keys(optimizers) as Optimizer[];

/** The options as the command line gives them; what is absent has its default. */
export interface TrainOptions {
  readonly function?: string;
  readonly range?: number[];
  readonly samples?: number;
  readonly data?: string;
  readonly target?: string[];
  readonly inputs?: string[];
  readonly width?: number[];
  readonly ansatz: AnsatzName;
  readonly reps: number;
  readonly measurement: (typeof measurements)[number];
  readonly outsideDomain: (typeof outsideDomains)[number];
  readonly fixedEncoding?: true;
  readonly optimizer: Optimizer;
  readonly steps?: number[];
  readonly learningRate?: number;
  readonly batchSize?: number;
  readonly regularisation: number;
  readonly patience?: number;
  readonly testFraction: number;
  readonly standardise?: true;
  readonly seed: number;
  readonly backend?: string;
  readonly checkpointEvery: number;
}
