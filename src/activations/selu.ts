import type { BaseFunction } from '../basis/baseFunctions.js';
import { type Activation, pointwise } from './activation.js';

/** λ and α at which N(0, 1) is a fixed point of mean and variance. */
export const SELU_SCALE = 1.0507009873554805;
export const SELU_ALPHA = 1.6732632423543772;

/** λx for x > 0, λα(eˣ − 1) below. */
export const seluFunction: BaseFunction = {
  value: (x) => SELU_SCALE * (x > 0 ? x : SELU_ALPHA * Math.expm1(x)),
  derivative: (x) => SELU_SCALE * (x > 0 ? 1 : SELU_ALPHA * Math.exp(x)),
};

/**
 * SELU, λ·(x if x > 0, else α(eˣ − 1)): with weights of variance 1/in and no biases it carries mean 0 and variance 1 from layer to layer.
 *
 * @see arXiv:1706.02515
 */
export const selu = (): Activation => ({
  name: 'selu',
  options: {},
  blocks: () => [],
  ...pointwise({ value: seluFunction.value, slope: seluFunction.derivative }),
});
