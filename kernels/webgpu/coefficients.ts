import type { Angles, Apply, Instruction, Rotate } from '../backend.js';
import { POWERS_OF_I, popcount } from '../reference/pauli.js';

/** keep and mix of a rotation by θ: a_i ← keep·a_i + (−1)^popcount(j & z)·mix·a_j, j = i ⊕ x. Interleaved re, im. */
export function rotationCoefficients({ xMask, zMask, phase }: Rotate, theta: number): number[] {
  const [cosine, sine] = [Math.cos(theta / 2), Math.sin(theta / 2)];
  const [phaseRe, phaseIm] = [Math.cos(phase * theta), Math.sin(phase * theta)];
  const [yRe, yIm] = POWERS_OF_I[popcount(xMask & zMask) & 3];
  // −i·e^{iκθ}·sin(θ/2)·i^(number of Y)
  const mixRe = sine * (phaseIm * yRe + phaseRe * yIm);
  const mixIm = sine * (phaseIm * yIm - phaseRe * yRe);
  return [phaseRe * cosine, phaseIm * cosine, mixRe, mixIm];
}

/** θ of a rotation in one sample. */
export function angleOf({ angle }: Rotate, angles: Angles, sample: number): number {
  if (!('slot' in angle)) return angle.constant;
  const values = angles[angle.slot];
  return values[values.length === 1 ? 0 : sample];
}

/** Whether the samples have angles of their own. */
export const varies = (instruction: Instruction, angles: Angles): boolean =>
  instruction.kind === 'rotate' && 'slot' in instruction.angle && angles[instruction.angle.slot].length > 1;

/** The 2×2 matrix of a gate on one qubit, row-major, interleaved. */
function singleMatrix(instruction: Instruction, theta: number): number[] {
  if (instruction.kind === 'matrix') return [...instruction.entries];
  const [keepRe, keepIm, mixRe, mixIm] = rotationCoefficients(instruction, theta);
  if (instruction.xMask === 0) return [keepRe + mixRe, keepIm + mixIm, 0, 0, 0, 0, keepRe - mixRe, keepIm - mixIm];
  // row i takes from j = 1 − i: the sign is that of j
  const sign = instruction.zMask === 0 ? 1 : -1;
  return [keepRe, keepIm, sign * mixRe, sign * mixIm, mixRe, mixIm, keepRe, keepIm];
}

/** The product of gates on one qubit, the first acting first. */
export function productMatrix(gates: readonly Instruction[], angles: Angles, sample: number): number[] {
  return gates.reduce<number[]>(
    (before, gate) => multiply(singleMatrix(gate, gate.kind === 'rotate' ? angleOf(gate, angles, sample) : 0), before),
    [1, 0, 0, 0, 0, 0, 1, 0],
  );
}

function multiply(a: readonly number[], b: readonly number[]): number[] {
  const c: number[] = [];
  for (const row of [0, 1]) {
    for (const column of [0, 1]) {
      let [re, im] = [0, 0];
      for (const k of [0, 1]) {
        const [p, q] = [2 * (2 * row + k), 2 * (2 * k + column)];
        re += a[p] * b[q] - a[p + 1] * b[q + 1];
        im += a[p] * b[q + 1] + a[p + 1] * b[q];
      }
      c.push(re, im);
    }
  }
  return c;
}

/** A†. */
export function adjointEntries({ targets, entries }: Apply): Float64Array {
  const size = 2 ** targets.length;
  const adjoint = new Float64Array(entries.length);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      adjoint[2 * (column * size + row)] = entries[2 * (row * size + column)];
      adjoint[2 * (column * size + row) + 1] = -entries[2 * (row * size + column) + 1];
    }
  }
  return adjoint;
}

/** |Σ − 1| up to which a row counts as one of a unitary, and components that may be changed to keep it one. */
const [UNITARY, ADJUSTABLE] = [1e-6, 0.05];

/**
 * Rows of numbers rounded to float32 such that each row of norm 1 keeps it to about 1e-8 rather than 1e-7: the same rounding again and
 * again would otherwise carry the norm of a state away.
 */
export function roundRows(values: readonly number[], perRow: number): Float32Array {
  const rounded = Float32Array.from(values);
  for (let first = 0; first < values.length; first += perRow) {
    const row = rounded.subarray(first, first + perRow);
    const excess = (): number => row.reduce((sum, value) => sum + value * value, -1);
    if (Math.abs(excess()) > UNITARY) continue;
    const order = Array.from(row.keys()).sort((a, b) => Math.abs(row[b]) - Math.abs(row[a]));
    for (const k of order) if (Math.abs(row[k]) > ADJUSTABLE) row[k] -= excess() / (2 * row[k]);
  }
  return rounded;
}
