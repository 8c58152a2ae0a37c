import { expect, test } from 'vitest';
import { DaruanError } from '../../../src/foundation/errors.js';

/** A law that a backend cannot meet, named, with the reason. */
export interface Skip {
  readonly test: string;
  readonly reason: string;
}

/** Distance from 1 to the next number. */
export const EPSILON = { float32: 2 ** -23, float64: 2 ** -52 } as const;

/** Milliseconds: a law takes less than one second on an idle machine, and machines that test are seldom idle. */
const PATIENCE = 60_000;

/** What holds, or throws; of a kernel that answers by promises, in the end. */
export type Law = () => void | Promise<void>;

/** Registers laws as tests, but for those named in `skip`; a skip that names no law fails. */
export function registerLaws(laws: Readonly<Record<string, Law>>, skip: readonly Skip[]): void {
  for (const [name, law] of Object.entries(laws)) {
    const skipped = skip.find((entry) => entry.test === name);
    if (skipped) test.skip(`${name} (cannot: ${skipped.reason})`, law);
    else test(name, law, PATIENCE);
  }
  test('names only existing laws among what it cannot do, each with a reason', () => {
    for (const entry of skip) {
      expect(Object.keys(laws)).toContain(entry.test);
      expect(entry.reason).not.toBe('');
    }
  });
}

/** Expects |actual − wanted| ≤ tolerance entry by entry; NaN is never close. */
export function expectClose(actual: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(wanted.length);
  let [worst, at] = [0, 0];
  for (let i = 0; i < wanted.length; i++) {
    const distance = Math.abs(actual[i] - wanted[i]);
    if (!(distance <= worst)) [worst, at] = [distance, i];
    if (Number.isNaN(distance)) break;
  }
  expect(worst, `entry ${at}: got ${actual[at]}, wanted ${wanted[at]}`).toBeLessThanOrEqual(tolerance);
}

/** f′(0) by the central difference of sixth order: error h⁶/140 · f⁽⁷⁾, and rounding of f over h. */
export function slopeAtZero(f: (t: number) => number, h: number): number {
  const odd = (k: number): number => f(k * h) - f(-k * h);
  return (45 * odd(1) - 9 * odd(2) + odd(3)) / (60 * h);
}

/** Expects `call` to throw, or its promise to be rejected, with a `DaruanError` that says `message`. */
export async function expectRefusal(call: () => unknown, message: RegExp): Promise<void> {
  const outcome = await Promise.resolve()
    .then(call)
    .then(
      () => 'no error',
      (error: unknown) => error,
    );
  expect(outcome).toBeInstanceOf(DaruanError);
  expect((outcome as DaruanError).message).toMatch(message);
}
