import { wasmBackend } from '../../kernels/wasm/statevector/backend.js';
import { backendConformance } from './conformance.js';

backendConformance(await wasmBackend({ precision: 'float64', threads: 1 }));
backendConformance(await wasmBackend({ precision: 'float32', threads: 1 }));
