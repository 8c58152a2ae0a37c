import { referenceChainKernel } from '../../kernels/reference/chain.js';
import { referenceBackend } from '../../kernels/reference/statevector.js';
import { backendConformance, chainConformance } from './conformance.js';

backendConformance(referenceBackend);
chainConformance(referenceChainKernel);
