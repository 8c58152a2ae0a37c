import type { CompiledAngle } from '../../circuits/angle/differentiate.js';
import { identityRotation, type Rotation, transposeRotation } from './bloch.js';
import type { Segment } from './plan.js';

/**
 * A segment ready to be walked: fixed rotations that do nothing are left out, and those that only permute and flip the axes,
 * as nearly all do, are known as such.
 *
 * A walk carries `columns` 3-vectors at once, in a row-major 3 × columns array.
 */
export interface SegmentWalk {
  readonly turns: readonly CompiledAngle[];
  readonly steps: readonly Step[];
  readonly stepsBack: readonly Step[];
}

type Step =
  | { readonly kind: 'turn'; readonly index: number; readonly direction: 1 | -1 }
  | { readonly kind: 'permute'; readonly from: readonly number[]; readonly sign: readonly number[] }
  | { readonly kind: 'rotate'; readonly rotation: Rotation };

/** Analyses a segment once, for any number of walks. */
export function walkOf({ fixed, turns }: Segment): SegmentWalk {
  const steps: Step[] = [];
  const stepsBack: Step[] = [];
  fixed.forEach((rotation, k) => {
    if (k > 0) {
      steps.push({ kind: 'turn', index: k - 1, direction: 1 });
      stepsBack.unshift({ kind: 'turn', index: k - 1, direction: -1 });
    }
    if (isClose(rotation, identityRotation)) return;
    steps.push(stepOf(rotation));
    stepsBack.unshift(stepOf(transposeRotation(rotation)));
  });
  return { turns, steps, stepsBack };
}

const ROUNDING = 1e-15;
const isClose = (a: Rotation, b: Rotation): boolean => a.every((value, i) => Math.abs(value - b[i]) < ROUNDING);

function stepOf(rotation: Rotation): Step {
  const rows = [0, 1, 2].map((i) => [...rotation.subarray(3 * i, 3 * i + 3)]);
  const from = rows.map((row) => row.findIndex((value) => Math.abs(value) > 0.5));
  const permutes = rows.every((row, i) =>
    row.every((v, j) => Math.abs(j === from[i] ? Math.abs(v) - 1 : v) < ROUNDING),
  );
  if (!permutes) return { kind: 'rotate', rotation };
  return { kind: 'permute', from, sign: rows.map((row, i) => Math.sign(row[from[i]])) };
}

/**
 * v ← every step applied to v, in place.
 *
 * @param v         shape [3, columns]
 * @param cosines, sines  of the turn angles of the segment
 * @param atTurn    called with the walk's first z component where each turn stands
 */
export function walk(
  steps: readonly Step[],
  cosines: Float64Array,
  sines: Float64Array,
  v: Float64Array,
  columns: number,
  atTurn?: (turn: number, z: number) => void,
): void {
  for (const step of steps) {
    if (step.kind === 'turn') {
      if (atTurn) atTurn(step.index, v[2 * columns]);
      turn(cosines[step.index], sines[step.index] * step.direction, v, columns);
    } else if (step.kind === 'permute') {
      permute(step.from, step.sign, v, columns);
    } else {
      rotate(step.rotation, v, columns);
    }
  }
}

function turn(cosine: number, sine: number, v: Float64Array, columns: number): void {
  for (let k = 0; k < columns; k++) {
    const x = v[k];
    const y = v[columns + k];
    v[k] = cosine * x - sine * y;
    v[columns + k] = sine * x + cosine * y;
  }
}

function permute(from: readonly number[], sign: readonly number[], v: Float64Array, columns: number): void {
  for (let k = 0; k < columns; k++) {
    const x = sign[0] * v[from[0] * columns + k];
    const y = sign[1] * v[from[1] * columns + k];
    const z = sign[2] * v[from[2] * columns + k];
    v[k] = x;
    v[columns + k] = y;
    v[2 * columns + k] = z;
  }
}

function rotate(r: Rotation, v: Float64Array, columns: number): void {
  for (let k = 0; k < columns; k++) {
    const x = v[k];
    const y = v[columns + k];
    const z = v[2 * columns + k];
    v[k] = r[0] * x + r[1] * y + r[2] * z;
    v[columns + k] = r[3] * x + r[4] * y + r[5] * z;
    v[2 * columns + k] = r[6] * x + r[7] * y + r[8] * z;
  }
}
