import type { Matrix } from '../../circuits/matrix.js';
import { NEGLIGIBLE } from './weyl.js';

/** A one-qubit unitary up to a global phase: RZ(after) · RX(turn) · RZ(before), angles in radians, turn in [0, π]. */
export interface Euler {
  readonly before: number;
  readonly turn: number;
  readonly after: number;
}

/**
 * The Euler angles of a 2×2 unitary. Near the poles, where they are not unique, it is their well-defined sum or difference
 * that is kept exact, so that the product is right to rounding everywhere.
 */
export function eulerAngles(unitary: Matrix): Euler {
  const size = (i: number): number => Math.hypot(unitary[2 * i], unitary[2 * i + 1]);
  const phase = (i: number): number => Math.atan2(unitary[2 * i + 1], unitary[2 * i]);
  const [c, s] = [Math.hypot(size(0), size(3)), Math.hypot(size(1), size(2))];
  const turn = 2 * Math.atan2(s, c);
  if (turn < NEGLIGIBLE) return { before: 0, turn: 0, after: phase(3) - phase(0) };
  if (Math.PI - turn < NEGLIGIBLE) return { before: 0, turn: Math.PI, after: phase(2) - phase(1) };
  if (c >= s) {
    const after = phase(2) - phase(0) + Math.PI / 2;
    return { before: phase(3) - phase(0) - after, turn, after };
  }
  const before = phase(1) - phase(0) + Math.PI / 2;
  return { before, turn, after: phase(2) - phase(1) + before };
}
