import { expect, test } from 'vitest';
import { provideGpu } from '../../kernels/gpu/provide.js';
import { referenceBackend } from '../../kernels/reference/statevector.js';
import { webGpuChainKernel } from '../../kernels/webgpu/chain.js';
import { webGpuStatevectors } from '../../kernels/webgpu/statevector.js';
import { Random } from '../../src/foundation/random.js';
import { backendConformance, chainConformance } from '../kernels/conformance.js';
import { randomAngles, randomObservable, randomProgram } from '../kernels/oracle/programs.js';

const report = await provideGpu();

if (report.available) {
  console.log(`WGSL on ${report.adapter}`);
  chainConformance(await webGpuChainKernel());
  const backend = await webGpuStatevectors();
  backendConformance(backend);

  test('states larger than a tile, and gates that overtake others, are those of the reference', async () => {
    const random = new Random(12);
    const kinds = ['rotate', 'rotate', 'matrix'] as const;
    const program = randomProgram(random, {
      numQubits: 12,
      length: 30,
      numSlots: 5,
      kinds,
      controls: 0.3,
      targets: [1, 1, 1, 2, 3],
      unitary: true,
    });
    const angles = randomAngles(random, program.numSlots, 2);
    const observables = [randomObservable(random, 12), randomObservable(random, 12)];
    const upstream = Float64Array.of(0.5, -1, 0.3, 0.7);
    const close = (got: Float64Array, wanted: Float64Array, tolerance: number) => {
      const worst = wanted.reduce((most, value, k) => Math.max(most, Math.abs(value - got[k])), 0);
      expect(worst).toBeLessThan(tolerance);
    };
    close(await backend.statevector(program, angles, 2), referenceBackend.statevector(program, angles, 2), 2e-6);
    const wanted = referenceBackend.adjoint(program, angles, 2, observables, upstream);
    const got = await backend.adjoint(program, angles, 2, observables, upstream);
    close(got.values, wanted.values, 5e-6);
    got.gradients.forEach((gradient, slot) => {
      close(gradient, wanted.gradients[slot], 2e-5);
    });
  });

  test('the same rotation a thousand times over keeps the norm to 1e-5', async () => {
    const turn = { kind: 'rotate', controlMask: 0, controlValue: 0, zMask: 0, phase: 0 } as const;
    for (const constant of [0.3, 1.1, 2.9]) {
      const instructions = Array.from({ length: 1000 }, () => ({ ...turn, xMask: 3, angle: { constant } }));
      const state = await backend.statevector({ numQubits: 2, numSlots: 0, instructions }, [], 1);
      expect(Math.abs(state.reduce((sum, value) => sum + value * value, 0) - 1)).toBeLessThan(1e-5);
    }
  });
} else {
  console.log(`WGSL is not tested: ${report.reason}`);
  test.skip(`WGSL (${report.reason})`, () => {});
}
