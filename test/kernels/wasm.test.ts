import { describe, expect, test } from 'vitest';
import type { ChainLayer, Floats } from '../../kernels/chain.js';
import { referenceChainKernel } from '../../kernels/reference/chain.js';
import { wasmChainKernel } from '../../kernels/wasm/chain.js';
import { Random } from '../../src/foundation/random.js';
import { randomLayer } from '../bench/chainLayer.js';
import { chainConformance } from './conformance.js';

const single = await wasmChainKernel({ precision: 'float32', threads: 1 });
const double = await wasmChainKernel({ precision: 'float64', threads: 1 });

chainConformance(single);
chainConformance(double);

const inFloat32 = (layer: ChainLayer): ChainLayer => ({ ...layer, weights: Float32Array.from(layer.weights) });

/** Largest |a − b| over the larger of 1 and the largest |b|. */
function deviation(a: Floats, b: Floats): number {
  let [distance, size] = [0, 1];
  for (let k = 0; k < b.length; k++) {
    const own = Math.abs(a[k] - b[k]);
    if (!(own <= distance)) distance = own;
    size = Math.max(size, Math.abs(b[k]));
  }
  return distance / size;
}

describe('the chain kernel in WebAssembly', () => {
  /** cos x and sin x of the kernel: two outputs, so that the angle is encoded once, exactly. */
  const circle: ChainLayer = {
    inDim: 1,
    outDim: 2,
    reps: 1,
    encoding: 'linear',
    measurement: 'expectation',
    start: Float64Array.of(1, 0, 0, 1, 0, 0),
    blocks: new Float64Array(0),
    end: Float64Array.of(1, 0, 0, 0, 1, 0),
    weights: Float64Array.of(1, 1),
    biases: new Float64Array(2),
    scale: Float64Array.of(1, 1),
  };

  /** Multiples of π/2 and their neighbours, where the reduction is at its worst, and points in between. */
  function angles(limit: number): Float64Array {
    const random = new Random(1);
    const turns = Array.from({ length: Math.floor(limit / (Math.PI / 2)) }, (_, k) => (k * Math.PI) / 2);
    const near = turns.flatMap((angle) => [angle, -angle, angle * (1 + 1e-7), -angle * (1 - 1e-7)]);
    return Float64Array.from([...near, ...Array.from({ length: 50_000 }, () => random.uniform(-limit, limit))]);
  }

  test.each([
    // float32: an ulp of 1 is 1.2e-7; float64: 2.2e-16, and Math.cos itself is off by up to 1.1e-16
    ['float32', single, 2e-7],
    ['float64', double, 3.5e-16],
  ] as const)('takes sine and cosine over ±1e4 in %s to the last digits', (precision, kernel, tolerance) => {
    const x = precision === 'float32' ? Float32Array.from(angles(1e4)) : angles(1e4);
    const y = kernel.forward(circle, x, x.length);
    let worst = 0;
    x.forEach((angle, b) => {
      worst = Math.max(worst, Math.abs(y[2 * b] - Math.cos(angle)), Math.abs(y[2 * b + 1] - Math.sin(angle)));
    });
    expect(worst).toBeLessThanOrEqual(tolerance);
    expect(worst).toBeGreaterThan(0);
  });

  const parts = ['x', 'torque', 'weights', 'biases', 'scale'] as const;
  const inDim = 18;
  const outDim = 9;
  for (const weights of ['fixed', 'shared', 'own'] as const) {
    for (const encoding of ['linear', 'acos'] as const) {
      for (const measurement of ['expectation', 'amplitude'] as const) {
        if (weights === 'fixed' && encoding === 'acos' && measurement === 'amplitude') continue; // as `expectation`
        test(`agrees with the reference on ${weights} weights, ${encoding} data, ${measurement} measurement`, () => {
          const random = new Random(3);
          const layer = randomLayer(random, { inDim, outDim, reps: 3, encoding, measurement, weights });
          const batch = 300;
          const reach = encoding === 'acos' ? 0.95 : 3;
          const x = Float32Array.from({ length: batch * inDim }, () => random.uniform(-reach, reach));
          const upstream = Float32Array.from({ length: batch * outDim }, () => random.normal());
          const y = referenceChainKernel.forward(layer, x, batch);
          const gradient = referenceChainKernel.backward(layer, x, batch, upstream);
          // near a pole the reference has s = √(1 − z²) to ε/s, and its slope to ε/s³: here s gets as small as 3e-3
          const [exact, steep] = measurement === 'expectation' ? [1e-14, 1e-13] : [1e-12, 1e-10];
          for (const [kernel, values, slopes] of [
            [single, 5e-6, 2e-5],
            [double, exact, steep],
          ] as const) {
            expect(deviation(kernel.forward(layer, x, batch), y)).toBeLessThanOrEqual(values);
            const own = kernel.backward(layer, x, batch, upstream);
            for (const part of parts) {
              expect(deviation(own[part], gradient[part]), part).toBeLessThanOrEqual(slopes);
            }
          }
        });
      }
    }
  }

  test.each([
    [1, 3, 1, 3000],
    [2, 1, 7, 1500],
    [5, 2, 2, 1025],
  ])('adds up a batch that is cut into parts: %i → %i, r = %i, batch %i', (inputs, outputs, reps, batch) => {
    const random = new Random(6);
    const layer = randomLayer(random, { inDim: inputs, outDim: outputs, reps, weights: 'own' });
    const x = Float32Array.from({ length: batch * inputs }, () => random.normal());
    const upstream = Float32Array.from({ length: batch * outputs }, () => random.normal());
    const wanted = referenceChainKernel.backward(layer, x, batch, upstream);
    for (const [kernel, tolerance] of [
      [single, 2e-5],
      [double, 1e-13],
    ] as const) {
      const gradient = kernel.backward(layer, x, batch, upstream);
      for (const part of parts) expect(deviation(gradient[part], wanted[part]), part).toBeLessThanOrEqual(tolerance);
    }
  });

  test('splits every quarter turn and reflection of the axes into a tilt and turns about z', () => {
    const axes = [0, 1, 2].flatMap((j) => [1, -1].map((sign) => [0, 1, 2].map((k) => (k === j ? sign : 0))));
    const cross = (a: number[], b: number[]): number[] =>
      [0, 1, 2].map((k) => a[(k + 1) % 3] * b[(k + 2) % 3] - a[(k + 2) % 3] * b[(k + 1) % 3]);
    const turns = axes.flatMap((a) => axes.filter((b) => cross(a, b).some(Boolean)).map((b) => [a, b, cross(a, b)]));
    expect(turns.length).toBe(24);
    const ends = axes.flatMap((start) => axes.map((end) => [start, end]));
    const layer = {
      ...circle,
      inDim: turns.length,
      outDim: ends.length,
      reps: 2,
      start: Float64Array.from(ends.flatMap(([start]) => turns.flatMap(() => start))),
      blocks: Float64Array.from(ends.flatMap(() => turns.flat(2))),
      end: Float64Array.from(ends.flatMap(([, end]) => turns.flatMap(() => end))),
      weights: new Float64Array(turns.length * ends.length * 2).map((_, k) => 1 + (k % 3)),
      biases: new Float64Array(turns.length * ends.length * 2),
      scale: new Float64Array(turns.length * ends.length).fill(1),
    };
    const x = Float64Array.from({ length: turns.length * 3 }, (_, k) => k / 7);
    const upstream = Float64Array.from({ length: ends.length * 3 }, (_, k) => Math.cos(k));
    expect(deviation(double.forward(layer, x, 3), referenceChainKernel.forward(layer, x, 3))).toBeLessThan(1e-13);
    const wanted = referenceChainKernel.backward(layer, x, 3, upstream);
    const gradient = double.backward(layer, x, 3, upstream);
    for (const part of ['x', 'torque', 'weights', 'scale'] as const) {
      expect(deviation(gradient[part], wanted[part]), part).toBeLessThan(1e-13);
    }
  });

  test('fills up a block without leaving the domain of its samples', () => {
    const layer = randomLayer(new Random(4), { inDim: 1, outDim: 3, reps: 2, encoding: 'acos', weights: 'own' });
    const shifted = { ...layer, weights: layer.weights.map(() => 1), biases: layer.biases.map(() => 1.5) };
    const gradient = single.backward(shifted, Float64Array.of(-1.2), 1, Float64Array.of(1, 1, 1));
    for (const part of parts) expect(gradient[part].every(Number.isFinite), part).toBe(true);
  });

  test('refuses what it would compute wrongly, and says what to do', () => {
    const layer = randomLayer(new Random(1), { inDim: 2, outDim: 2, reps: 2, weights: 'own' });
    const mirrored = { ...layer, blocks: layer.blocks.map((value, k) => (k % 9 < 3 && k >= 27 ? -value : value)) };
    const x = new Float64Array(2);
    expect(() => double.forward(mirrored, x, 1)).toThrow(
      'wasm chain forward: expected blocks to be rotations, got another matrix at [out 1, in 1, block 0]. Fold',
    );
    const far = Float64Array.of(0, 3e6);
    expect(() => single.backward(layer, far, 1, x)).toThrow(
      /encoded angles \|w·x\| \+ \|b\| ≤ 1048576 in float32, got/,
    );
    expect(() => double.backward(layer, far, 1, x)).not.toThrow();
  });

  test('refuses options that it does not know', async () => {
    await expect(wasmChainKernel({ precision: 'float16' as 'float32' })).rejects.toThrow(/precision .*"float16"/);
    await expect(wasmChainKernel({ threads: 0 })).rejects.toThrow(/threads to be an integer in 1 … 64, got 0/);
  });

  test('gives the same bits whatever ran before in its memory', async () => {
    const random = new Random(8);
    const small = randomLayer(random, { inDim: 3, outDim: 2, reps: 2, weights: 'own' });
    const large = inFloat32(
      randomLayer(random, { inDim: 20, outDim: 30, reps: 5, weights: 'shared', encoding: 'acos' }),
    );
    const x = Float64Array.from({ length: 3 * 50 }, () => random.normal());
    const upstream = Float64Array.from({ length: 2 * 50 }, () => random.normal());
    const kernel = await wasmChainKernel({ threads: 1 });
    const run = () => [kernel.forward(small, x, 50), kernel.backward(small, x, 50, upstream)];
    const fresh = run();
    kernel.backward(large, new Float32Array(20 * 900).fill(Number.NaN), 900, new Float32Array(30 * 900).fill(7));
    expect(run()).toEqual(fresh);
  });
});
