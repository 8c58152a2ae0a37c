import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Executes the notebooks, which takes minutes: `npm run test:notebooks`, and no part of `npm test`. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: { include: ['test/notebooks/**/*.run.ts'], testTimeout: 180_000, hookTimeout: 180_000 },
});
