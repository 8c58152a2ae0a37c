import { formatAngle } from '../../../circuits/angle/format.js';
import type { SourceStep } from './steps.js';

/** Steps that are drawn once: `count` blocks like this one follow each other. */
export interface Block {
  readonly steps: readonly SourceStep[];
  /** 1 for steps that do not repeat. */
  readonly count: number;
  /** The letter that counts blocks, with its first value, where names of symbols count along. */
  readonly index?: { readonly letter: string; readonly from: number; readonly step: number };
  /** Names of symbols as they are drawn. */
  readonly rename: (name: string) => string;
}

/** A step without the numbers in the names of its symbols, and those numbers in order. */
interface Signature {
  readonly text: string;
  readonly numbers: readonly number[];
}

const same = (name: string): string => name;

/**
 * The steps in blocks, the longest repetitions first found from the left. Two blocks are alike if they differ at most in
 * numbers within the names of symbols (theta_0_1, theta_1_1) that all go up by the same step from block to block.
 *
 * Cost: O(steps²) for circuits as they are, O(steps³) at worst.
 */
export function foldRepeats(steps: readonly SourceStep[]): Block[] {
  const signatures = steps.map(signatureOf);
  const blocks: Block[] = [];
  let single = 0; // where the steps begin that belong to no block yet
  const close = (end: number): void => {
    if (end > single) blocks.push({ steps: steps.slice(single, end), count: 1, rename: same });
  };
  for (let at = 0; at < steps.length; ) {
    const { period, count } = longest(signatures, at);
    if (count < 2 || period * (count - 1) < 2) {
      at++;
      continue;
    }
    close(at);
    blocks.push(blockOf(steps, signatures, at, period, count));
    at += period * count;
    single = at;
  }
  close(steps.length);
  return blocks;
}

function signatureOf({ step, condition }: SourceStep): Signature {
  if (step.kind !== 'gate') return { text: JSON.stringify([step, condition]), numbers: [] };
  const { gate, targets, controls, angles } = step.operation;
  const numbers: number[] = [];
  const symbol = (name: string): string =>
    name.replace(/_\d+/g, (part) => {
      numbers.push(Number(part.slice(1)));
      return '_#';
    });
  const written = angles.map((angle) => formatAngle(angle, { symbol }));
  return { text: JSON.stringify([gate.name, targets, controls, written, condition]), numbers };
}

/** The repetition from `at` on that covers most steps, with the shortest block. */
function longest(signatures: readonly Signature[], at: number): { period: number; count: number } {
  let best = { period: 1, count: 1 };
  const left = signatures.length - at;
  for (let period = 1; 2 * period <= left; period++) {
    let count = 1;
    while ((count + 1) * period <= left && follows(signatures, at, period, count)) count++;
    if (count > 1 && count * period > best.count * best.period) best = { period, count };
  }
  return best;
}

/** Whether block `k` is like block 0, some of its numbers higher by k times the step from block 0 to block 1. */
function follows(signatures: readonly Signature[], at: number, period: number, k: number): boolean {
  let step = 0;
  for (let j = 0; j < period; j++) {
    const [first, second, here] = [0, 1, k].map((block) => signatures[at + block * period + j]);
    if (here.text !== first.text) return false;
    for (let n = 0; n < first.numbers.length; n++) {
      const slope = second.numbers[n] - first.numbers[n];
      if (step === 0) step = slope;
      if (slope < 0 || (slope !== 0 && slope !== step)) return false;
      if (here.numbers[n] - first.numbers[n] !== k * slope) return false;
    }
  }
  return true;
}

function blockOf(
  steps: readonly SourceStep[],
  signatures: readonly Signature[],
  at: number,
  period: number,
  count: number,
): Block {
  const own = steps.slice(at, at + period);
  const counting = own.flatMap((_, j) => {
    const [first, second] = [signatures[at + j].numbers, signatures[at + period + j].numbers];
    return first.flatMap((value, n) => (second[n] > value ? [{ value, step: second[n] - value }] : []));
  });
  if (counting.length === 0) return { steps: own, count, rename: same };
  const from = Math.min(...counting.map(({ value }) => value));
  const { step } = counting[0];
  const letter = 'l';
  const names = new Map<string, string>();
  own.forEach(({ step: source }, j) => {
    if (source.kind !== 'gate') return;
    const [first, second] = [signatures[at + j].numbers, signatures[at + period + j].numbers];
    let n = 0;
    const symbol = (name: string): string => {
      const renamed = name.replace(/_(\d+)/g, (part, digits) => {
        const counts = second[n] > first[n++];
        const offset = Number(digits) - from;
        return counts ? `_${letter}${offset > 0 ? `+${offset}` : ''}` : part;
      });
      names.set(name, renamed);
      return name;
    };
    for (const angle of source.operation.angles) formatAngle(angle, { symbol });
  });
  return { steps: own, count, index: { letter, from, step }, rename: (name) => names.get(name) ?? name };
}

/** What an index runs through, such as `l = 0, 1, …, 5`; `× 3` for blocks that are all the same. */
export function describeCount({ count, index }: Block): string {
  if (!index) return `× ${count}`;
  const at = (k: number): number => index.from + k * index.step;
  const values = count <= 3 ? Array.from({ length: count }, (_, k) => at(k)) : [at(0), at(1), '…', at(count - 1)];
  return `${index.letter} = ${values.join(', ')}`;
}
