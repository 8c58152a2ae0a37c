import { test } from 'vitest';
import { provideGpu } from '../../kernels/gpu/provide.js';
import { gpujsChainKernel } from '../../kernels/gpujs/chain.js';
import { gpujsBackend } from '../../kernels/gpujs/statevector.js';
import { backendConformance, chainConformance } from '../kernels/conformance.js';

const report = await provideGpu();

if (report.available) {
  console.log(`gpu.js on WebGPU: ${report.adapter}`);
  backendConformance(await gpujsBackend());
  chainConformance(await gpujsChainKernel());
} else {
  console.log(`gpu.js on WebGPU is not tested: ${report.reason}`);
  test.skip(`gpu.js on WebGPU (${report.reason})`, () => {});
}
