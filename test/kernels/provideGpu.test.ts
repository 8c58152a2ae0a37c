import { afterEach, describe, expect, test } from 'vitest';
import { limitNames } from '../../kernels/gpu/limits.js';
import { type GpuPackage, provideGpu } from '../../kernels/gpu/provide.js';
import { gpujsChainKernel } from '../../kernels/gpujs/chain.js';
import { gpujsBackend } from '../../kernels/gpujs/statevector.js';

const limits = Object.fromEntries(limitNames.map((name, k) => [name, 1000 + k]));
const adapter = (info: object) => ({
  limits,
  info: { vendor: '', architecture: '', device: '', description: '', isFallbackAdapter: false, ...info },
});

/** A package `webgpu` whose GPU answers with `found`. */
const packageWith = (found: () => object | null) => async (): Promise<GpuPackage> => ({
  create: () => ({ requestAdapter: async () => found() }),
  globals: {},
});

/** What this process had before. */
const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
afterEach(() => {
  if (before) Object.defineProperty(globalThis, 'navigator', before);
  else Reflect.deleteProperty(globalThis, 'navigator');
  Reflect.deleteProperty(globalThis.navigator ?? {}, 'gpu');
});

describe('provideGpu', () => {
  test('does nothing before it is called', () => {
    expect(globalThis.navigator?.gpu).toBeUndefined();
  });

  test('says what to install where the package is missing, and does not throw', async () => {
    const report = await provideGpu(() => Promise.reject(new Error("Cannot find package 'webgpu'\nRequire stack: …")));
    expect(report).toEqual({
      available: false,
      reason: `The package "webgpu" does not load (Cannot find package 'webgpu'). Install it: npm install webgpu.`,
    });
    expect(globalThis.navigator?.gpu).toBeUndefined();
  });

  test('says so where there is no adapter, or asking for one fails', async () => {
    const none = await provideGpu(packageWith(() => null));
    expect(none).toMatchObject({
      available: false,
      reason: expect.stringMatching(/no adapter\. Install the graphics/),
    });
    const host = { requestAdapter: () => Promise.reject(new Error('the driver is old')) };
    Object.defineProperty(globalThis.navigator, 'gpu', { value: host, configurable: true });
    expect(await provideGpu()).toMatchObject({
      available: false,
      reason: expect.stringContaining('the driver is old'),
    });
  });

  test('reports adapter, precision and limits, and leaves a GPU of the host where it is', async () => {
    const host = { requestAdapter: async () => adapter({ description: 'A card', vendor: 'acme' }) };
    Object.defineProperty(globalThis, 'navigator', { value: { gpu: host }, configurable: true });
    const report = await provideGpu(() => Promise.reject(new Error('not to be loaded')));
    expect(report).toEqual({
      available: true,
      source: 'host',
      adapter: 'A card',
      software: false,
      precision: 'float32',
      limits,
    });
    expect(globalThis.navigator.gpu).toBe(host);
  });

  test('calls a software adapter by that name', async () => {
    const host = { requestAdapter: async () => adapter({ description: 'SwiftShader driver 5' }) };
    Object.defineProperty(globalThis, 'navigator', { value: { gpu: host }, configurable: true });
    expect(await provideGpu()).toMatchObject({ software: true, adapter: 'SwiftShader driver 5' });
  });
});

describe('gpu.js, where it cannot be used', () => {
  test.each([
    ['gpujsBackend', gpujsBackend],
    ['gpujsChainKernel', gpujsChainKernel],
  ])('%s says what is missing', async (name, open) => {
    await expect(open()).rejects.toThrow(
      `${name}: there is no navigator.gpu. Call provideGpu() first; its report says why if there is none.`,
    );
    await expect(open({ mode: 'webgl2' })).rejects.toThrow(
      /: mode "webgl2" is not to be had here \(.*\)\. Choose another mode: "webasm" and "cpu" run everywhere\.$/,
    );
    // biome-ignore lint/suspicious/noExplicitAny: a mistake that types cannot see in JavaScript
    await expect(open({ mode: 'cuda' as any })).rejects.toThrow(
      `${name}: expected mode to be one of "webgpu", "webgl2", "webasm", "cpu", got "cuda".`,
    );
    const library = () => Promise.reject(new Error('not found'));
    await expect(open({ mode: 'cpu', library })).rejects.toThrow(
      `${name}: gpu.js does not load (not found). Install it: npm install gpu.js. In a bundle, pass library: () => import('gpu.js').`,
    );
  });
});
