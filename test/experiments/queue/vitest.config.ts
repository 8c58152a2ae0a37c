import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The tests that need redis-server: `vitest run --config test/experiments/queue/vitest.config.ts`. */
export default defineConfig({
  root: fileURLToPath(new URL('../../..', import.meta.url)),
  test: {
    include: ['test/experiments/queue/*.queue.ts'],
    testTimeout: 180_000,
    fileParallelism: false,
  },
});
