import { test } from 'vitest';
import { provideGpu } from '../../kernels/gpu/provide.js';
import { webGpuChainKernel } from '../../kernels/webgpu/chain.js';
import { chainConformance } from '../kernels/conformance.js';

const report = await provideGpu();

if (report.available) {
  console.log(`WGSL on ${report.adapter}`);
  chainConformance(await webGpuChainKernel());
} else {
  console.log(`WGSL is not tested: ${report.reason}`);
  test.skip(`WGSL (${report.reason})`, () => {});
}
