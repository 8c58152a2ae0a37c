import { type BaseFunctionName, baseFunctions } from '../basis/baseFunctions.js';
import { checkChoice } from '../foundation/checks.js';
import { type Activation, pointwise } from './activation.js';

export interface FixedOptions {
  /** Which. Default `'silu'`. */
  readonly function?: BaseFunctionName;
}

/** A fixed function: SiLU, GELU, ReLU, tanh, the logistic function, or the identity. */
export function fixed({ function: name = 'silu' }: FixedOptions = {}): Activation {
  checkChoice('fixed', 'function', name, Object.keys(baseFunctions) as BaseFunctionName[]);
  const { value, derivative } = baseFunctions[name];
  return { name: 'fixed', options: { function: name }, blocks: () => [], ...pointwise({ value, slope: derivative }) };
}
