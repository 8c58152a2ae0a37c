import { checkFinite, checkInteger } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';
import { Random } from '../foundation/random.js';
import type { Dataset } from './dataset.js';
import { type Formula, parseFormula } from './formula.js';

/** Lowest and highest value of an input. */
export type Range = readonly [low: number, high: number];

export interface SampleOptions {
  /** n, the number of inputs. */
  readonly numInputs: number;
  /** One range for all inputs, or one each. Default [−1, 1]. */
  readonly range?: Range | readonly Range[];
  /** Default 1000. */
  readonly trainSamples?: number;
  /** Default 1000; 0 for none. */
  readonly testSamples?: number;
  /** Default 0. */
  readonly seed?: number;
}

/**
 * Samples of a function, its inputs x1 … xn drawn uniformly and independently from their ranges.
 *
 * @param target  a function of an array of n numbers, or an expression in x1 … xn (x for n = 1; see `parseFormula`)
 * @returns training and test samples, drawn one after the other from one generator
 * @throws if an option is out of range, or if the target is not finite at a sample, or at a corner, the middle or an axis
 *         of the range: the error names the point
 * @cost one evaluation a sample, and up to 4096 more
 * @example createDataset('exp(sin(pi*x1) + x2^2)', { numInputs: 2, range: [-1, 1], seed: 1 })
 */
export function createDataset(
  target: string | ((x: number[]) => number),
  options: SampleOptions,
): { train: Dataset; test: Dataset } {
  const { numInputs, trainSamples = 1000, testSamples = 1000, seed = 0 } = options;
  checkInteger('createDataset', 'numInputs', numInputs, 1);
  checkInteger('createDataset', 'trainSamples', trainSamples, 1);
  checkInteger('createDataset', 'testSamples', testSamples, 0);
  checkInteger('createDataset', 'seed', seed, 0, 0xffffffff);
  const ranges = checkRanges(options.range ?? [-1, 1], numInputs);
  const names = ranges.map((_, i) => (numInputs === 1 ? 'x' : `x${i + 1}`));
  const evaluate = checked(target, names, numInputs);
  for (const point of probes(ranges)) evaluate(point);
  const random = new Random(seed);
  const draw = (numSamples: number): Dataset => {
    const x = Float64Array.from({ length: numSamples * numInputs }, (_, at) =>
      random.uniform(...ranges[at % numInputs]),
    );
    const row = (s: number) => Array.from(x.subarray(s * numInputs, (s + 1) * numInputs));
    const y = Float64Array.from({ length: numSamples }, (_, s) => evaluate(row(s)));
    return { inputs: names, targets: ['y'], numSamples, x, y };
  };
  return { train: draw(trainSamples), test: draw(testSamples) };
}

function checkRanges(range: Range | readonly Range[], numInputs: number): Range[] {
  const single = Array.isArray(range) && typeof range[0] === 'number';
  const ranges = single
    ? Array.from({ length: numInputs }, () => range as unknown as Range)
    : (range as readonly Range[]);
  if (!Array.isArray(ranges) || ranges.length !== numInputs) {
    throw expected('createDataset', `a range [low, high], or ${numInputs} of them`, range);
  }
  ranges.forEach((pair, i) => {
    if (pair?.length !== 2) throw expected('createDataset', `range ${i + 1} to be [low, high]`, pair);
    for (const bound of pair) checkFinite('createDataset', `the bounds of range ${i + 1}`, bound);
    if (!(pair[0] < pair[1])) throw expected('createDataset', `range ${i + 1} with low < high`, pair);
  });
  return ranges;
}

function checked(target: string | ((x: number[]) => number), names: string[], numInputs: number) {
  if (typeof target !== 'string' && typeof target !== 'function') {
    throw expected('createDataset', 'a function, or an expression as text', target);
  }
  const value = (typeof target === 'string' ? parseFormula(target, numInputs) : target) as Formula;
  return (point: number[]): number => {
    const y = value(point);
    if (typeof y === 'number' && Number.isFinite(y)) return y;
    const place = names.map((name, i) => `${name} = ${point[i]}`).join(', ');
    throw new DaruanError(
      'createDataset',
      `the target ${typeof target === 'string' ? `"${target}" ` : ''}is ${String(y)} at ${place}`,
      'Choose a range in which it is finite.',
    );
  };
}

/** Points where formulas tend to be singular: each input lowest, in the middle, zero or highest, while these are few. */
function* probes(ranges: readonly Range[]): Generator<number[]> {
  const axes = ranges.map(([low, high]) => [
    ...new Set([low, (low + high) / 2, high, ...(low < 0 && high > 0 ? [0] : [])]),
  ]);
  const count = axes.reduce((product, { length }) => product * length, 1);
  if (count > 4096) return;
  for (let number = 0; number < count; number++) {
    let rest = number;
    yield axes.map((axis) => {
      const value = axis[rest % axis.length];
      rest = Math.floor(rest / axis.length);
      return value;
    });
  }
}
