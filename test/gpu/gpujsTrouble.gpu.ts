import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Program } from '../../kernels/backend.js';
import { provideGpu } from '../../kernels/gpu/provide.js';
import { gpujsChainKernel } from '../../kernels/gpujs/chain.js';
import { gpujsBackend } from '../../kernels/gpujs/statevector.js';
import { DaruanError } from '../../src/foundation/errors.js';
import { Random } from '../../src/foundation/random.js';
import { randomLayer } from '../bench/chainLayer.js';
import { livingBuffers, preparePossibleTrouble, type Trouble, withTrouble } from './trouble.js';

const report = await provideGpu();
if (report.available) preparePossibleTrouble();
else test.skip(`gpu.js on a device that is in trouble (${report.reason})`, () => {});

const turns: Program = {
  numQubits: 10,
  numSlots: 1,
  instructions: [3, 5, 9].map((mask) => ({
    kind: 'rotate',
    xMask: mask,
    zMask: 1,
    phase: 0,
    controlMask: 0,
    controlValue: 0,
    angle: { slot: 0 },
  })),
};
const z = [{ terms: [{ xMask: 0, zMask: 1, coefficient: 1 }] }];
const angles = [Float64Array.from({ length: 7 }, (_, k) => k / 3)];
const layer = randomLayer(new Random(31), { inDim: 6, outDim: 5, reps: 2, weights: 'own' });
const x = Float32Array.from({ length: 6 * 50 }, (_, k) => Math.sin(k));
const upstream = Float32Array.from({ length: 5 * 50 }, (_, k) => Math.cos(k));

describe.runIf(report.available)('gpu.js on a device that is in trouble', () => {
  // gpu.js says the same on the console
  beforeAll(() => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
  });
  afterAll(() => {
    vi.restoreAllMocks();
  });

  test('reports the adapter, the precision and what fits', async () => {
    const { report: own } = await gpujsBackend();
    expect(own).toMatchObject({ mode: 'webgpu', precision: 'float32' });
    expect(own.adapter).not.toBe('');
    expect(own.limitBytes).toBeGreaterThanOrEqual(2 ** 27);
  });

  test('gives arrays back when larger ones take their place, and all when it is disposed of', async () => {
    const before = livingBuffers();
    const backend = await gpujsBackend();
    const counts: number[] = [];
    for (const numQubits of [4, 6, 8, 10]) {
      await backend.adjoint({ ...turns, numQubits }, angles, 7, z, new Float64Array(7).fill(1));
      counts.push(livingBuffers() - before);
    }
    expect(counts[0]).toBeGreaterThan(0);
    expect(counts.slice(1)).toEqual(Array(3).fill(counts[1])); // once its arrays for results are there
    backend.dispose();
    expect(livingBuffers()).toBeLessThanOrEqual(before + 1); // the probe's own
  });

  test('splits a batch, and a layer, to fit a small device, with the same results', async () => {
    const [large, wide] = [await gpujsBackend(), await gpujsChainKernel()];
    const values = await large.adjoint(turns, angles, 7, z, new Float64Array(7).fill(1));
    const [y, gradient] = [await wide.forward(layer, x, 50), await wide.backward(layer, x, 50, upstream)];
    // three states of 10 qubits; the edges of two outputs at a time
    await withTrouble({ limitBytes: 3 * 8 * 2 ** 10 }, async () => {
      const small = await gpujsBackend();
      expect(small.report.limitBytes).toBe(3 * 8 * 2 ** 10);
      expect(await small.adjoint(turns, angles, 7, z, new Float64Array(7).fill(1))).toEqual(values);
    });
    await withTrouble({ limitBytes: 4 * 6 * 20 * 2 }, async () => {
      const narrow = await gpujsChainKernel();
      expect(await narrow.forward(layer, x, 50)).toEqual(y);
      const parts = await narrow.backward(layer, x, 50, upstream);
      for (const part of ['x', 'torque', 'weights', 'biases', 'scale'] as const) {
        const size = Math.max(1, ...gradient[part].map(Math.abs));
        // sums over parts of the batch round anew
        gradient[part].forEach((value, k) => {
          expect(Math.abs(parts[part][k] - value)).toBeLessThanOrEqual(50 * 2 ** -23 * size);
        });
      }
    });
  });

  const refused: readonly [string, Trouble, RegExp][] = [
    [
      'a state larger than the device allows',
      { limitBytes: 2 ** 10 },
      /^gpujs expectation: 10 qubits × batch 1 in float32 need .* Use at most 7 qubits\.$/,
    ],
    [
      'memory that runs out',
      { outOfMemory: true },
      /^gpujs expectation: the GPU refuses \(out-of-memory\): .*smaller batch/,
    ],
    [
      'a lost device',
      { lost: true },
      /^gpujs expectation: the device .*Make the kernel anew, or use one on the CPU\.$/,
    ],
  ];

  test.each(refused)('names %s in one error, and works again on a new backend', async (_, trouble, message) => {
    const error = await withTrouble(trouble, async (start) => {
      const backend = await gpujsBackend();
      start();
      return backend.expectation(turns, angles, 7, z).catch((reason: unknown) => reason);
    });
    expect(error).toBeInstanceOf(DaruanError);
    expect((error as DaruanError).message).toMatch(message);
    const again = await gpujsBackend();
    expect((await again.expectation(turns, angles, 7, z)).length).toBe(7);
  });

  test('names inputs that are too many for the device', async () => {
    await withTrouble({ limitBytes: 4 * 20 * 5 }, async () => {
      const kernel = await gpujsChainKernel();
      await expect(kernel.forward(layer, x, 50)).rejects.toThrow(
        /^gpujs chain forward: 6 inputs × 2 repetitions need arrays of 480 bytes, the device allows 400\. Use at most 5 inputs\.$/,
      );
    });
  });
});
