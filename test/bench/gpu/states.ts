import type { Instruction, Program } from '../../../kernels/backend.js';
import type { WasmBackend } from '../../../kernels/wasm/statevector/backend.js';
import type { WebGpuBackend } from '../../../kernels/webgpu/statevector.js';
import { type ClockOptions, clock, type GpuTiming, type TooSlow } from './clock.js';

const none = { controlMask: 0, controlValue: 0, phase: 0 } as const;

/** RX and RZ on every qubit, then a ring of controlled flips. */
export function layerOfGates(numQubits: number): Program {
  const rotations = Array.from({ length: 2 * numQubits }, (_, k): Instruction => {
    const bit = 1 << (k >> 1);
    const angle = { constant: Math.sin(1.7 * k + 0.3) };
    return { kind: 'rotate', ...none, xMask: k % 2 === 0 ? bit : 0, zMask: k % 2 === 0 ? 0 : bit, angle };
  });
  const ring = Array.from({ length: numQubits }, (_, qubit): Instruction => {
    const controls = { controlMask: 1 << qubit, controlValue: 1 << qubit };
    const entries = Float64Array.of(0, 0, 1, 0, 1, 0, 0, 0);
    return { kind: 'matrix', ...controls, targets: [(qubit + 1) % numQubits], entries };
  });
  return { numQubits, numSlots: 0, instructions: [...rotations, ...ring] };
}

export interface StateTiming {
  readonly timing: GpuTiming | TooSlow;
  /** How often a run goes through the memory. */
  readonly passes: number;
  /** GB/s that are read and written. */
  readonly bandwidth: number;
}

export async function timeStates(
  backend: WebGpuBackend,
  numQubits: number,
  options: ClockOptions,
): Promise<StateTiming> {
  const program = layerOfGates(numQubits);
  let passes = 0;
  const timing = await clock(async (times) => {
    passes = await backend.run(program, [], 1, times);
  }, options);
  const bytes = (2 * passes - 1) * 8 * 2 ** numQubits; // the first pass reads nothing
  return { timing, passes, bandwidth: 'median' in timing ? bytes / timing.median / 1e6 : 0 };
}

/** The same on the CPU, in float32: milliseconds. */
export function timeStatesOnCpu(backend: WasmBackend, numQubits: number): number {
  const program = layerOfGates(numQubits);
  const z = [{ terms: [{ xMask: 0, zMask: 1, coefficient: 1 }] }];
  backend.expectation(program, [], 1, z);
  const found = [0, 1, 2].map(() => {
    const start = performance.now();
    backend.expectation(program, [], 1, z);
    return performance.now() - start;
  });
  return Math.min(...found);
}
