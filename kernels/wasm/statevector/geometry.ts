import { parity } from '../../reference/pauli.js';
import type { Precision } from '../engine.js';
import { COMPLEX_BITS } from './layout.js';

/** Where the bits of a basis index go in a chunk: to lanes of a vector, to bits of the offset, or outside of it. */
export interface Geometry {
  readonly precision: Precision;
  /** Qubits in the lanes: 0 if the lanes are samples. */
  readonly laneQubits: number;
  /** Logarithm of the bytes from one amplitude to the next. */
  readonly unitBits: number;
  /** Bits of the vector index (the basis index without the lanes) that the chunk holds. */
  readonly local: number;
}

/** Lanes of a vector. */
export const laneCount = (precision: Precision): 2 | 4 => (precision === 'float32' ? 4 : 2);

/** Logarithm of the lanes: qubits that an amplitude-minor layout keeps in them. */
export const laneBits = (precision: Precision): 1 | 2 => (precision === 'float32' ? 2 : 1);

export const bitCount = (mask: number): number => {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
};

/** The bit of the highest set bit; 0 for 0. */
export const highestBit = (mask: number): number => (mask === 0 ? 0 : 2 ** (31 - Math.clz32(mask)));

/** A mask of qubits, split. */
export interface Split {
  readonly lanes: number;
  /** Bytes of offset. */
  readonly local: number;
  /** Bits of the vector index. */
  readonly outer: number;
}

/** Splits a mask of qubits by where they are. */
export function split({ laneQubits, unitBits, local }: Geometry, mask: number): Split {
  const upper = mask >>> laneQubits;
  let offset = 0;
  let position = 0;
  for (let rest = local, bit = 1; rest !== 0; rest >>>= 1, bit <<= 1) {
    if (!(rest & 1)) continue;
    if (upper & bit) offset += 2 ** (unitBits + position);
    position++;
  }
  return { lanes: mask & (2 ** laneQubits - 1), local: offset, outer: upper & ~local };
}

/** The lanes, as bits, for which `holds`. */
function lanesWhere({ precision }: Geometry, holds: (lane: number) => boolean): number {
  let bits = 0;
  for (let lane = 0; lane < laneCount(precision); lane++) if (holds(lane)) bits |= 1 << lane;
  return bits;
}

/** Lanes that meet controls; all, where lanes are samples. */
export const controlledLanes = (geometry: Geometry, mask: number, value: number): number =>
  lanesWhere(geometry, (lane) => (lane & mask) === value);

/** Lanes of odd parity. With `flip`, both partners of a pair have the parity of the one whose highest flipped bit is 0. */
export const oddLanes = (geometry: Geometry, mask: number, flip = 0): number =>
  lanesWhere(geometry, (lane) => parity((lane & highestBit(flip) ? lane ^ flip : lane) & mask) < 0);

/** A geometry in which a chunk holds all of a state, its lanes being qubits. */
export const amplitudeMinor = (precision: Precision, numQubits: number): Geometry => ({
  precision,
  laneQubits: laneBits(precision),
  unitBits: COMPLEX_BITS,
  local: 2 ** (numQubits - laneBits(precision)) - 1,
});

/** A geometry whose lanes are samples, `block` vectors of them. */
export const batchMinor = (precision: Precision, numQubits: number, block: number): Geometry => ({
  precision,
  laneQubits: 0,
  unitBits: COMPLEX_BITS + Math.log2(block),
  local: 2 ** numQubits - 1,
});
