import type * as tfl from '@tensorflow/tfjs-layers';
import type { TrainingState } from '../training/fit.js';
import { type Grown, grow } from './growWeights.js';

/** The state of a model's training after some of its weights have grown: old entries keep what is known of them. */
export function carryTraining(
  model: tfl.LayersModel,
  training: TrainingState,
  grown: ReadonlyMap<string, Grown>,
): TrainingState {
  /** A vector over all parameters; its new entries are the weights' own, or 0. */
  const carry = (vector: Float64Array, rest: 'values' | 'zero'): Float64Array => {
    let at = 0;
    const parts = model.trainableWeights.map(({ originalName, shape }) => {
      const count = (shape as number[]).reduce((product, n) => product * n, 1);
      const part = vector.subarray(at, at + count);
      at += count;
      const growth = grown.get(originalName);
      if (!growth) return part;
      return grow(rest === 'values' ? growth : { ...growth, values: growth.values.map(() => 0) }, part);
    });
    return Float64Array.from(parts.flatMap((part) => [...part]));
  };
  /** Moments and curvature pairs are vectors over all parameters; of new ones nothing is known. */
  const carryAll = <T>(value: T): T => {
    if (value instanceof Float64Array) return carry(value, 'zero') as T;
    if (Array.isArray(value)) return value.map(carryAll) as T;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, carryAll(item)])) as T;
  };
  return {
    ...training,
    optimiser: carryAll(training.optimiser),
    parameters: carry(training.parameters, 'values'),
    best: training.best && { ...training.best, parameters: carry(training.best.parameters, 'values') },
  };
}
