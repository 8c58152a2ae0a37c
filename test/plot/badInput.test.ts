import { expect, test } from 'vitest';
import { DaruanError } from '../../src/foundation/errors.js';
import { badInput } from './badInput.js';

test.each(badInput)('$name gives one clear error', ({ run, message }) => {
  expect(run).toThrow(DaruanError);
  expect(run).toThrow(message);
});
