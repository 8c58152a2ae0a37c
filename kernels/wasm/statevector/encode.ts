import { popcount } from '../../reference/pauli.js';
import { controlledLanes, type Geometry, highestBit, oddLanes, split } from './geometry.js';
import type { Image } from './image.js';
import * as layout from './layout.js';
import type { Constant, Diagonal, Phase, Step, Turn } from './steps.js';
import { adjointOf } from './structure.js';

/** An operation, field by field, before it has an address. */
export type Operation = Int32Array;

/** A step as operations on a chunk; entries of matrices go to `image` at once. */
export function encodeStep(geometry: Geometry, step: Step, image: Image): Operation[] {
  if (step.kind === 'turn') return [turn(geometry, step)];
  if (step.kind === 'diagonal') return [diagonal(geometry, step, image)];
  return step.structure === 'dense' ? dense(geometry, step, image) : [pair(geometry, step, image)];
}

/** An operation with its kind and its controls; `pairBit` is left out by the loop too. */
function controlled(geometry: Geometry, kind: number, step: Step, pairBit = 0): Operation {
  const op = new Int32Array(layout.OP / 4);
  const mask = split(geometry, step.controlMask);
  const value = split(geometry, step.controlValue);
  op[layout.OP_KIND] = kind;
  op[layout.OP_MASK] = mask.local | pairBit;
  op[layout.OP_VALUE] = value.local;
  op[layout.OP_OUTER_MASK] = mask.outer;
  op[layout.OP_OUTER_VALUE] = value.outer;
  op[layout.OP_LANES] = controlledLanes(geometry, mask.lanes, value.lanes);
  op[layout.OP_GRADIENT] = -1;
  return op;
}

function turn(geometry: Geometry, step: Turn): Operation {
  const flip = split(geometry, step.xMask);
  const sign = split(geometry, step.zMask & ~highestBit(step.xMask));
  const pairBit = highestBit(flip.local);
  const numY = popcount(step.xMask & step.zMask) & 3;
  const real = (numY & 1) === 1;
  const inLanes = pairBit === 0;
  const kinds = inLanes
    ? [layout.OP_LANE_ROTATE_IMAGINARY, layout.OP_LANE_ROTATE_REAL]
    : [layout.OP_ROTATE_IMAGINARY, layout.OP_ROTATE_REAL];
  const op = controlled(geometry, kinds[real ? 1 : 0], step, pairBit);
  op[layout.OP_FLIP] = flip.local;
  op[layout.OP_SIGN] = sign.local;
  op[layout.OP_OUTER_SIGN] = sign.outer;
  op[layout.OP_LANE_SIGN] = oddLanes(geometry, sign.lanes, inLanes ? flip.lanes : 0);
  op[layout.OP_LANE_FLIP] = flip.lanes;
  op[layout.OP_ROW] = step.row;
  op[layout.OP_FLAGS] = numY >= 2 ? layout.FLAG_NEGATIVE : 0;
  op[layout.OP_GRADIENT] = step.slot;
  return op;
}

function diagonal(geometry: Geometry, step: Diagonal, image: Image): Operation {
  const sign = split(geometry, step.zMask);
  const op = controlled(geometry, layout.OP_DIAGONAL, step);
  op[layout.OP_SIGN] = sign.local;
  op[layout.OP_OUTER_SIGN] = sign.outer;
  op[layout.OP_LANE_SIGN] = oddLanes(geometry, sign.lanes);
  op[layout.OP_GRADIENT] = step.slot;
  if ('entries' in step.numbers) {
    op[layout.OP_DATA] = image.end;
    op[layout.OP_FLAGS] = layout.FLAG_CONSTANT;
    image.addNumbers(step.numbers.entries);
  } else {
    const { even, odd } = step.numbers;
    const flag = ({ negative }: Phase, bit: number): number => (negative ? bit : 0);
    op[layout.OP_ROW] = even.row;
    op[layout.OP_ROW_ODD] = odd.row;
    op[layout.OP_FLAGS] = flag(even, layout.FLAG_NEGATIVE_EVEN) | flag(odd, layout.FLAG_NEGATIVE_ODD);
  }
  return op;
}

function pair(geometry: Geometry, step: Constant, image: Image): Operation {
  const target = split(geometry, 1 << step.targets[0]);
  const kinds = { flip: layout.OP_SWAP, real: layout.OP_PAIR_REAL, general: layout.OP_PAIR, dense: layout.OP_PAIR };
  const inLanes = step.structure === 'flip' ? layout.OP_LANE_SWAP : layout.OP_LANE_PAIR;
  const kind = target.local === 0 ? inLanes : kinds[step.structure];
  const op = controlled(geometry, kind, step, target.local);
  op[layout.OP_FLIP] = target.local;
  op[layout.OP_LANE_FLIP] = target.lanes;
  op[layout.OP_DATA] = image.end;
  image.addNumbers(step.entries);
  op[layout.OP_ROW] = image.end - op[layout.OP_DATA];
  image.addNumbers(adjointOf(step.entries));
  return op;
}

/** Targets among the lanes change places with free bits of the offset before and after. */
function dense(geometry: Geometry, step: Constant, image: Image): Operation[] {
  const { laneQubits } = geometry;
  const place = new Map<number, number>();
  const used = new Set(step.targets);
  for (const target of step.targets.filter((qubit) => qubit < laneQubits)) {
    let free = laneQubits;
    while (used.has(free) || split(geometry, 1 << free).local === 0) free++;
    used.add(free);
    place.set(target, free).set(free, target);
  }
  const moved = (mask: number): number => {
    let result = 0;
    for (let qubit = 0; qubit < 31; qubit++) if (mask & (1 << qubit)) result |= 1 << (place.get(qubit) ?? qubit);
    return result;
  };
  const { controlMask, controlValue, targets, entries } = step;
  const steady = { ...step, controlMask: moved(controlMask), controlValue: moved(controlValue) };
  const bits = targets.map((qubit) => split(geometry, 1 << (place.get(qubit) ?? qubit)).local);
  const op = controlled(
    geometry,
    layout.OP_DENSE,
    steady,
    bits.reduce((mask, bit) => mask | bit, 0),
  );
  op[layout.OP_LANE_FLIP] = targets.length;
  op[layout.OP_DATA] = image.end;
  addRows(image, bits, entries);
  op[layout.OP_ROW] = image.end - op[layout.OP_DATA];
  addRows(image, bits, adjointOf(entries));
  const exchanges = [...place].filter(([qubit]) => qubit < laneQubits).map(([lane, free]) => exchange(lane, free));
  return [...exchanges, op, ...exchanges.map((own) => own.slice()).reverse()];

  function exchange(lane: number, free: number): Operation {
    const bit = split(geometry, 1 << free).local;
    const none = { ...step, controlMask: 0, controlValue: 0 };
    const own = controlled(geometry, layout.OP_EXCHANGE, none, bit);
    own[layout.OP_FLIP] = bit;
    own[layout.OP_LANE_FLIP] = 1 << lane;
    return own;
  }
}

/** Offsets of the amplitudes of a group, then the entries of every row that are not 0. */
function addRows(image: Image, bits: readonly number[], entries: Float64Array): void {
  const size = 2 ** bits.length;
  const indices = Array.from({ length: size }, (_, index) => index);
  image.addIntegers(indices.map((index) => bits.reduce((sum, bit, k) => (index & (1 << k) ? sum + bit : sum), 0)));
  for (const row of indices) {
    const at = (column: number): number => 2 * (row * size + column);
    const columns = indices.filter((column) => entries[at(column)] !== 0 || entries[at(column) + 1] !== 0);
    image.addIntegers([columns.length]);
    for (const column of columns) {
      image.addIntegers([column * layout.COMPLEX]);
      image.addNumbers(entries.subarray(at(column), at(column) + 2));
    }
  }
}
