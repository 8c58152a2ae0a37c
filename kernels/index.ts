/**
 * How amplitudes and Bloch vectors move: backends (statevectors) and chain kernels (one-qubit activations), by name.
 * A backend of your own is any value of type `Backend`; it needs no entry here.
 */
import type { Backend } from './backend.js';
import type { ChainKernel } from './chain.js';
import type { GpujsChainKernel } from './gpujs/chain.js';
import type { GpujsMode, GpujsOptions, GpujsReport } from './gpujs/engine.js';
import type { GpujsBackend } from './gpujs/statevector.js';
import type { NodeKernel } from './nodes.js';
import type { WasmChainKernel, WasmChainOptions } from './wasm/chain.js';
import type { WasmNodeKernel, WasmNodeOptions } from './wasm/nodes/kernel.js';
import type { WasmBackend, WasmBackendOptions } from './wasm/statevector/backend.js';
import type { WebGpuChainKernel } from './webgpu/chain.js';
import type { WebGpuBackend } from './webgpu/statevector.js';

export type { AsyncBackend, AsyncChainKernel, Asynchronous, AsyncNodeKernel } from './asynchronous.js';
export type {
  Angles,
  Apply,
  Backend,
  Controls,
  Instruction,
  PauliMasks,
  PauliSum,
  Program,
  Rotate,
} from './backend.js';
export type { ChainGradient, ChainKernel, ChainLayer, Floats } from './chain.js';
export type { FeatureFamily, FeatureKernel, FeatureProgram, FeatureTensors } from './features.js';
export type { GpuLimits } from './gpu/limits.js';
export { type GpuAbsent, type GpuFound, type GpuReport, provideGpu } from './gpu/provide.js';
export type { NodeKernel, NodeProgram, NodeShape } from './nodes.js';
export { referenceChainKernel } from './reference/chain.js';
export { referenceNodeKernel } from './reference/nodes.js';
export { referenceBackend } from './reference/statevector.js';
export type {
  GpujsBackend,
  GpujsChainKernel,
  GpujsMode,
  GpujsOptions,
  GpujsReport,
  WasmBackend,
  WasmBackendOptions,
  WasmChainKernel,
  WasmChainOptions,
  WasmNodeKernel,
  WasmNodeOptions,
  WebGpuBackend,
  WebGpuChainKernel,
};

/** Statevector backends, each loaded when it is called for. */
export const backends = {
  reference: async (): Promise<Backend> => (await import('./reference/statevector.js')).referenceBackend,
  wasm: async (options?: WasmBackendOptions): Promise<WasmBackend> =>
    (await import('./wasm/statevector/backend.js')).wasmBackend(options),
  gpujs: async (options?: GpujsOptions): Promise<GpujsBackend> =>
    (await import('./gpujs/statevector.js')).gpujsBackend(options),
  webgpu: async (): Promise<WebGpuBackend> => (await import('./webgpu/statevector.js')).webGpuStatevectors(),
} as const;

/** Chain kernels, each loaded when it is called for. */
export const chainKernels = {
  reference: async (): Promise<ChainKernel> => (await import('./reference/chain.js')).referenceChainKernel,
  wasm: async (options?: WasmChainOptions): Promise<WasmChainKernel> =>
    (await import('./wasm/chain.js')).wasmChainKernel(options),
  gpujs: async (options?: GpujsOptions): Promise<GpujsChainKernel> =>
    (await import('./gpujs/chain.js')).gpujsChainKernel(options),
  webgpu: async (): Promise<WebGpuChainKernel> => (await import('./webgpu/chain.js')).webGpuChainKernel(),
} as const;

/** Node kernels, each loaded when it is called for. */
export const nodeKernels = {
  reference: async (): Promise<NodeKernel> => (await import('./reference/nodes.js')).referenceNodeKernel,
  wasm: async (options?: WasmNodeOptions): Promise<WasmNodeKernel> =>
    (await import('./wasm/nodes/kernel.js')).wasmNodeKernel(options),
} as const;
