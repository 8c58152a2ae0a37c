import { backends, chainKernels, type GpujsMode, type GpuReport, provideGpu } from '../../../kernels/index.js';
import { Random } from '../../../src/foundation/random.js';
import { randomLayer } from '../../bench/chainLayer.js';
import { backendConformance, chainConformance } from '../../kernels/conformance.js';
import { randomAngles, randomProgram } from '../../kernels/oracle/programs.js';
import { type Outcome, runTests } from './vitest.js';

/** What a test asks of the page. */
export interface KernelPage {
  provideGpu(): Promise<GpuReport>;
  /** The conformance suites on gpu.js in a mode. */
  gpujs(mode: GpujsMode): Promise<Outcome[]>;
  /** The conformance suites on the compiled kernels, with as many threads as they take by themselves. */
  wasm(): Promise<{ readonly threads: number; readonly outcomes: Outcome[] }>;
  /** Whether jobs large enough to be shared give the same bits with `threads` threads as with one, and what refuses them. */
  sameBits(threads: number): Promise<{ readonly same: boolean } | { readonly error: string }>;
}

const library = () => import('gpu.js');

const page: KernelPage = {
  provideGpu: () => provideGpu(),

  async gpujs(mode) {
    backendConformance(await backends.gpujs({ mode, library }));
    chainConformance(await chainKernels.gpujs({ mode, library }));
    return await runTests();
  },

  async wasm() {
    const backend = await backends.wasm();
    backendConformance(backend);
    chainConformance(await chainKernels.wasm());
    return { threads: backend.threads, outcomes: await runTests() };
  },

  async sameBits(threads) {
    try {
      const results = [];
      for (const count of [1, threads]) {
        const backend = await backends.wasm({ threads: count });
        const kernel = await chainKernels.wasm({ threads: count });
        results.push(await largeJobs(backend, kernel));
        backend.dispose();
        kernel.dispose();
      }
      const [one, many] = results;
      return { same: one.every((values, k) => values.every((value, at) => value === many[k][at])) };
    } catch (error) {
      return { error: (error as Error).message };
    }
  },
};

type Loaded<T extends (...args: never[]) => unknown> = Awaited<ReturnType<T>>;

function largeJobs(backend: Loaded<typeof backends.wasm>, kernel: Loaded<typeof chainKernels.wasm>) {
  const random = new Random(21);
  const program = randomProgram(random, { ...ring, numQubits: 16 });
  const angles = randomAngles(random, program.numSlots, 2);
  const z = [{ terms: [{ xMask: 0, zMask: 5, coefficient: 1 }] }];
  const { values, gradients } = backend.adjoint(program, angles, 2, z, Float64Array.of(1, -1));
  const layer = randomLayer(random, { inDim: 32, outDim: 32, reps: 3, weights: 'own' });
  const x = Float32Array.from({ length: 256 * 32 }, () => random.normal());
  const gradient = kernel.backward(layer, x, 256, x);
  const parts = [gradient.x, gradient.torque, gradient.weights];
  return [values, ...gradients, kernel.forward(layer, x, 256), ...parts];
}

const ring = {
  length: 20,
  numSlots: 3,
  kinds: ['rotate', 'matrix'],
  controls: 0.3,
  targets: [1, 1, 2],
  unitary: true,
} as const;

Object.assign(globalThis, { page });
