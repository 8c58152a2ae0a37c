import { expect, test } from 'vitest';
import { backends, chainKernels, referenceBackend, referenceChainKernel } from '../../kernels/index.js';

test('every loader gives the backend or chain kernel of its name', async () => {
  for (const loaders of [backends, chainKernels]) {
    const { gpujs, webgpu, ...others } = loaders;
    for (const [name, load] of Object.entries(others)) expect((await load()).name).toBe(name);
    expect((await gpujs({ mode: 'cpu' })).name).toBe('gpujs');
    await expect(webgpu()).rejects.toThrow(/provideGpu/); // its name is looked at where there is a GPU
  }
});

test('the reference is there without loading', async () => {
  expect(await backends.reference()).toBe(referenceBackend);
  expect(await chainKernels.reference()).toBe(referenceChainKernel);
});
