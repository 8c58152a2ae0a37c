import { checkInteger } from '../foundation/checks.js';
import { Random } from '../foundation/random.js';

export interface MarkovTextOptions {
  /** Number of characters. */
  readonly length: number;
  /** Size of the alphabet, 2 … 26: the letters from "a" on. Default 16. */
  readonly letters?: number;
  /** Letters of the past that decide about the next one. Default 2. */
  readonly order?: number;
  /** How many letters may follow a past: the k-th likeliest with a probability proportional to 2^−k. Default 4. */
  readonly choices?: number;
  /** Default 0. */
  readonly seed?: number;
}

/**
 * A text that only its last `order` letters explain: a Markov source with random successors of each past. For order 2 no
 * model of single letters (a bigram model) can predict it as well as one of pairs.
 *
 * @throws if an option is out of range
 * @example markovText({ length: 100_000, seed: 1 })
 */
export function markovText(options: MarkovTextOptions): string {
  const { length, letters = 16, order = 2, choices = 4, seed = 0 } = options;
  checkInteger('markovText', 'length', length, 1);
  checkInteger('markovText', 'letters', letters, 2, 26);
  checkInteger('markovText', 'order', order, 1, Math.floor(Math.log(2 ** 24) / Math.log(letters)));
  checkInteger('markovText', 'choices', choices, 1, letters);
  checkInteger('markovText', 'seed', seed, 0, 0xffffffff);
  const random = new Random(seed);
  const pasts = letters ** order;
  const successors = Array.from({ length: pasts }, () => random.permutation(letters).slice(0, choices));
  const codes = new Uint8Array(length);
  let past = random.integer(pasts);
  for (let at = 0; at < length; at++) {
    const letter = successors[past][geometric(choices, random)];
    codes[at] = 97 + letter;
    past = (past * letters + letter) % pasts;
  }
  return new TextDecoder().decode(codes);
}

/** A number k in 0 … count − 1 with a probability proportional to 2^−k. */
function geometric(count: number, random: Random): number {
  let rest = random.uniform() * (2 - 2 ** (1 - count));
  for (let k = 0; k < count - 1; k++) {
    rest -= 2 ** -k;
    if (rest < 0) return k;
  }
  return count - 1;
}
