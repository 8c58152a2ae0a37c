import { gpujsChainKernel } from '../../kernels/gpujs/chain.js';
import { gpujsBackend } from '../../kernels/gpujs/statevector.js';
import { backendConformance, chainConformance } from './conformance.js';

for (const mode of ['webasm'] as const) {
  backendConformance(await gpujsBackend({ mode }));
  chainConformance(await gpujsChainKernel({ mode }));
}
