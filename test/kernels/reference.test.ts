import { referenceBackend } from '../../kernels/reference/statevector.js';
import { backendConformance } from './conformance.js';

backendConformance(referenceBackend);
