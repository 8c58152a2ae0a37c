import { afterEach, expect, it, vi } from 'vitest';
import { listenForInterrupt } from '../../../src/cli/train/interrupt.js';

afterEach(() => vi.restoreAllMocks());

const count = (): number[] => ['SIGINT', 'SIGTERM'].map((signal) => process.listenerCount(signal));

it.each(['SIGINT', 'SIGTERM'] as const)('The first %s asks to stop; the next one has its usual effect', (signal) => {
  const before = count();
  const print = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const interrupt = listenForInterrupt();
  expect(count()).toEqual(before.map((listeners) => listeners + 1));
  expect(interrupt.signal.aborted).toBe(false);
  process.emit(signal, signal);
  expect(interrupt.signal.aborted).toBe(true);
  expect(print).toHaveBeenCalledTimes(1);
  expect(count()).toEqual(before);
});

it('A training that is over listens no longer', () => {
  const before = count();
  const interrupt = listenForInterrupt();
  interrupt.release();
  expect(count()).toEqual(before);
  expect(interrupt.signal.aborted).toBe(false);
});
