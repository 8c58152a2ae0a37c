import { checkLength } from '../foundation/checks.js';
import type { Dataset } from './dataset.js';

/** An affine map of each input, (x − mean) / scale. Plain data: it is stored with the model that was trained on it. */
export interface Standardisation {
  /** One number an input. */
  readonly mean: readonly number[];
  readonly scale: readonly number[];
}

/** Mean and standard deviation of each input; a constant input gets the scale 1. */
export function standardisationOf({ x, inputs, numSamples }: Dataset): Standardisation {
  const width = inputs.length;
  const average = (value: (sample: number, input: number) => number): number[] =>
    inputs.map((_, i) => {
      let sum = 0;
      for (let s = 0; s < numSamples; s++) sum += value(s, i);
      return sum / numSamples;
    });
  // Counted from the first sample, so that what does not vary has a deviation of exactly 0.
  const mean = average((s, i) => x[s * width + i] - x[i]).map((shift, i) => x[i] + shift);
  const scale = average((s, i) => (x[s * width + i] - mean[i]) ** 2).map((variance) => Math.sqrt(variance) || 1);
  return { mean, scale };
}

/**
 * Standardised inputs.
 *
 * @param x  shape [samples, mean.length]
 * @returns a new array of the same shape
 */
export function standardise(x: Float64Array, { mean, scale }: Standardisation): Float64Array {
  const width = mean.length;
  checkLength('standardise', 'scale', scale, width, '[inputs]');
  return x.map((value, at) => (value - mean[at % width]) / scale[at % width]);
}
