import { expect, test } from 'vitest';
import { backends, chainKernels, referenceBackend, referenceChainKernel } from '../../kernels/index.js';

test('every loader gives the backend or chain kernel of its name', async () => {
  for (const [name, load] of Object.entries({ ...backends })) expect((await load()).name).toBe(name);
  for (const [name, load] of Object.entries({ ...chainKernels })) expect((await load()).name).toBe(name);
});

test('the reference is there without loading', async () => {
  expect(await backends.reference()).toBe(referenceBackend);
  expect(await chainKernels.reference()).toBe(referenceChainKernel);
});
