import { checkChoice } from '../../src/foundation/checks.js';
import { DaruanError } from '../../src/foundation/errors.js';
import { type GpuDevice, watchDevice } from '../gpu/device.js';
import { hostGpu, limitsOf } from '../gpu/host.js';
import { defaultLibrary, type GpujsKernel, type LoadLibrary } from './library.js';

export const gpujsModes = ['webgpu', 'webgl2', 'webasm', 'cpu'] as const;

/** Where gpu.js runs: WebGPU (a page, or Node after `provideGpu`), WebGL 2 (a page), WebAssembly, plain JavaScript. */
export type GpujsMode = (typeof gpujsModes)[number];

export interface GpujsOptions {
  /** Default "webgpu". Nothing falls back to another mode by itself. */
  readonly mode?: GpujsMode;
  /** How gpu.js is loaded: pass `() => import('gpu.js')` where a bundler must see it. Default: the installed package. */
  readonly library?: LoadLibrary;
}

/** What a kernel on gpu.js runs on, and how exactly it computes. */
export interface GpujsReport {
  readonly mode: GpujsMode;
  /** Amplitudes and results are rounded to float32 after every step. */
  readonly precision: 'float32';
  /** Largest array on the device, in bytes; larger batches are split. */
  readonly limitBytes: number;
  /** What the adapter calls itself; absent but for WebGPU. */
  readonly adapter?: string;
}

/** What stays on the device between kernels. */
export type Handle = unknown;

/** Kernels of one gpu.js instance. */
export interface GpujsEngine {
  readonly report: GpujsReport;
  /** A kernel from its text; arguments are arrays, but for those named in `integers`. */
  kernel(text: string, integers: readonly string[], stays: boolean): GpujsRunner;
  /** Brings a result to the host. */
  read(handle: Handle): Promise<unknown>;
  /** Runs `work` when what came before is done; whatever goes wrong on the device is one `DaruanError`. */
  guard<T>(where: string, work: () => Promise<T>): Promise<T>;
  dispose(): void;
}

/** Runs a kernel for an output of the given sizes, x first. What stays on the device is lost when it runs again. */
export type GpujsRunner = (output: readonly number[], ...args: unknown[]) => Promise<Handle>;

/**
 * Without a device: WebGL 2 addresses arrays by float32, exact up to 2²⁴, and the CPU's modes are kept to what a typed array holds
 * in every engine.
 */
const limitsWithoutDevice = { webgl2: 4 * 2 ** 24, webasm: 2 ** 30, cpu: 2 ** 30 } as const;

/** Loops are bounded in what gpu.js makes: by the longest that a kernel of ours may need. */
const LONGEST_LOOP = 2 ** 24;

/** Opens gpu.js in a mode. @throws DaruanError if it is not installed, or if the mode is not to be had here */
export async function openEngine(where: string, options: GpujsOptions = {}): Promise<GpujsEngine> {
  const { mode = 'webgpu', library = defaultLibrary } = options;
  checkChoice(where, 'mode', mode, gpujsModes);
  if (mode === 'webgpu' && hostGpu() === undefined) {
    const remedy = 'Call provideGpu() first; its report says why if there is none.';
    throw new DaruanError(where, 'there is no navigator.gpu', remedy);
  }
  const Gpu = await load(where, library);
  const gpu = await orUnavailable(where, mode, () => new Gpu({ mode }));
  const kernels: GpujsKernel[] = [];
  const releases: (() => void)[] = [];

  function kernel(text: string, integers: readonly string[], stays: boolean): GpujsRunner {
    const names = text.slice(text.indexOf('(') + 1, text.indexOf(')')).split(/,\s*/);
    const run = gpu.createKernel(text, {
      argumentTypes: Object.fromEntries(names.map((name) => [name, integers.includes(name) ? 'Integer' : 'Array'])),
      output: [1],
      pipeline: stays,
      immutable: mode === 'cpu', // there, results of one kernel would share one array of the first length
      dynamicOutput: true,
      dynamicArguments: true,
      strictIntegers: true,
      precision: 'single',
      loopMaxIterations: LONGEST_LOOP,
    });
    kernels.push(run);
    let former: Handle;
    const release = () => {
      // elsewhere results are the kernel's own; gpu.js counts who holds an array of WebGPU
      if (mode === 'webgpu' && stays) (former as { delete(): void } | undefined)?.delete();
      former = undefined;
    };
    releases.push(release);
    return async (output, ...args) => {
      release();
      run.setOutput([...output]);
      former = await run(...args);
      return former;
    };
  }

  async function read(handle: Handle): Promise<unknown> {
    const held = handle as { toArray?: () => unknown };
    return typeof held.toArray === 'function' ? await held.toArray() : handle;
  }

  const device = mode === 'webgpu' ? await orUnavailable(where, mode, () => deviceOf(kernel)) : undefined;
  const report: GpujsReport = {
    mode,
    precision: 'float32',
    limitBytes: device
      ? Math.min(device.limits.maxBufferSize, device.limits.maxStorageBufferBindingSize)
      : limitsWithoutDevice[mode as keyof typeof limitsWithoutDevice],
    ...(device && { adapter: device.adapter }),
  };

  let last: Promise<unknown> = Promise.resolve();

  /** Kernels own the arrays of their results, so that two pieces of work at a time would overwrite each other's. */
  function guard<T>(scope: string, work: () => Promise<T>): Promise<T> {
    const turn = last.then(() => guarded(scope, work));
    last = turn.catch(() => undefined);
    return turn;
  }

  async function guarded<T>(scope: string, work: () => Promise<T>): Promise<T> {
    try {
      return await (device ? device.guard(scope, work) : work());
    } catch (cause) {
      if (cause instanceof DaruanError) throw cause;
      throw new DaruanError(scope, `gpu.js fails in mode "${mode}" (${briefly(cause)})`, 'Use a kernel on the CPU.', {
        cause,
      });
    }
  }

  function dispose(): void {
    for (const release of releases) release();
    for (const made of kernels.splice(0)) made.destroy();
  }

  return { report, kernel, read, guard, dispose };
}

/** gpu.js opens the device of its own; a first result tells which. */
async function deviceOf(kernel: GpujsEngine['kernel']): Promise<GpuDevice & { readonly adapter: string }> {
  const probe = kernel('function probe(value) { return value; }', ['value'], true);
  const { context } = (await probe([1], 1)) as { context: { device: GPUDevice; adapter: GPUAdapter } };
  const { device, adapter } = context;
  const { description, architecture, vendor } = adapter.info;
  return { ...watchDevice(device, limitsOf(device.limits)), adapter: description || architecture || vendor };
}

async function load(where: string, library: LoadLibrary) {
  try {
    const loaded = await library();
    const Gpu = loaded.GPU ?? loaded.default?.GPU;
    if (typeof Gpu !== 'function') throw new Error('it has no GPU');
    return Gpu;
  } catch (cause) {
    const remedy = "Install it: npm install gpu.js. In a bundle, pass library: () => import('gpu.js').";
    throw new DaruanError(where, `gpu.js does not load (${briefly(cause)})`, remedy, { cause });
  }
}

async function orUnavailable<T>(where: string, mode: GpujsMode, open: () => T | Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (cause) {
    if (cause instanceof DaruanError) throw cause;
    const remedy = 'Choose another mode: "webasm" and "cpu" run everywhere.';
    throw new DaruanError(where, `mode "${mode}" is not to be had here (${briefly(cause)})`, remedy, {
      cause,
    });
  }
}

/** The first line of an error, and the next where it ends in a colon. */
function briefly(cause: unknown): string {
  const [first, second = ''] = String((cause as Error)?.message ?? cause).split('\n');
  return (first.endsWith(':') ? `${first} ${second.trim()}` : first).replace(/\.+$/, '');
}
