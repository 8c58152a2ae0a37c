import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { bundlePage } from './bundle.js';
import { findChromium, withPage } from './chromium.js';
import type { KernelPage } from './page/kernels.js';
import type { Outcome } from './page/vitest.js';

declare const page: KernelPage;

const found = findChromium();
if ('reason' in found) console.log(`Nothing is tested in a browser: ${found.reason}`);

const files = 'reason' in found ? {} : await bundlePage(fileURLToPath(new URL('page/kernels.ts', import.meta.url)));

/** All at once: what went wrong, by the names of the tests. */
function expectAllPassed(outcomes: readonly Outcome[], least: number): void {
  const failures = outcomes.flatMap(({ name, error }) => (error === undefined ? [] : [`${name}: ${error}`]));
  expect(failures).toEqual([]);
  expect(outcomes.length).toBeGreaterThanOrEqual(least);
}

describe.skipIf('reason' in found)('in headless Chromium, from the minified bundle', () => {
  test('gpu.js passes the conformance suites on WebGPU', () =>
    withPage(files, async (browser) => {
      const report = await browser.evaluate(() => page.provideGpu());
      expect(report).toMatchObject({ available: true, source: 'host', precision: 'float32' });
      expectAllPassed(await browser.evaluate(() => page.gpujs('webgpu')), 40);
    }));

  test('gpu.js passes the conformance suites on WebGL 2', () =>
    withPage(files, async (browser) => {
      expectAllPassed(await browser.evaluate(() => page.gpujs('webgl2')), 40);
    }));

  test('the compiled kernels pass the conformance suites with threads, where the page is isolated', () =>
    withPage(
      files,
      async (browser) => {
        const { threads, outcomes } = await browser.evaluate(() => page.wasm());
        expect(threads).toBe(await browser.evaluate(() => Math.min(8, navigator.hardwareConcurrency)));
        expectAllPassed(outcomes, 40);
        expect(await browser.evaluate(() => page.sameBits(2))).toEqual({ same: true });
      },
      { isolated: true },
    ));

  test('the compiled kernels keep to one thread where the page is not isolated, and say why', () =>
    withPage(files, async (browser) => {
      const { threads, outcomes } = await browser.evaluate(() => page.wasm());
      expect(threads).toBe(1);
      expectAllPassed(outcomes, 40);
      const refused = await browser.evaluate(() => page.sameBits(2));
      expect(refused).toMatchObject({ error: expect.stringContaining('not cross-origin isolated') });
    }));
});
