/** One side of a comparison. */
export interface Contender {
  readonly label: string;
  run(): unknown;
  /** What `run` does is this part of the whole task (default 1); times are divided by it. */
  readonly part?: number;
}

export interface Timing {
  readonly label: string;
  /** Milliseconds for the whole task. */
  readonly median: number;
  readonly least: number;
  /** How many times it was measured. */
  readonly samples: number;
}

export interface TurnOptions {
  /** Milliseconds that each contender may take in all, warming up apart. Default 600. */
  readonly budget?: number;
  /** Default 25. */
  readonly rounds?: number;
  /** Milliseconds of calls before, so that code is compiled and threads are up. Default 150. */
  readonly warmUp?: number;
}

/** What takes longer is timed once if the budget allows no more. */
const SLOW_MS = 500;

/** Milliseconds of one call, by `calls` of them. */
function milliseconds(run: () => unknown, calls: number): number {
  const start = performance.now();
  for (let call = 0; call < calls; call++) run();
  return (performance.now() - start) / calls;
}

/** Calls for a while, thrice at least where they are quick; milliseconds of the quickest. */
function warm(run: () => unknown, warmUp: number): number {
  const start = performance.now();
  let quickest = Number.POSITIVE_INFINITY;
  for (let calls = 0, spent = 0; spent < warmUp || (calls < 3 && spent < 3 * warmUp); calls++) {
    quickest = Math.min(quickest, milliseconds(run, 1));
    spent = performance.now() - start;
  }
  return quickest;
}

export const medianOf = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];

/**
 * Times the contenders in turn, round by round, so that whatever else the machine does falls on all of them. Quick ones are
 * called several times a turn; slow ones sit out most rounds.
 */
export function takeTurns(
  contenders: readonly Contender[],
  { budget = 600, rounds = 25, warmUp = 150 }: TurnOptions = {},
): readonly Timing[] {
  const sides = contenders.map((contender) => {
    const once = warm(contender.run, warmUp);
    const calls = Math.max(1, Math.floor(budget / rounds / once));
    const turns = Math.max(once < SLOW_MS ? 3 : 1, Math.min(rounds, Math.floor(budget / once)));
    return { contender, calls, every: Math.ceil(rounds / turns), times: [] as number[] };
  });
  for (let round = 0; round < rounds; round++) {
    for (const { contender, calls, every, times } of sides) {
      if (round % every === 0) times.push(milliseconds(contender.run, calls) / (contender.part ?? 1));
    }
  }
  return sides.map(({ contender: { label }, times }) => ({
    label,
    median: medianOf(times),
    least: Math.min(...times),
    samples: times.length,
  }));
}

/** Three digits, without an exponent. */
export function digits(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value.toFixed(Math.max(0, 2 - Math.floor(Math.log10(value))));
}

/** A table in Markdown, on the standard output. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  process.stdout.write([line(head), line(head.map(() => '---')), ...rows.map(line)].join(''));
}

/** A sentence or two on the standard output, with empty lines around. */
export const say = (text: string): boolean => process.stdout.write(`\n${text}\n\n`);
