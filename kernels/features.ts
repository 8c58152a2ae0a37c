import type { Floats } from './chain.js';

/** Functions whose values a feature kernel takes beside or inside others. */
export const featureActivations = ['silu', 'relu', 'tanh', 'sigmoid', 'identity'] as const;
export type FeatureActivation = (typeof featureActivations)[number];

/** How the two sides a and b of a window are joined. */
export const windowJoins = ['quad1', 'quad2', 'sum', 'prod', 'sumProd', 'cubic1', 'cubic2'] as const;
export type WindowJoin = (typeof windowJoins)[number];

/** K functions of one variable, the same for every input but for the numbers of `parameters`. */
export type FeatureFamily =
  /** Splines on `grid` cells; parameters: the ends of each input's grid, shape [in, 2]. */
  | { readonly kind: 'bspline'; readonly grid: number; readonly degree: number; readonly clamp: boolean }
  /** 1, cos x …, sin x …; no parameters. */
  | { readonly kind: 'fourier'; readonly degree: number }
  /** exp(−((x − centre)/width)²); no parameters. */
  | { readonly kind: 'radial'; readonly centres: readonly number[]; readonly width: number }
  /** T_n(tanh x); no parameters. */
  | { readonly kind: 'chebyshev'; readonly degree: number }
  /** factor·(1 − u²)·e^(−u²/2) or −u·e^(−u²/2) of u = a·(x − t); parameters: t and a, shape [in, K]. */
  | { readonly kind: 'wavelet'; readonly size: number; readonly hat?: number }
  /** scale·(relu(x − s)·relu(e − x))²; parameters: s and e, shape [in, K]. */
  | { readonly kind: 'relu'; readonly size: number; readonly scale: number }
  /** Two sides act(x − s) and act(e − x), joined, over the root mean square of the row if `normalise`; parameters: s and e, shape [in, K]. */
  | {
      readonly kind: 'windows';
      readonly size: number;
      readonly join: WindowJoin;
      readonly activation: FeatureActivation;
      readonly normalise: boolean;
    };

/** What features are made of: K functions and, in the last column, a base function. */
export interface FeatureProgram {
  readonly family: FeatureFamily;
  readonly base?: FeatureActivation;
}

export interface FeatureTensors {
  /** Shape [batch, in]. */
  readonly x: Floats;
  readonly batch: number;
  readonly inDim: number;
  readonly parameters: readonly Floats[];
}

/** Features of bases, of samples one by one: the same row gives the same bits in any batch. */
export interface FeatureKernel {
  /** Writes the features, shape [batch, in·width]. */
  features(program: FeatureProgram, tensors: FeatureTensors, out: Float32Array): void;
  /** Writes ∂L/∂x, shape [batch, in], from upstream = ∂L/∂features; returns ∂L/∂parameters, where a family trains them. */
  backward(
    program: FeatureProgram,
    tensors: FeatureTensors,
    upstream: Floats,
    onX: Float32Array,
  ): readonly Float32Array[];
}

/** K. */
export function familySize(family: FeatureFamily): number {
  switch (family.kind) {
    case 'bspline':
      return family.grid + family.degree;
    case 'fourier':
      return 2 * family.degree + 1;
    case 'radial':
      return family.centres.length;
    case 'chebyshev':
      return family.degree + 1;
    default:
      return family.size;
  }
}

/** How many numbers each of a family's parameters has. */
export function parameterLengths(family: FeatureFamily, inDim: number): readonly number[] {
  if (family.kind === 'bspline') return [2 * inDim];
  const windows = inDim * familySize(family);
  return family.kind === 'wavelet' || family.kind === 'relu' || family.kind === 'windows' ? [windows, windows] : [];
}
