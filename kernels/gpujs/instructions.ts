import type { Angles, Instruction, PauliMasks, Rotate } from '../backend.js';
import { prepareMatrix } from '../reference/matrix.js';
import { POWERS_OF_I, popcount } from '../reference/pauli.js';

/** What the step kernel needs of one instruction beside the states: `statevectorText.ts` says how it reads them. */
export interface Step {
  readonly table: Float32Array;
  readonly flip: number;
  readonly zMask: number;
  readonly controlMask: number;
  readonly controlValue: number;
  /** Numbers a sample in the table; 0 if all samples share them. */
  readonly stride: number;
  /** Targets of a matrix; −1 for a rotation. */
  readonly count: number;
}

const free = { controlMask: 0, controlValue: 0 } as const;

/** An instruction, or its inverse, on the samples first … first + samples − 1. */
export function stepOf(
  instruction: Instruction,
  angles: Angles,
  first: number,
  samples: number,
  direction: 1 | -1,
): Step {
  const { controlMask, controlValue } = instruction;
  if (instruction.kind === 'rotate') {
    const { xMask, zMask, angle } = instruction;
    const values = 'slot' in angle ? angles[angle.slot] : Float64Array.of(angle.constant);
    const shared = values.length === 1;
    const table = new Float32Array(4 * (shared ? 1 : samples));
    for (let k = 0; k < table.length / 4; k++) {
      table.set(rotationCoefficients(instruction, direction * values[shared ? 0 : first + k]), 4 * k);
    }
    return { table, flip: 2 * xMask, zMask, controlMask, controlValue, stride: shared ? 0 : 4, count: -1 };
  }
  const { targets, entries } = instruction;
  const bits = targets.flatMap((target) => (target < 14 ? [2 ** (target + 1), 0] : [0, 2 ** (target - 14)]));
  const used = direction === 1 ? entries : prepareMatrix(instruction).adjoint;
  const table = Float32Array.of(...bits, ...used);
  return { table, flip: 0, zMask: 0, controlMask, controlValue, stride: 0, count: targets.length };
}

/** exp(iκθ)cos(θ/2) and −i·exp(iκθ)sin(θ/2)·i^(number of Y), found in float64 and rounded once. */
function rotationCoefficients({ xMask, zMask, phase }: Rotate, theta: number): number[] {
  const [cosine, sine] = [Math.cos(theta / 2), Math.sin(theta / 2)];
  const [re, im] = [Math.cos(phase * theta), Math.sin(phase * theta)];
  const [yRe, yIm] = POWERS_OF_I[popcount(xMask & zMask) & 3];
  return [re * cosine, im * cosine, sine * (im * yRe + re * yIm), sine * (im * yIm - re * yRe)];
}

/** keep·(own state) + weight·P·(other state), a real weight a sample: how a costate is put together. */
export function termStep({ xMask, zMask }: PauliMasks, keep: number, weights: ArrayLike<number>): Step {
  const [yRe, yIm] = POWERS_OF_I[popcount(xMask & zMask) & 3];
  const table = new Float32Array(4 * weights.length);
  for (let k = 0; k < weights.length; k++) table.set([keep, 0, weights[k] * yRe, weights[k] * yIm], 4 * k);
  return { table, flip: 2 * xMask, zMask, ...free, stride: 4, count: -1 };
}

/** Each sample times a number of its own. */
export function scaleStep(factors: ArrayLike<number>): Step {
  const table = new Float32Array(4 * factors.length);
  for (let k = 0; k < factors.length; k++) table[4 * k] = factors[k];
  return { table, flip: 0, zMask: 0, ...free, stride: 4, count: -1 };
}
