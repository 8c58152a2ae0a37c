import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { findSoftwareVulkan } from './vulkan.js';

/** The tests that need a GPU, or a program that acts as one: `npm run test:gpu`, and no part of `npm test`. */
const vulkan = findSoftwareVulkan();
// Loaders read these when a process starts: the workers inherit them.
if (vulkan.found) Object.assign(process.env, vulkan.environment);
else console.log(`No software GPU: ${vulkan.reason}. Tests use the GPU of this machine, or are skipped.`);

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/gpu/**/*.gpu.ts'],
    pool: 'forks',
    maxWorkers: 1, // a software GPU uses every processor
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
