import type { AnsatzName } from '../../../circuits/ansatz/table.js';
import type { CombinationName } from '../../basis/af.js';
import type { BaseFunctionName } from '../../basis/baseFunctions.js';
import type { OutsideGrid } from '../../basis/bspline.js';
import type { DenominatorForm } from '../../basis/rational/fits.js';
import type { RationalStart } from '../../basis/rational.js';
import type { BasisName } from '../../basis/table.js';
import type { WaveletName } from '../../basis/wavelet.js';
import type { NodeCount } from '../../tf/width.js';
import { keys } from '../values.js';
import type { LayerName } from './layers.js';

// What the help needs, without loading what trains.

export const ansatzNames = keys<AnsatzName>({ pz: true, rpz: true, px: true, real: true, mix: true });
export const measurements = ['expectation', 'amplitude'] as const;
export const outsideDomains = ['clamp', 'throw'] as const;

export const outsideGrids = keys<OutsideGrid>({ update: true, extend: true, clamp: true, throw: true });
export const waveletNames = keys<WaveletName>({ mexicanHat: true, morlet: true, gaussianSlope: true, shannon: true });
export const combinationNames = keys<CombinationName>({
  quad1: true,
  quad2: true,
  sum: true,
  prod: true,
  sumProd: true,
  cubic1: true,
  cubic2: true,
});
export const denominatorNames = keys<DenominatorForm>({ sumOfAbsolutes: true, absoluteOfSum: true });
export const startNames = keys<RationalStart>({
  silu: true,
  gelu: true,
  relu: true,
  tanh: true,
  sigmoid: true,
  softplus: true,
  sin: true,
  identity: true,
});

const functionNames = keys<BaseFunctionName>({
  silu: true,
  gelu: true,
  relu: true,
  tanh: true,
  sigmoid: true,
  identity: true,
});
export const baseNames = [...functionNames, 'none'] as const;
/** Of multilayer perceptrons: fixed functions, and some that are learnt. */
export const activationNames = [
  ...functionNames,
  ...(['selu', 'crrelu', 'polyReLU', 'polyNorm', 'nodewise', 'daruan'] as const),
] as const;

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
  readonly layer: LayerName;
  readonly width?: NodeCount[];
  readonly ansatz?: AnsatzName;
  readonly reps?: number;
  readonly measurement?: (typeof measurements)[number];
  readonly outsideDomain?: (typeof outsideDomains)[number];
  readonly fixedEncoding?: true;
  readonly base?: (typeof baseNames)[number];
  readonly latent?: number;
  readonly basis?: BasisName;
  readonly grid?: number;
  readonly degree?: number;
  readonly gridRange?: number[];
  readonly outsideGrid?: OutsideGrid;
  readonly frequencies?: number;
  readonly centres?: number;
  readonly wavelet?: WaveletName;
  readonly count?: number;
  readonly combination?: CombinationName;
  readonly denominator?: DenominatorForm;
  readonly start?: RationalStart;
  readonly groups?: number;
  readonly activation?: (typeof activationNames)[number];
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
