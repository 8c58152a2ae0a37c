import {
  type FeatureActivation,
  type FeatureFamily,
  type FeatureProgram,
  featureActivations,
} from '../../../kernels/features.js';
import type { AfOptions } from '../../basis/af.js';
import type { BaseFunctionName } from '../../basis/baseFunctions.js';
import { type Basis, evenly } from '../../basis/basis.js';
import type { BSplineOptions } from '../../basis/bspline.js';
import type { ChebyshevOptions } from '../../basis/chebyshev.js';
import type { FourierOptions } from '../../basis/fourier.js';
import type { RadialOptions } from '../../basis/radial.js';
import type { BasisName } from '../../basis/table.js';
import { HAT, type WaveletOptions } from '../../basis/wavelet.js';
import type { WindowOptions } from '../../basis/windows.js';

type Families = { readonly [N in BasisName]?: (options: never, size: number) => FeatureFamily | undefined };

const isActivation = (name: string): name is FeatureActivation =>
  (featureActivations as readonly string[]).includes(name);

/** Bases as the feature kernel knows them; undefined for what it does not. */
const families: Families = {
  bspline: ({ grid, degree, outside }: Required<BSplineOptions>) =>
    outside === 'throw' ? undefined : { kind: 'bspline', grid, degree, clamp: outside === 'clamp' },
  fourier: ({ frequencies }: Required<FourierOptions>) => ({ kind: 'fourier', degree: frequencies }),
  radial: ({ centres, range }: Required<RadialOptions>) => ({
    kind: 'radial',
    centres: [...evenly(centres, range)],
    width: (range[1] - range[0]) / (centres - 1),
  }),
  chebyshev: ({ degree }: Required<ChebyshevOptions>) => ({ kind: 'chebyshev', degree }),
  wavelet({ wavelet, count }: Required<WaveletOptions>) {
    if (wavelet === 'mexicanHat') return { kind: 'wavelet', size: count, hat: HAT };
    return wavelet === 'gaussianSlope' ? { kind: 'wavelet', size: count } : undefined;
  },
  relu({ grid, degree, range }: Required<WindowOptions>, size) {
    const width = ((degree + 1) * (range[1] - range[0])) / grid;
    return { kind: 'relu', size, scale: 16 / width ** 4 };
  },
  af({ combination, activation, normalise }: Required<AfOptions>, size) {
    if (!isActivation(activation)) return undefined;
    return { kind: 'windows', size, join: combination, activation, normalise };
  },
};

/** What the feature kernel computes in place of a basis and the base function beside it; undefined where it cannot. */
export function featureProgram(
  { name, options, size }: Basis,
  base: BaseFunctionName | undefined,
): FeatureProgram | undefined {
  if (!Object.hasOwn(families, name) || options.attention === true) return undefined;
  if (base !== undefined && !isActivation(base)) return undefined;
  const family = families[name as BasisName]!(options as never, size);
  return family && { family, ...(base !== undefined && { base }) };
}
