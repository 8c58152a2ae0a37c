import { chai, JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect';

/**
 * Vitest, as far as the conformance suites use it, for a page: tests are collected, and run when `runTests` is called. The
 * assertions are vitest's own.
 */
for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);

export const { expect } = chai;

/** How a test of the page went. */
export interface Outcome {
  readonly name: string;
  /** Why it failed; absent if it passed. */
  readonly error?: string;
}

const tests: { readonly name: string; readonly run: () => unknown }[] = [];
const groups: string[] = [];

export function describe(name: string, register: () => void): void {
  groups.push(name);
  register();
  groups.pop();
}

export function test(name: string, run: () => unknown): void {
  tests.push({ name: [...groups, name].join(' > '), run });
}
test.skip = (): void => {};

/** Runs what has been collected so far, once. */
export async function runTests(): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { name, run } of tests.splice(0)) {
    try {
      await run();
      outcomes.push({ name });
    } catch (error) {
      const { message = String(error), cause } = error as Error;
      outcomes.push({ name, error: [message, cause].filter(Boolean).join('\n') });
    }
  }
  return outcomes;
}
