import { DaruanError, expected } from '../../foundation/errors.js';
import type { Dataset } from '../dataset.js';
import { type Formula, parseFormula } from '../formula.js';
import { createDataset, type Range, type SampleOptions } from '../sample.js';

/** A function to be learned: what it is called, its named inputs and where they lie. */
export interface RegressionTask {
  readonly name: string;
  /** As people read it, in the names of the inputs. */
  readonly formula: string;
  readonly inputs: readonly string[];
  /** One an input. */
  readonly ranges: readonly Range[];
  /** The value at a point, an array of one number an input. */
  readonly f: Formula;
  /** Whether it is made of sines and cosines: what quantum activations are made of too. */
  readonly trigonometric: boolean;
}

/** Ranges by the name of their input, in order. */
export type NamedRanges = Readonly<Record<string, Range>>;

/**
 * A task from its formula.
 *
 * @param formula  in the grammar of `parseFormula`, in the names of the ranges
 * @throws if the formula does not parse, or speaks of another name
 * @example formulaTask('product', 'u*v', { u: [-1, 1], v: [0, 2] })
 */
export function formulaTask(name: string, formula: string, ranges: NamedRanges, trigonometric = false): RegressionTask {
  const inputs = Object.keys(ranges);
  const numbered = formula.replace(/[A-Za-z_]\w*/g, (word) =>
    Object.hasOwn(ranges, word) ? `(x${inputs.indexOf(word) + 1})` : word,
  );
  const text = inputs.length === 1 ? numbered.replaceAll('(x1)', '(x)') : numbered;
  return functionTask(name, formula, ranges, parseFormula(text, inputs.length), trigonometric);
}

/** A task from a function that no formula of the grammar says. */
export function functionTask(
  name: string,
  formula: string,
  ranges: NamedRanges,
  f: Formula,
  trigonometric = false,
): RegressionTask {
  return { name, formula, inputs: Object.keys(ranges), ranges: Object.values(ranges), f, trigonometric };
}

/** The same range for x1 … xn. */
export const cube = (numInputs: number, range: Range): NamedRanges =>
  Object.fromEntries(Array.from({ length: numInputs }, (_, i) => [`x${i + 1}`, range]));

/**
 * Samples of a task, each input scaled from its range to [−1, 1].
 *
 * @returns training and test samples; targets in the units of the formula
 * @throws if an option is out of range, or the task is not finite at a sample
 * @example sampleTask(feynmanSuite()[0], { trainSamples: 1000, testSamples: 1000, seed: 1 })
 */
export function sampleTask(
  task: RegressionTask,
  options: Pick<SampleOptions, 'trainSamples' | 'testSamples' | 'seed'> = {},
): { train: Dataset; test: Dataset } {
  const { ranges, f } = task;
  // Some formulas are infinite at a corner of their range, which is never drawn: such points are pulled inwards.
  const inside = (t: number): number => Math.max(-1 + 1e-9, Math.min(1 - 1e-9, t));
  const place = (t: number, [low, high]: Range): number => low + ((high - low) * (inside(t) + 1)) / 2;
  return createDataset((x) => f(x.map((t, i) => place(t, ranges[i]))), { ...options, numInputs: ranges.length });
}

/**
 * The task of a suite by its name.
 *
 * @throws if there is none
 */
export function taskNamed(suite: readonly RegressionTask[], name: string): RegressionTask {
  if (!Array.isArray(suite)) throw expected('taskNamed', 'a suite of tasks', suite);
  const found = suite.find((task) => task.name === name);
  if (found) return found;
  const known = suite.map((task) => task.name).join(', ');
  throw new DaruanError('taskNamed', `the suite has no task "${name}"`, `It has ${known}.`);
}
