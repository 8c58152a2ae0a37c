import { expected } from '../foundation/errors.js';
import type { NodeCount } from '../tf/width.js';

/** Makes a value of an option's text, or throws. */
export type Read<T> = (text: string) => T;

interface Bounds {
  readonly minimum?: number;
  readonly maximum?: number;
  /** Whether the minimum itself is allowed; true by default. */
  readonly inclusive?: boolean;
}

const toNumber = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

/** A finite number within bounds. */
export const number =
  (option: string, { minimum = -Infinity, maximum = Infinity, inclusive = true }: Bounds = {}): Read<number> =>
  (text) => {
    const value = toNumber(text);
    const inside = inclusive ? value >= minimum : value > minimum;
    if (Number.isFinite(value) && inside && value <= maximum) return value;
    const low = minimum === -Infinity ? '' : ` ${inclusive ? '≥' : '>'} ${minimum}`;
    const high = maximum === Infinity ? '' : `${low && ' and'} ≤ ${maximum}`;
    throw expected(option, `a number${low}${high}`, text);
  };

/** An integer within bounds. */
export const integer =
  (option: string, minimum: number, maximum = Infinity): Read<number> =>
  (text) => {
    const value = toNumber(text);
    if (Number.isSafeInteger(value) && value >= minimum && value <= maximum) return value;
    throw expected(option, `an integer ${maximum === Infinity ? `≥ ${minimum}` : `in ${minimum} … ${maximum}`}`, text);
  };

/** The nodes of a layer: how many add, or how many add and how many multiply, as in 5+2. */
export const nodeCount =
  (option: string): Read<NodeCount> =>
  (text) => {
    if (!text.includes('+')) return integer(option, 1)(text);
    const [sums, products, ...rest] = text.split('+').map(toNumber);
    const counts = [sums, products].every((count) => Number.isSafeInteger(count) && count >= 0);
    if (counts && rest.length === 0 && sums + products > 0) return products === 0 ? sums : [sums, products];
    throw expected(option, 'integers ≥ 0 as nodes that add + nodes that multiply, not both 0', text);
  };

/** Values separated by commas. */
export const list =
  <T>(read: Read<T>): Read<T[]> =>
  (text) =>
    text.split(',').map((part) => read(part.trim()));

/** One of some words. The function carries them, for those who describe the program. */
export const choice = <T extends string>(
  option: string,
  choices: readonly T[],
): Read<T> & { choices: readonly T[] } => {
  const read: Read<T> = (text) => {
    if (choices.includes(text as T)) return text as T;
    throw expected(option, `one of ${choices.map((word) => `"${word}"`).join(', ')}`, text);
  };
  return Object.assign(read, { choices });
};

/** The words that an option's or argument's function allows, if it is a choice. */
export const choicesOf = (read: unknown): readonly string[] =>
  typeof read === 'function' && 'choices' in read && Array.isArray(read.choices) ? read.choices : [];

/** A name that is not empty. */
export const name =
  (option: string): Read<string> =>
  (text) => {
    if (text !== '') return text;
    throw expected(option, 'a name', text);
  };

/** All words of a union, in order: the compiler refuses a word too many or too few. */
export const keys = <T extends string>(words: Readonly<Record<T, true>>): T[] => Object.keys(words) as T[];
