import { type FeatureFamily, type FeatureProgram, featureActivations, windowJoins } from '../../features.js';
import * as layout from './layout.js';

/** The job's fields that follow from the program alone. */
export function fieldsOf({ family, base }: FeatureProgram): Record<number, number> {
  return {
    [layout.BASE]: base === undefined ? layout.NO_BASE : featureActivations.indexOf(base),
    [layout.BASIS]: kinds[family.kind],
    [layout.DEGREE]: 'degree' in family ? family.degree : 0,
    [layout.VARIANT]: variantOf(family),
    [layout.ACTIVATION]: family.kind === 'windows' ? featureActivations.indexOf(family.activation) : 0,
    [layout.NORMALISE]: family.kind === 'windows' && family.normalise ? 1 : 0,
  };
}

const kinds = {
  bspline: layout.BASIS_BSPLINE,
  fourier: layout.BASIS_FOURIER,
  radial: layout.BASIS_RADIAL,
  chebyshev: layout.BASIS_CHEBYSHEV,
  wavelet: layout.BASIS_WAVELET,
  relu: layout.BASIS_RELU,
  windows: layout.BASIS_AF,
} as const satisfies Record<FeatureFamily['kind'], number>;

function variantOf(family: FeatureFamily): number {
  if (family.kind === 'bspline') return family.clamp ? layout.CLAMP : layout.EXTEND;
  if (family.kind === 'wavelet') return family.hat === undefined ? layout.GAUSSIAN_SLOPE : layout.MEXICAN_HAT;
  return family.kind === 'windows' ? windowJoins.indexOf(family.join) : 0;
}

/** The constants of a family. */
export function numbersOf(family: FeatureFamily): Float32Array {
  switch (family.kind) {
    case 'bspline':
      return Float32Array.of(family.grid);
    case 'radial':
      return Float32Array.of(1 / family.width, ...family.centres);
    case 'wavelet':
      return Float32Array.of(family.hat ?? 0);
    case 'relu':
      return Float32Array.of(family.scale);
    default:
      return new Float32Array(0);
  }
}

/** Whether the numbers of its blocks are trained. */
export const isTrained = ({ kind }: FeatureFamily): boolean =>
  kind === 'wavelet' || kind === 'relu' || kind === 'windows';
