import type { Backend } from '../../kernels/backend.js';
import type { ChainKernel } from '../../kernels/chain.js';
import type { FeatureKernel } from '../../kernels/features.js';
import type { NodeKernel } from '../../kernels/nodes.js';
import { referenceChainKernel } from '../../kernels/reference/chain.js';
import { referenceNodeKernel } from '../../kernels/reference/nodes.js';
import { referenceBackend } from '../../kernels/reference/statevector.js';
import { wasmChainKernel } from '../../kernels/wasm/chain.js';
import { wasmFeatureKernel } from '../../kernels/wasm/features/kernel.js';
import { wasmNodeKernel } from '../../kernels/wasm/nodes/kernel.js';
import { wasmBackend } from '../../kernels/wasm/statevector/backend.js';
import { expected } from '../foundation/errors.js';

/** What evaluates activations and circuits on the CPU. */
export interface ActivationKernels {
  /** In tensor operations, whose results are float32 whatever the kernel computes in. */
  readonly tensors: ChainKernel;
  /** In tensor operations by node compilation. */
  readonly nodes: NodeKernel;
  /** For the bases that it knows, in tensor operations; without it, all are computed in float64 and rounded. */
  readonly features: FeatureKernel | undefined;
  /** In training on the host: float64. */
  readonly training: ChainKernel;
  /** For circuits of several qubits, in `circuitExpectation`: float64. */
  readonly circuits: Backend;
}

let current: ActivationKernels = {
  tensors: referenceChainKernel,
  nodes: referenceNodeKernel,
  features: undefined,
  training: referenceChainKernel,
  circuits: referenceBackend,
};

/** The kernels in use. */
export const activationKernels = (): ActivationKernels => current;

/**
 * Chooses the kernels of all activations, as `tf.setBackend` chooses the backend of all operations.
 *
 * @returns the kernels used until now
 * @throws if the training kernel does not compute in float64
 */
export function setActivationKernels(kernels: Partial<ActivationKernels>): ActivationKernels {
  if (kernels.training && kernels.training.precision !== 'float64') {
    throw expected('setActivationKernels', 'a training kernel of float64', kernels.training.precision);
  }
  const former = current;
  current = { ...current, ...kernels };
  return former;
}

/** Compiles the WebAssembly kernels and takes them: float32 for tensors, float64 for training and circuits. `selectBackend` calls it. */
export async function useWasmKernels(threads?: number): Promise<void> {
  const options = threads === undefined ? {} : { threads };
  const tensors = await wasmChainKernel({ ...options, precision: 'float32' });
  const training = await wasmChainKernel({ ...options, precision: 'float64' });
  const circuits = await wasmBackend(options);
  const [nodes, features] = [await wasmNodeKernel({ ...options, lends: true }), await wasmFeatureKernel(options)];
  setActivationKernels({ tensors, nodes, features, training, circuits });
}
