import { checkFinite, checkInteger } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';

export interface NgramOptions {
  /** n: the next token is predicted from the n − 1 before it. 2 is a bigram model. */
  readonly n: number;
  /** Number of different tokens. */
  readonly vocabularySize: number;
  /** Added to each count, > 0. Default 0.01. */
  readonly smoothing?: number;
}

/**
 * The mean −log P(next token | n − 1 tokens before it) of a model of counts, in nats: what a language model has to beat.
 *
 *   P(t | past) = (count(past, t) + s) / (count(past) + s·vocabularySize)
 *
 * @param train  tokens that are counted
 * @param test   tokens that are predicted, from number n − 1 on
 * @throws if an option is out of range, or a text is shorter than n
 * @cost vocabularySize^n numbers of memory
 */
export function ngramLoss(train: ArrayLike<number>, test: ArrayLike<number>, options: NgramOptions): number {
  const { n, vocabularySize, smoothing = 0.01 } = options;
  checkInteger('ngramLoss', 'n', n, 1);
  checkInteger('ngramLoss', 'vocabularySize', vocabularySize, 1);
  checkFinite('ngramLoss', 'smoothing', smoothing);
  if (!(smoothing > 0)) throw expected('ngramLoss', 'smoothing > 0', smoothing);
  const size = vocabularySize ** n;
  if (size > 2 ** 27) {
    throw new DaruanError('ngramLoss', `there are ${size} pasts with a successor`, 'Take a smaller n.');
  }
  const counts = new Float64Array(size);
  for (const index of places(train, n, vocabularySize)) counts[index]++;
  const totals = new Float64Array(size / vocabularySize);
  counts.forEach((count, index) => {
    totals[Math.floor(index / vocabularySize)] += count;
  });
  let [sum, predicted] = [0, 0];
  for (const index of places(test, n, vocabularySize)) {
    const total = totals[Math.floor(index / vocabularySize)];
    sum -= Math.log((counts[index] + smoothing) / (total + smoothing * vocabularySize));
    predicted++;
  }
  return sum / predicted;
}

/** The n-grams of a text, each as one number: its tokens are the digits, the oldest first. */
function* places(tokens: ArrayLike<number>, n: number, vocabularySize: number): Generator<number> {
  if (!(tokens?.length >= n)) throw expected('ngramLoss', `at least ${n} tokens`, tokens?.length);
  let index = 0;
  for (let at = 0; at < tokens.length; at++) {
    checkInteger('ngramLoss', `token ${at}`, tokens[at], 0, vocabularySize - 1);
    index = (index * vocabularySize + tokens[at]) % vocabularySize ** n;
    if (at >= n - 1) yield index;
  }
}
