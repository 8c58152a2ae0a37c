import type { Operation } from './encode.js';
import { bitCount } from './geometry.js';
import type { Image } from './image.js';
import * as layout from './layout.js';

const rotations: readonly number[] = [layout.OP_ROTATE_REAL, layout.OP_ROTATE_IMAGINARY];

/** A rotation that flips one bit, without controls and signs. `allLanes`: the lanes that meet no controls. */
const isPlain = (op: Operation, allLanes: number): boolean =>
  rotations.includes(op[layout.OP_KIND]) &&
  bitCount(op[layout.OP_FLIP]) === 1 &&
  op[layout.OP_MASK] === op[layout.OP_FLIP] &&
  op[layout.OP_OUTER_MASK] === 0 &&
  op[layout.OP_LANES] === allLanes &&
  op[layout.OP_LANE_FLIP] === 0 &&
  (op[layout.OP_SIGN] | op[layout.OP_OUTER_SIGN] | op[layout.OP_LANE_SIGN]) === 0;

/**
 * Joins neighbouring rotations about different qubits in pairs that share a pass through the chunk. The two stay as they are for
 * the way back, where each needs its slope.
 */
export function pairRotations(operations: readonly Operation[], lanes: number, image: Image): Operation[] {
  const allLanes = 2 ** lanes - 1;
  const result: Operation[] = [];
  for (let k = 0; k < operations.length; k++) {
    const first = operations[k];
    const second = operations[k + 1];
    const joined =
      second !== undefined &&
      isPlain(first, allLanes) &&
      isPlain(second, allLanes) &&
      first[layout.OP_FLIP] !== second[layout.OP_FLIP];
    if (!joined) {
      result.push(first);
      continue;
    }
    const isImaginary = (op: Operation): boolean => op[layout.OP_KIND] === layout.OP_ROTATE_IMAGINARY;
    // rotations about different qubits commute
    const [one, other] = isImaginary(first) ? [first, second] : [second, first];
    const both = new Int32Array(layout.OP / 4);
    both[layout.OP_KIND] = !isImaginary(one)
      ? layout.OP_TWO_REAL
      : isImaginary(other)
        ? layout.OP_TWO_IMAGINARY
        : layout.OP_TWO_MIXED;
    both[layout.OP_DATA] = image.end;
    image.addIntegers(one);
    image.addIntegers(other);
    result.push(both);
    k++;
  }
  return result;
}
