import type * as tfl from '@tensorflow/tfjs-layers';
import { predictArray } from '../../../src/tf/plainArrays.js';

/** The largest entry of every row of an array of shape [labels, width], by its place. */
export const largestOf = (values: Float64Array, width: number): Int32Array =>
  Int32Array.from({ length: values.length / width }, (_, row) => {
    const entries = values.subarray(row * width, (row + 1) * width);
    return entries.indexOf(Math.max(...entries));
  });

/** The share of samples whose largest logit is not that of their class, %. */
export function errorRate(model: tfl.LayersModel, x: Float64Array, labels: Int32Array): number {
  const said = largestOf(predictArray(model, x), model.outputs[0].shape[1]!);
  return (100 * labels.filter((label, s) => label !== said[s]).length) / labels.length;
}
