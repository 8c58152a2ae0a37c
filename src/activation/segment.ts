import type { CompiledAngle } from '../../circuits/angle/differentiate.js';
import { identityRotation, multiplyRotations, type Rotation } from './bloch.js';
import { BLOCK } from './columns.js';
import type { Segment } from './plan.js';

/**
 * A segment ready to be walked. Fixed rotations are not run: vectors stay in the frame in which the segment begins, where a turn
 * about z after fixed rotations P is a turn about Pᵀz, which is ± an axis for nearly all gates; `frame` is the P of the end.
 */
export interface SegmentWalk {
  readonly steps: readonly Step[];
  readonly frame: Rotation;
}

type Step =
  | { readonly kind: 'turn'; readonly angle: CompiledAngle; readonly axis: number; readonly sign: 1 | -1 }
  | { readonly kind: 'rotate'; readonly rotation: Rotation };

/** Analyses a segment once, for any number of walks. */
export function walkOf({ fixed, turns }: Segment): SegmentWalk {
  const steps: Step[] = [];
  let frame = identityRotation;
  fixed.forEach((rotation, k) => {
    if (k > 0) {
      const found = axisOf(frame.subarray(6, 9));
      if (!found) {
        steps.push({ kind: 'rotate', rotation: frame });
        frame = identityRotation;
      }
      steps.push({ kind: 'turn', angle: turns[k - 1], ...(found ?? { axis: 2, sign: 1 }) });
    }
    frame = multiplyRotations(rotation, frame);
  });
  return { steps, frame };
}

const ROUNDING = 1e-14;

/** The axis that a unit vector is ±. */
export function axisOf(vector: Rotation): { axis: number; sign: 1 | -1 } | undefined {
  const axis = vector.findIndex((component) => Math.abs(Math.abs(component) - 1) < ROUNDING);
  return axis < 0 ? undefined : { axis, sign: vector[axis] > 0 ? 1 : -1 };
}

/** Cosines and sines of one row of angles an edge, shape [turns, edges]. */
export interface AngleTable {
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
}

/**
 * Applies the steps to vectors of `count` ≤ BLOCK edges, in place; from the last to the first, inverted, if `direction` is −1.
 *
 * @param vectors  planes of BLOCK edges, shape [columns, 3, BLOCK]
 * @param at       where the edges' angles of the segment's first turn lie in the table, whose rows are `edges` long
 * @param atTurn   called where each turn stands: `z`, times `sign`, is where the first column's z components are
 */
export function walk(
  { steps }: SegmentWalk,
  direction: 1 | -1,
  vectors: Float64Array,
  columns: number,
  table: AngleTable,
  at: number,
  edges: number,
  count: number,
  atTurn?: (angle: CompiledAngle, z: number, sign: 1 | -1) => void,
): void {
  const turns = steps.filter(({ kind }) => kind === 'turn').length;
  let row = direction === 1 ? 0 : turns - 1;
  const last = steps.length - 1;
  for (let k = 0; k <= last; k++) {
    const step = steps[direction === 1 ? k : last - k];
    if (step.kind === 'rotate') {
      rotate(vectors, columns, step.rotation, direction, count);
      continue;
    }
    const { axis, sign } = step;
    atTurn?.(step.angle, axis * BLOCK, sign);
    for (let column = 0; column < columns; column++) {
      const first = (3 * column + ((axis + 1) % 3)) * BLOCK;
      const second = (3 * column + ((axis + 2) % 3)) * BLOCK;
      turn(vectors, first, second, table.cosines, table.sines, at + row * edges, sign * direction, count);
    }
    row += direction;
  }
}

function turn(
  vectors: Float64Array,
  first: number,
  second: number,
  cosines: Float64Array,
  sines: Float64Array,
  at: number,
  sign: number,
  count: number,
): void {
  for (let k = 0; k < count; k++) {
    const cosine = cosines[at + k];
    const sine = sign * sines[at + k];
    const x = vectors[first + k];
    const y = vectors[second + k];
    vectors[first + k] = cosine * x - sine * y;
    vectors[second + k] = sine * x + cosine * y;
  }
}

/** Applies R to every column, or Rᵀ if `direction` is −1. */
export function rotate(vectors: Float64Array, columns: number, r: Rotation, direction: 1 | -1, count: number): void {
  const [a, b, c, d, e, f, g, h, i] = direction === 1 ? r : [r[0], r[3], r[6], r[1], r[4], r[7], r[2], r[5], r[8]];
  for (let column = 0; column < columns; column++) {
    const from = 3 * column * BLOCK;
    for (let k = from; k < from + count; k++) {
      const x = vectors[k];
      const y = vectors[k + BLOCK];
      const z = vectors[k + 2 * BLOCK];
      vectors[k] = a * x + b * y + c * z;
      vectors[k + BLOCK] = d * x + e * y + f * z;
      vectors[k + 2 * BLOCK] = g * x + h * y + i * z;
    }
  }
}
