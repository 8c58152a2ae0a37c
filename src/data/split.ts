import { checkInteger } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';
import { Random } from '../foundation/random.js';
import { type Dataset, selectSamples } from './dataset.js';

export interface SplitOptions {
  /** Share of the samples that is kept for testing, in [0, 1), rounded to the nearest number of samples. */
  readonly testFraction: number;
  /** Default 0. */
  readonly seed?: number;
}

/**
 * Divides samples at random into training and test samples; within each they keep their order.
 *
 * @throws if the share is out of range, or leaves nothing to train on, or (unless it is 0) to test with
 * @example split(dataset, { testFraction: 0.2, seed: 1 })
 */
export function split(dataset: Dataset, { testFraction, seed = 0 }: SplitOptions): { train: Dataset; test: Dataset } {
  if (typeof testFraction !== 'number' || !(testFraction >= 0 && testFraction < 1)) {
    throw expected('split', 'testFraction in [0, 1)', testFraction);
  }
  checkInteger('split', 'seed', seed, 0, 0xffffffff);
  const { numSamples } = dataset;
  const numTest = Math.round(numSamples * testFraction);
  if (numTest === numSamples || (testFraction > 0 && numTest === 0)) {
    throw new DaruanError(
      'split',
      `${numSamples} sample(s) cannot be divided with ${testFraction} of them for testing`,
      'Change the fraction, or give more samples.',
    );
  }
  const order = new Random(seed).permutation(numSamples);
  return {
    train: selectSamples(dataset, order.slice(numTest).sort()),
    test: selectSamples(dataset, order.slice(0, numTest).sort()),
  };
}
