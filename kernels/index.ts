/**
 * How amplitudes and Bloch vectors move: backends (statevectors) and chain kernels (one-qubit activations), by name.
 * A backend of your own is any value of type `Backend`; it needs no entry here.
 */
import type { Backend } from './backend.js';
import type { ChainKernel } from './chain.js';

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
export { referenceChainKernel } from './reference/chain.js';
export { referenceBackend } from './reference/statevector.js';

/** Statevector backends, each loaded when it is called for. */
export const backends = {
  reference: async (): Promise<Backend> => (await import('./reference/statevector.js')).referenceBackend,
} as const;

/** Chain kernels, each loaded when it is called for. */
export const chainKernels = {
  reference: async (): Promise<ChainKernel> => (await import('./reference/chain.js')).referenceChainKernel,
} as const;
