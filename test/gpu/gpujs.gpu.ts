import { test } from 'vitest';
import { provideGpu } from '../../kernels/gpu/provide.js';
import { gpujsChainKernel } from '../../kernels/gpujs/chain.js';
import { gpujsBackend } from '../../kernels/gpujs/statevector.js';
import { backendAccuracy, backendConformance, chainAccuracy, chainConformance } from '../kernels/conformance.js';

const report = await provideGpu();

if (report.available) {
  console.log(`gpu.js on WebGPU: ${report.adapter}`);
  const [backend, kernel] = [await gpujsBackend(), await gpujsChainKernel()];
  backendConformance(backend);
  backendAccuracy(backend);
  chainConformance(kernel);
  chainAccuracy(kernel);
} else {
  console.log(`gpu.js on WebGPU is not tested: ${report.reason}`);
  test.skip(`gpu.js on WebGPU (${report.reason})`, () => {});
}

// in WebAssembly, without a device
backendConformance(await gpujsBackend({ mode: 'webasm' }));
chainConformance(await gpujsChainKernel({ mode: 'webasm' }));
