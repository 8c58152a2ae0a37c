/// <reference types="@webgpu/types" />
import { hostGpu, limitsOf } from './host.js';
import type { GpuLimits } from './limits.js';

/** The GPU that kernels find, and what it allows. */
export interface GpuFound {
  readonly available: true;
  /** Where WebGPU comes from: the host's own `navigator.gpu`, or the npm package `webgpu`. */
  readonly source: 'host' | 'package';
  /** The adapter as it calls itself. */
  readonly adapter: string;
  /** Whether it is a program on the CPU that acts as a GPU: right, and slow. */
  readonly software: boolean;
  /** What shaders compute in: WebGPU has no float64. */
  readonly precision: 'float32';
  readonly limits: GpuLimits;
}

/** There is no GPU to be had, and why. */
export interface GpuAbsent {
  readonly available: false;
  /** A sentence, with what to do about it. */
  readonly reason: string;
}

export type GpuReport = GpuFound | GpuAbsent;

/** How the npm package `webgpu` is loaded: replaced in tests. */
export type LoadGpuPackage = () => Promise<GpuPackage>;

/** What is used of the npm package `webgpu`. */
export interface GpuPackage {
  create(options: string[]): unknown;
  readonly globals: object;
}

// A variable specifier: bundlers must not insist on a package that is optional, and of no use in a browser.
const packageName = 'webgpu';
const loadGpuPackage: LoadGpuPackage = () => import(/* @vite-ignore */ packageName);

/** The instance that the package made: one serves the whole process, and it must outlive its devices. */
let provided: unknown;

/**
 * Makes WebGPU available to everything in this process that looks for `navigator.gpu`: gpu.js, tfjs and our own shaders.
 * In a browser, and wherever `navigator.gpu` exists, nothing is changed; in Node the optional package `webgpu` is put there.
 * Nothing does this by itself: call it once, before the first kernel on a GPU is made.
 *
 * @returns the adapter, its precision and limits; or why there is none. It does not throw.
 * @example
 * const report = await provideGpu();
 * console.log(report.available ? report.adapter : report.reason);
 */
export async function provideGpu(load: LoadGpuPackage = loadGpuPackage): Promise<GpuReport> {
  if (hostGpu() === undefined) {
    const missing = await putInPlace(load);
    if (missing !== undefined) return { available: false, reason: missing };
  }
  return examine();
}

/** Puts the package's GPU on `navigator`. Returns what went wrong, if something did. */
async function putInPlace(load: LoadGpuPackage): Promise<string | undefined> {
  if (typeof process === 'undefined' || process.versions?.node === undefined) {
    return 'This browser has no navigator.gpu. Use one with WebGPU, and a page served by https or from localhost.';
  }
  try {
    const { create, globals } = await load();
    provided ??= create([]);
    Object.assign(globalThis, globals);
    if (globalThis.navigator === undefined) {
      Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true, writable: true });
    }
    Object.defineProperty(globalThis.navigator, 'gpu', { value: provided, configurable: true });
    return undefined;
  } catch (cause) {
    const [line] = String((cause as Error).message ?? cause).split('\n');
    return `The package "webgpu" does not load (${line}). Install it: npm install webgpu.`;
  }
}

/** Asks for an adapter and describes it. */
async function examine(): Promise<GpuReport> {
  const gpu = hostGpu() as GPU;
  let adapter: GPUAdapter | null;
  try {
    adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  } catch (cause) {
    return { available: false, reason: `WebGPU finds no adapter (${(cause as Error).message}). Use the CPU.` };
  }
  if (adapter === null) {
    return {
      available: false,
      reason: 'WebGPU finds no adapter. Install the graphics driver (on Linux, Vulkan), or use the CPU.',
    };
  }
  const { vendor, architecture, device, description } = adapter.info;
  const names = [description, device, architecture, vendor].filter((name) => name !== '');
  return {
    available: true,
    source: gpu === provided ? 'package' : 'host',
    adapter: names[0] ?? 'unnamed adapter',
    software: adapter.info.isFallbackAdapter || /swiftshader|llvmpipe|basic render/i.test(names.join(' ')),
    precision: 'float32',
    limits: limitsOf(adapter.limits),
  };
}
