import { describe, expect, it } from 'vitest';
import { DaruanError } from '../../src/foundation/errors.js';
import { badCircuitInput } from './badInput.js';

describe('bad input gets one clear error', () => {
  it.each(badCircuitInput)('$name', ({ run, message }) => {
    let caught: unknown;
    try {
      run();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(DaruanError);
    if (typeof message === 'string') expect((caught as DaruanError).message).toBe(message);
    else expect((caught as DaruanError).message).toMatch(message);
  });
});
