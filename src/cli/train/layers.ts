import type { BasisName } from '../../basis/table.js';
import type { TrainOptions } from './options.js';

type Option = keyof TrainOptions;

/** What a kind of network takes, and what can be made of it afterwards. */
interface LayerKind {
  /** Options that belong to it. */
  readonly options: readonly Option[];
  /** Nodes of each layer where none are given, for n inputs and m targets. */
  readonly width: (inputs: number, targets: number) => number[];
  /** Whether its layers are sums over edges: to be drawn, penalised, pruned, and read as formulas. */
  readonly hasEdges: boolean;
  /** Whether it holds quantum circuits: to be exported, and to have spectra. */
  readonly hasCircuits: boolean;
}

/** What each basis calls the options of the command line that it takes. */
export const basisOptions = {
  bspline: { grid: 'grid', degree: 'degree', gridRange: 'range', outsideGrid: 'outside' },
  fourier: { frequencies: 'frequencies' },
  radial: { centres: 'centres', gridRange: 'range' },
  chebyshev: { degree: 'degree' },
  wavelet: { wavelet: 'wavelet', count: 'count', gridRange: 'range' },
  relu: { grid: 'grid', degree: 'degree', gridRange: 'range' },
  af: { grid: 'grid', degree: 'degree', gridRange: 'range', combination: 'combination' },
  rational: { denominator: 'denominator', start: 'start', groups: 'groups' },
} as const satisfies Record<BasisName, Partial<Record<Option, string>>>;

/** All of them. */
const ofBases = [...new Set(Object.values(basisOptions).flatMap(Object.keys))] as Option[];

const circuitOptions = ['ansatz', 'reps', 'measurement', 'outsideDomain', 'fixedEncoding'] as const;
const onEdges = (n: number, m: number): number[] => [n, 2 * n + 1, m];

/** The kinds of network, by what their layers are: one row a kind. */
export const layerKinds = {
  qkan: { options: [...circuitOptions, 'base'], width: onEdges, hasEdges: true, hasCircuits: true },
  kan: {
    options: ['basis', ...ofBases, 'base'],
    width: onEdges,
    hasEdges: true,
    hasCircuits: false,
  },
  hqkan: {
    options: [...circuitOptions, 'base', 'latent'],
    width: (n, m) => [n, m],
    hasEdges: false,
    hasCircuits: true,
  },
  mlp: { options: ['activation'], width: (n, m) => [n, 32, m], hasEdges: false, hasCircuits: false },
} as const satisfies Record<string, LayerKind>;
export type LayerName = keyof typeof layerKinds;

export const layerNames = Object.keys(layerKinds) as LayerName[];

export const basisNames = Object.keys(basisOptions) as BasisName[];
