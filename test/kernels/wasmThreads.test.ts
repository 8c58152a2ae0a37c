import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, describe, expect, test } from 'vitest';
import type { ChainGradient, Floats } from '../../kernels/chain.js';
import { wasmChainKernel } from '../../kernels/wasm/chain.js';
import { createEngine } from '../../kernels/wasm/engine.js';
import { sharedChainBinary } from '../../kernels/wasm/generated/chainBinary.js';
import { prepareJob } from '../../kernels/wasm/job.js';
import { planMemory, reserve } from '../../kernels/wasm/memory.js';
import { compileBase64, instantiate } from '../../kernels/wasm/module.js';
import { sharedCrew } from '../../kernels/wasm/threads.js';
import { Random } from '../../src/foundation/random.js';
import { randomLayer } from '../bench/chainLayer.js';

/** Equal just when every number has the same bits; compared as text, which is quick. */
const bits = ([y, gradient]: [Floats, ChainGradient]): string[] =>
  [y, ...Object.values(gradient as unknown as Record<string, Floats>)].map((values) =>
    Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64'),
  );

describe('threads of the chain kernel', () => {
  test('give the same bits, however many they are', async () => {
    for (const precision of ['float32', 'float64'] as const) {
      const kernels = await Promise.all([1, 2, 3].map((threads) => wasmChainKernel({ precision, threads })));
      const random = new Random(5);
      for (const [inDim, outDim, batch] of [
        [12, 40, 700],
        [1, 3, 9000],
        [40, 1, 500],
      ]) {
        for (const weights of ['own', 'shared'] as const) {
          const layer = randomLayer(random, { inDim, outDim, reps: 3, weights });
          const x = Float32Array.from({ length: batch * inDim }, () => random.normal());
          const upstream = Float32Array.from({ length: batch * outDim }, () => random.normal());
          const [alone, ...others] = kernels.map((kernel): [Floats, ChainGradient] => [
            kernel.forward(layer, x, batch),
            kernel.backward(layer, x, batch, upstream),
          ]);
          for (const other of others) expect(bits(other)).toEqual(bits(alone));
        }
      }
      for (const kernel of kernels) kernel.dispose();
    }
  });

  test('take part in the work, each task being done once', async () => {
    const engine = await createEngine('test', 'float32', 2);
    const module = await compileBase64(sharedChainBinary);
    const exports = await instantiate(module, engine.memory);
    const mine: number[] = [];
    const slow = {
      ...exports,
      run(task: number, thread: number) {
        mine.push(task);
        const end = performance.now() + 20;
        while (performance.now() < end);
        exports.run(task, thread);
      },
    };
    const crew = sharedCrew(slow, module, engine.memory, 2);
    const layer = randomLayer(new Random(2), { inDim: 2, outDim: 40, reps: 2, weights: 'own' });
    const job = prepareJob('test', engine, layer, new Float32Array(2 * 128).fill(0.5), 128);
    job.start(engine.kinds.forward, 1);
    const deadline = performance.now() + 20_000;
    do {
      mine.length = 0;
      engine.view(job.at.y, 40 * 128).fill(Number.NaN);
      crew.work(40, true);
      expect(engine.view(job.at.y, 40 * 128).some(Number.isNaN)).toBe(false);
      expect(new Set(mine).size).toBe(mine.length);
    } while (mine.length === 40 && performance.now() < deadline);
    expect(mine.length).toBeLessThan(40);
    crew.dispose();
    engine.crew.dispose();
  }, 30_000);
});

describe('memory of the chain kernel', () => {
  test('is laid out without overlap, each region at a multiple of 64 bytes', () => {
    const { at, end } = planMemory({ a: 1, b: 64, c: 0, d: 130 });
    expect(at.b - at.a).toBe(64);
    expect(at.c - at.b).toBe(64);
    expect(at.d).toBe(at.c);
    expect(end - at.d).toBe(192);
    expect(at.a % 64).toBe(0);
  });

  test('grows on demand, and its refusal is one clear error', () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 3 });
    reserve('kernel', memory, 65537);
    expect(memory.buffer.byteLength).toBe(2 * 65536);
    expect(() => reserve('kernel', memory, 1e6)).toThrow(
      'kernel: 0.0010 GB are needed, the environment refuses that much memory. Use a smaller batch',
    );
    expect(() => reserve('kernel', memory, 5e9)).toThrow('kernel: 5.0 GB are needed, 4.3 GB can be addressed.');
  });
});

describe('a bundle with the chain kernel', () => {
  const folder = mkdtempSync(join(tmpdir(), 'daruan-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(['esm', 'cjs'] as const)(
    'computes as %s with its workers, then lets the process end',
    async (format) => {
      const outfile = join(folder, format === 'esm' ? 'bundle.mjs' : 'bundle.cjs');
      await build({
        stdin: {
          resolveDir: resolve(import.meta.dirname, '../..'),
          contents: `
          import type { ChainGradient, Floats } from '../../kernels/chain.js';
import { wasmChainKernel } from './kernels/wasm/chain.js';
          import { randomLayer } from './test/bench/chainLayer.js';
          import { Random } from './src/foundation/random.js';
          wasmChainKernel({ threads: 2 }).then((kernel) => {
            const layer = randomLayer(new Random(1), { inDim: 16, outDim: 16, reps: 2, weights: 'own' });
            const y = kernel.forward(layer, new Float32Array(16 * 512).fill(0.1), 512);
            console.log(y.length, y.every(Number.isFinite));
          });`,
          loader: 'ts',
        },
        bundle: true,
        minify: true,
        format,
        platform: 'neutral',
        outfile,
        logLevel: 'silent',
      });
      expect(execFileSync(process.execPath, [outfile], { encoding: 'utf8', timeout: 20_000 })).toBe('8192 true\n');
    },
    30_000,
  );
});
