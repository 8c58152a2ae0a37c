import { gpujsChainKernel } from '../../kernels/gpujs/chain.js';
import { gpujsBackend } from '../../kernels/gpujs/statevector.js';
import { backendAccuracy, backendConformance, chainAccuracy, chainConformance } from './conformance.js';

// the modes "webgpu" and "webgl2" are tested with a GPU, "cpu" beside them
const backend = await gpujsBackend({ mode: 'webasm' });
const kernel = await gpujsChainKernel({ mode: 'webasm' });

backendConformance(backend);
backendAccuracy(backend);
chainConformance(kernel);
chainAccuracy(kernel);
