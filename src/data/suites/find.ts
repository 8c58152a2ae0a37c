import { checkFinite, checkInteger, checkLength } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import { Random } from '../../foundation/random.js';
import { formulaTask, type RegressionTask } from './task.js';

export interface FindOptions {
  /** How many functions. Default 34: each kind twice. */
  readonly functions?: number;
  /** Share of the functions that are made of two kinds, as sum or product. Default 0.15. */
  readonly composed?: number;
  /** Default 0. */
  readonly seed?: number;
}

/** Inputs lie in ±128. */
const REACH = 128;

type Draw = (low: number, high: number) => string;

/** The kinds of functions, by name: the text of one in x, its numbers drawn. */
const kinds: Readonly<Record<string, (draw: Draw, size: () => string) => string>> = {
  linear: (draw, size) => `${size()}*x/100+${draw(-1, 1)}`,
  polynomial: (draw, size) => {
    const degree = 2 + Math.floor(Number(draw(0, 3.999)));
    const terms = Array.from(
      { length: degree },
      (_, k) => `${k === degree - 1 ? size() : draw(-1, 1)}*(x/100)^${k + 1}`,
    );
    return `${draw(-1, 1)}+${terms.join('+')}`;
  },
  absolute: (draw, size) => `${size()}*abs(x-${draw(-60, 60)})/100+${draw(-1, 1)}`,
  root: (draw, size) => `${size()}*sqrt(abs(x-${draw(-60, 60)})/100)+${draw(-1, 1)}`,
  logarithm: (draw, size) => `${size()}*log(1+abs(x-${draw(-60, 60)}))+${draw(-1, 1)}`,
  step: (draw, size) => `x > ${draw(-60, 60)} ? ${size()} : ${draw(-1, 1)}`,
  relu: (draw, size) => `${size()}*max(0, x-${draw(-60, 60)})/100+${draw(-1, 1)}`,
  leaky: (draw, size) => {
    const from = draw(-60, 60);
    return `${size()}*max(x-${from}, (x-${from})/10)/100+${draw(-1, 1)}`;
  },
  tanh: (draw, size) => `${size()}*tanh((x-${draw(-60, 60)})/${draw(5, 50)})+${draw(-1, 1)}`,
  constant: (_, size) => size(),
  sine: (draw, size) => `${size()}*sin(2*pi*x/${draw(50, 400)}+${draw(-3, 3)})+${draw(-1, 1)}`,
  cosine: (draw, size) => `${size()}*cos(2*pi*x/${draw(50, 400)})+${draw(-1, 1)}`,
  reciprocal: (draw, size) => `${size()}/(1+abs(x-${draw(-60, 60)})/${draw(5, 50)})+${draw(-1, 1)}`,
  gaussian: (draw, size) => `${size()}*exp(-((x-${draw(-60, 60)})/${draw(10, 60)})^2)+${draw(-1, 1)}`,
  rational: (draw, size) => `(${draw(-1, 1)}+${size()}*x/50)/(1+(x/50)^2)`,
  rectangle: (draw, size) => `abs(x-${draw(-60, 60)}) < ${draw(10, 60)} ? ${size()} : ${draw(-1, 1)}`,
  'square wave': (draw, size) => `${size()}*sign(sin(2*pi*x/${draw(50, 200)}+${draw(-3, 3)}))+${draw(-1, 1)}`,
};

/**
 * Functions of one number as those by which interpretability is tried: seventeen kinds in turn, some of them composed of two, with
 * numbers drawn from the seed, x in [−128, 128]. Kinds and shares are those of the benchmark; ranges of numbers are ours, and its noise,
 * damaged intervals and approximating networks are left out.
 *
 * @see FIND, arXiv:2309.03886
 * @example findSuite({ seed: 1 }).map(({ name, formula }) => `${name}: ${formula}`)
 */
export function findSuite(options: FindOptions = {}): readonly RegressionTask[] {
  const { functions = 34, composed = 0.15, seed = 0 } = options;
  checkInteger('findSuite', 'functions', functions, 1);
  checkFinite('findSuite', 'composed', composed);
  if (!(composed >= 0 && composed <= 1)) throw expected('findSuite', 'composed in [0, 1]', composed);
  checkInteger('findSuite', 'seed', seed, 0, 0xffffffff);
  const random = new Random(seed);
  const text = (value: number): string => (value < 0 ? `(${value.toPrecision(3)})` : value.toPrecision(3));
  const draw: Draw = (low, high) => text(random.uniform(low, high));
  const size = (): string => text(random.sign() * random.uniform(0.5, 2));
  const names = Object.keys(kinds);
  return Array.from({ length: functions }, (_, k) => {
    const kind = names[k % names.length];
    const formula = kinds[kind](draw, size);
    const isTrigonometric = kind === 'sine' || kind === 'cosine';
    if (random.uniform() >= composed) return task(`${k + 1} ${kind}`, formula, isTrigonometric);
    const [other, sign] = [names[random.integer(names.length)], random.sign() > 0 ? '+' : '*'];
    return task(`${k + 1} ${kind} ${sign} ${other}`, `(${formula})${sign}(${kinds[other](draw, size)})`, false);
  });
}

const task = (name: string, formula: string, trigonometric: boolean): RegressionTask =>
  formulaTask(name, formula, { x: [-REACH, REACH] }, trigonometric);

/** Where such functions are judged: −127.5, −126.5, … 127.5. */
export const findPoints = (): Float64Array => Float64Array.from({ length: 2 * REACH }, (_, k) => k + 0.5 - REACH);

/**
 * Σ(y − prediction)²/Σy² over `findPoints`: 0 for the function itself, 1 for nothing; below 0.1 counts as success.
 *
 * @param prediction  shape [256]
 * @see FIND, arXiv:2309.03886
 */
export function findError({ f }: Pick<RegressionTask, 'f'>, prediction: ArrayLike<number>): number {
  const points = findPoints();
  checkLength('findError', 'prediction', prediction, points.length, '[256]');
  let [wrong, all] = [0, 0];
  points.forEach((x, k) => {
    const y = f([x]);
    wrong += (y - prediction[k]) ** 2;
    all += y * y;
  });
  return wrong / all;
}
