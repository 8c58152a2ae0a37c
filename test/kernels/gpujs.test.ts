import { gpujsChainKernel } from '../../kernels/gpujs/chain.js';
import { gpujsBackend } from '../../kernels/gpujs/statevector.js';
import { backendAccuracy, backendConformance, chainAccuracy, chainConformance } from './conformance.js';

// the other modes are tested with a GPU: test/gpu
const backend = await gpujsBackend({ mode: 'cpu' });
const kernel = await gpujsChainKernel({ mode: 'cpu' });

backendConformance(backend);
backendAccuracy(backend);
chainConformance(kernel);
chainAccuracy(kernel);
