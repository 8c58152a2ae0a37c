import { checkChoice } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import { af } from './af.js';
import type { Basis } from './basis.js';
import { bspline } from './bspline.js';
import { chebyshev } from './chebyshev.js';
import { fourier } from './fourier.js';
import { radial } from './radial.js';
import { rational } from './rational.js';
import { relu } from './relu.js';
import { wavelet } from './wavelet.js';

/** The bases by name: from options to a basis. */
export const bases = { bspline, fourier, radial, chebyshev, wavelet, relu, af, rational } as const;
export type BasisName = keyof typeof bases;

/** A basis as plain data: its name and the options that are not as usual. */
export type BasisSpec = {
  readonly [N in BasisName]: { readonly name: N } & Readonly<NonNullable<Parameters<(typeof bases)[N]>[0]>>;
}[BasisName];

export const basisNames = Object.keys(bases) as BasisName[];

/**
 * The basis that a name, plain data or a value stands for.
 *
 * @param where  names the caller in errors
 */
export function basisFrom(where: string, source: BasisName | BasisSpec | Basis): Basis {
  if (typeof source === 'object' && source !== null && 'features' in source) return source;
  const isName = typeof source === 'string';
  if (!isName && (typeof source !== 'object' || source === null)) {
    throw expected(where, 'basis to be a name, a name with options, or a Basis', source);
  }
  const { name, ...options } = isName ? { name: source } : source;
  checkChoice(where, 'basis', name, basisNames);
  return (bases[name] as (options: object) => Basis)(options);
}

/** The basis as plain data, which `basisFrom` reads back; undefined for one that is not in the table. */
export const basisSpec = ({ name, options }: Basis): BasisSpec | undefined =>
  Object.hasOwn(bases, name) ? ({ name, ...options } as BasisSpec) : undefined;
