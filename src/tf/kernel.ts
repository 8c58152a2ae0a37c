import type { ChainKernel } from '../../kernels/chain.js';
import { referenceChainKernel } from '../../kernels/reference/chain.js';

let current: ChainKernel = referenceChainKernel;

/** The kernel that evaluates activations in tfjs ops on the CPU. */
export const chainKernel = (): ChainKernel => current;

/** Chooses the kernel for all activations, as `tf.setBackend` chooses the backend for all ops; returns the former one. */
export function setChainKernel(kernel: ChainKernel): ChainKernel {
  const former = current;
  current = kernel;
  return former;
}
