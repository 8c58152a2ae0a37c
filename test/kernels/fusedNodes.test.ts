import { setFlagsFromString } from 'node:v8';
import { expect, test } from 'vitest';
import { fusedNodesBinary } from '../../kernels/wasm/generated/nodesBinary.js';
import { wasmNodeKernel } from '../../kernels/wasm/nodes/kernel.js';
import { Random } from '../../src/foundation/random.js';
import { evaluate, nodeConformance, randomNodeCase } from './conformance/nodes.js';

// Node 20 has fused instructions behind a flag, later versions have them at once.
const understood = () => WebAssembly.validate(Uint8Array.from(atob(fusedNodesBinary), (byte) => byte.charCodeAt(0)));
const [plain, before] = [await wasmNodeKernel({ threads: 1 }), understood()];
setFlagsFromString('--experimental-wasm-relaxed-simd');
const fused = await wasmNodeKernel({ threads: 1 });

nodeConformance(fused);

test('fused instructions are used where the engine has them', () => {
  expect(understood()).toBe(true);
  const c = randomNodeCase(new Random(1), { inDim: 30, outDim: 20, degree: 3, order: 0 }, 40, false);
  const [one, other] = [plain, fused].map((kernel) => [...evaluate(kernel, c).outputs]);
  expect(one.some((value, k) => value !== other[k])).toBe(!before);
});
