import { expect, test } from 'vitest';
import { DaruanError } from '../../src/foundation/errors.js';
import { badInput } from './badInput.js';

test.each(badInput)('$name gives one clear error', async ({ run, message }) => {
  const error = await Promise.resolve()
    .then(run)
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  expect(error).toBeInstanceOf(DaruanError);
  expect((error as Error).message).toSatisfy((text: string) =>
    typeof message === 'string' ? text.includes(message) : message.test(text),
  );
});
