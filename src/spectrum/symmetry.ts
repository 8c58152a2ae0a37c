import type { FoldedEdges } from '../activation/fold.js';

/** A component of this size is rounding. */
const ROUNDING = 1e-12;

type Vector = readonly [number, number, number];

/**
 * Whether f(−t) = f(t) or f(−t) = −f(t) by a mirror, for every draw: a plane through the z axis turns Rz(φ) into Rz(−φ). If every
 * block carries such a plane to such a plane, the function is even or odd as the plane leaves or negates start and end.
 */
export function symmetryOf(folded: FoldedEdges, reps: number, draws: number): 'even' | 'odd' | undefined {
  const found = new Set(Array.from({ length: draws }, (_, b) => symmetryOfDraw(folded, reps, b)));
  return found.size === 1 ? [...found][0] : undefined;
}

function symmetryOfDraw({ start, blocks, end, biases }: FoldedEdges, reps: number, b: number) {
  const vector = (from: Float64Array): Vector => [from[3 * b], from[3 * b + 1], from[3 * b + 2]];
  const [a, c] = [vector(start), vector(end)];
  const block = (l: number): Float64Array => {
    const first = 9 * (b * (reps - 1) + l);
    return blocks.subarray(first, first + 9);
  };
  for (const normal of candidates(a, reps > 1 ? block(0) : undefined, c, biases[b * reps])) {
    const sign = mirrored(a, normal);
    let carried: Vector | undefined = normal;
    for (let l = 0; l < reps && carried; l++) {
      // The bias is a block like any other: Rz(b) carries a plane with normal n to one with normal Rz(b)·n.
      carried = turned(carried, biases[b * reps + l]);
      if (l < reps - 1) carried = horizontal(applied(block(l), carried));
    }
    const last = carried && mirrored(c, carried);
    if (sign !== undefined && last !== undefined) return sign * last === 1 ? 'even' : 'odd';
  }
  return undefined;
}

/** Horizontal normals of planes that leave the start as it is, or negate it; in the frame before the first data gate. */
function candidates([x, y]: Vector, block: Float64Array | undefined, end: Vector, bias: number): Vector[] {
  const length = Math.hypot(x, y);
  if (length > ROUNDING) {
    return [
      [-y / length, x / length, 0],
      [x / length, y / length, 0],
    ];
  }
  // The start is on the axis: any plane will do, so the next that asks for one decides.
  const asks: Vector = block ? [block[6], block[7], 0] : [end[0], end[1], 0];
  const size = Math.hypot(asks[0], asks[1]);
  const [nx, ny] = size > ROUNDING ? [-asks[1] / size, asks[0] / size] : [1, 0];
  return [turned([nx, ny, 0], -bias), turned([-ny, nx, 0], -bias)];
}

const applied = (m: Float64Array, [x, y, z]: Vector): Vector => [
  m[0] * x + m[1] * y + m[2] * z,
  m[3] * x + m[4] * y + m[5] * z,
  m[6] * x + m[7] * y + m[8] * z,
];

const turned = ([x, y, z]: Vector, angle: number): Vector => {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [c * x - s * y, s * x + c * y, z];
};

const horizontal = (vector: Vector): Vector | undefined => (Math.abs(vector[2]) < ROUNDING ? vector : undefined);

/** 1 if a vector lies in the plane with that normal, −1 if it is along the normal. */
function mirrored(vector: Vector, normal: Vector): 1 | -1 | undefined {
  const along = vector[0] * normal[0] + vector[1] * normal[1] + vector[2] * normal[2];
  if (Math.abs(along) < ROUNDING) return 1;
  return Math.abs(Math.abs(along) - Math.hypot(...vector)) < ROUNDING ? -1 : undefined;
}
