import { setFlagsFromString } from 'node:v8';
import { expect, test } from 'vitest';
import { wasmChainKernel } from '../../kernels/wasm/chain.js';
import { wasmFeatureKernel } from '../../kernels/wasm/features/kernel.js';
import { fusedNodesBinary } from '../../kernels/wasm/generated/nodesBinary.js';
import { wasmNodeKernel } from '../../kernels/wasm/nodes/kernel.js';
import { Random } from '../../src/foundation/random.js';
import { evaluate, nodeConformance, randomNodeCase } from './conformance/nodes.js';
import { chainAccuracy, chainConformance } from './conformance.js';

// Node 20 has fused instructions behind a flag, later versions have them at once.
const understood = () => WebAssembly.validate(Uint8Array.from(atob(fusedNodesBinary), (byte) => byte.charCodeAt(0)));
const [plain, plainFeatures, before] = [
  await wasmNodeKernel({ threads: 1 }),
  await wasmFeatureKernel({ threads: 1 }),
  understood(),
];
setFlagsFromString('--experimental-wasm-relaxed-simd');
const [fused, fusedFeatures] = [await wasmNodeKernel({ threads: 1 }), await wasmFeatureKernel({ threads: 1 })];

nodeConformance(fused);
for (const precision of ['float32', 'float64'] as const) {
  const kernel = await wasmChainKernel({ precision, threads: 1 });
  chainConformance(kernel);
  chainAccuracy(kernel);
}

test('fused instructions are used where the engine has them', () => {
  expect(understood()).toBe(true);
  const c = randomNodeCase(new Random(1), { inDim: 30, outDim: 20, degree: 3, order: 0 }, 40, false);
  const [one, other] = [plain, fused].map((kernel) => [...evaluate(kernel, c).outputs]);
  expect(one.some((value, k) => value !== other[k])).toBe(!before);
});

test('features with fused instructions are the plain ones, to a few roundings', () => {
  const random = new Random(2);
  const x = Float32Array.from({ length: 300 }, () => random.uniform(-1, 1));
  for (const [kind, degree, width] of [
    ['fourier', 3, 8],
    ['chebyshev', 4, 6],
  ] as const) {
    const [one, other] = [plainFeatures, fusedFeatures].map((kernel) => {
      const out = new Float32Array(300 * width);
      kernel.features({ family: { kind, degree }, base: 'silu' }, { x, batch: 100, inDim: 3, parameters: [] }, out);
      return out;
    });
    one.forEach((value, k) => {
      expect(Math.abs(value - other[k])).toBeLessThan(2e-6);
    });
  }
});
