/** A kernel of gpu.js, as far as we use it. */
export interface GpujsKernel {
  (...args: unknown[]): unknown;
  setOutput(sizes: number[]): unknown;
  destroy(): unknown;
}

/** An instance of gpu.js, as far as we use it. */
export interface GpujsGpu {
  createKernel(source: string, settings: object): GpujsKernel;
}

/** The module `gpu.js`, as far as we use it: bundlers disagree on where a CommonJS module's exports are. */
export interface GpujsLibrary {
  readonly GPU?: new (settings: { mode: string }) => GpujsGpu;
  readonly default?: GpujsLibrary;
}

/** How gpu.js is loaded. Its own types are not ours to name, so anything goes. */
// biome-ignore lint/suspicious/noExplicitAny: the module's declared exports need not fit ours
export type LoadLibrary = () => Promise<any>;

// A variable specifier: bundlers must not insist on a package that is optional.
const packageName = 'gpu.js';

export const defaultLibrary: LoadLibrary = () => import(/* @vite-ignore */ packageName);
