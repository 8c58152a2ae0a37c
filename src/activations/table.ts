import { checkChoice } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import type { Activation } from './activation.js';
import { crrelu } from './crrelu.js';
import { dice } from './dice.js';
import { evoNormB0 } from './evoNormB0.js';
import { evoNormS0 } from './evoNormS0.js';
import { fixed } from './fixed.js';
import { nodewise } from './nodewise.js';
import { polyNorm } from './polyNorm.js';
import { polyReLU } from './polyReLU.js';
import { selu } from './selu.js';
import { wideDeep } from './wideDeep.js';

/** The activations by name: from options to an activation. */
export const activations = {
  fixed,
  selu,
  crrelu,
  polyReLU,
  polyNorm,
  evoNormB0,
  evoNormS0,
  dice,
  wideDeep,
  nodewise,
} as const;
export type ActivationName = keyof typeof activations;

type OptionsOf<F extends (...args: never[]) => Activation> =
  Parameters<F> extends [] ? object : NonNullable<Parameters<F>[0]>;

/** An activation as plain data: its name and options. */
export type ActivationSpec = {
  readonly [N in ActivationName]: { readonly name: N } & Readonly<OptionsOf<(typeof activations)[N]>>;
}[ActivationName];

export const activationNames = Object.keys(activations) as ActivationName[];

/**
 * The activation that a name, plain data or a value stands for.
 *
 * @param where  names the caller in errors
 */
export function activationFrom(where: string, source: ActivationName | ActivationSpec | Activation): Activation {
  if (typeof source === 'object' && source !== null && 'forward' in source) return source;
  const isName = typeof source === 'string';
  if (!isName && (typeof source !== 'object' || source === null)) {
    throw expected(where, 'activation to be a name, a name with options, or an Activation', source);
  }
  const { name, ...options } = isName ? { name: source } : source;
  checkChoice(where, 'activation', name, activationNames);
  return (activations[name] as (options: object) => Activation)(options);
}

/** The activation as plain data, which `activationFrom` reads back; undefined for one that is not in the table. */
export const activationSpec = ({ name, options }: Activation): ActivationSpec | undefined =>
  Object.hasOwn(activations, name) ? ({ name, ...options } as unknown as ActivationSpec) : undefined;
