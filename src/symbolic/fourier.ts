import type { BaseFunctionName } from '../basis/baseFunctions.js';
import type { FourierTerm } from '../spectrum/activation.js';
import type { Sum } from './formula.js';

/** A Fourier series as a sum of cosines and sines of an argument. */
export function fourierSum(series: readonly FourierTerm[], argument: string, digits: number): Sum {
  const terms: Sum['terms'][number][] = [];
  let constant = 0;
  for (const { frequency, re, im } of series) {
    if (frequency === 0) {
      constant += re;
      continue;
    }
    const turned = frequency === 1 ? argument : `${Number(frequency.toPrecision(digits))} * (${argument})`;
    terms.push({ coefficient: 2 * re, text: `cos(${turned})` }, { coefficient: -2 * im, text: `sin(${turned})` });
  }
  return { terms, constant };
}

/** What stands beside a quantum activation, as mathjs reads it. */
export const baseText: Readonly<Record<BaseFunctionName, (argument: string) => string>> = {
  silu: (x) => `((${x}) / (1 + exp(-(${x}))))`,
  gelu: (x) => `((${x}) * (1 + erf((${x}) / sqrt(2))) / 2)`,
  relu: (x) => `max(0, ${x})`,
  tanh: (x) => `tanh(${x})`,
  sigmoid: (x) => `(1 / (1 + exp(-(${x}))))`,
  identity: (x) => `(${x})`,
};
