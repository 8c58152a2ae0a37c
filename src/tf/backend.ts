import * as tf from '@tensorflow/tfjs-core';
import { provideGpu } from '../../kernels/gpu/provide.js';
import { DaruanError } from '../foundation/errors.js';
import { useWasmKernels } from './kernel.js';
import { noteLoss, replaceLostBackend } from './webgpu/lost.js';

/** A package that brings a tfjs backend, and how it registers itself. */
export interface BackendPackage {
  /** What users call it. */
  readonly name: string;
  /** The name under which tfjs knows it. */
  readonly backend: string;
  readonly module: string;
  /** Taken only by those who name it. */
  readonly named?: boolean;
}

/** Backends in order of preference. */
export const backendPackages: readonly BackendPackage[] = [
  { name: 'node-gpu', backend: 'tensorflow', module: '@tensorflow/tfjs-node-gpu' },
  { name: 'node', backend: 'tensorflow', module: '@tensorflow/tfjs-node' },
  { name: 'wasm', backend: 'wasm', module: '@tensorflow/tfjs-backend-wasm' },
  { name: 'cpu', backend: 'cpu', module: '@tensorflow/tfjs-backend-cpu' },
  // float32, and values are to be awaited (`await tensor.data()`)
  { name: 'webgpu', backend: 'webgpu', module: '@tensorflow/tfjs-backend-webgpu', named: true },
];

/** Which backend was chosen, and why not the others. */
export interface BackendReport {
  readonly name: string;
  /** Why it was chosen, in a sentence. */
  readonly reason: string;
  /** The ones preferred to it, and what was wrong with each. */
  readonly rejected: readonly { readonly name: string; readonly reason: string }[];
}

/** How a package is loaded and its backend started: replaced in tests. */
export type StartBackend = (candidate: BackendPackage) => Promise<void>;

/**
 * Chooses the tfjs backend: the one named, else the first of tfjs-node-gpu, tfjs-node, wasm and cpu that is installed and
 * starts; and the WebAssembly kernels for the activations. A named backend that does not start is an error, never replaced by another.
 * "webgpu" is for those who name it: there layers run and train on the GPU, in Node through the package `webgpu`, and values are
 * read by `await tensor.data()`.
 *
 * @throws if the named backend is unknown or does not start, or if none does
 * @example console.log((await selectBackend()).reason);
 */
export async function selectBackend(name?: string, start: StartBackend = startBackend): Promise<BackendReport> {
  const candidates = backendPackages.filter((known) => (name === undefined ? !known.named : known.name === name));
  if (candidates.length === 0) {
    const names = backendPackages.map((known) => `"${known.name}"`).join(', ');
    throw new DaruanError('selectBackend', `there is no backend "${name}"`, `Choose one of ${names}.`);
  }
  const rejected: { name: string; reason: string }[] = [];
  for (const candidate of candidates) {
    try {
      await start(candidate);
    } catch (cause) {
      rejected.push({ name: candidate.name, reason: (cause as Error).message.split('\n')[0] });
      continue;
    }
    await useWasmKernels();
    const unforced = rejected.length === 0 ? 'it is preferred' : 'it is the first that starts';
    return { name: candidate.name, reason: name === undefined ? unforced : 'it was asked for', rejected };
  }
  const why = rejected.map(({ name: tried, reason }) => `${tried} (${reason})`).join('; ');
  const remedy =
    name === 'webgpu' ? 'Install @tensorflow/tfjs-backend-webgpu and webgpu, or choose "wasm".' : WASM_HELPS;
  throw new DaruanError('selectBackend', `no backend starts: ${why}`, remedy);
}

const WASM_HELPS = 'Install @tensorflow/tfjs-backend-wasm.';

const startBackend: StartBackend = async ({ backend, module }) => {
  if (backend === 'webgpu') {
    const report = await provideGpu();
    if (!report.available) throw new Error(report.reason);
    replaceLostBackend();
  }
  // A variable specifier: bundlers must not insist on packages that are optional.
  await import(/* @vite-ignore */ module);
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs cannot initialise the backend "${backend}"`);
  await tf.ready();
  if (backend === 'webgpu') noteLoss();
};
