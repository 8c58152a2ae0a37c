// Constant matrices: on one qubit, by what is zero in them; on several, row by row of what is not.

import {
  COMPLEX,
  OP_DATA,
  OP_FLIP,
  OP_LANE_FLIP,
  OP_LANES,
  OP_MASK,
  OP_VALUE,
  SCRATCH_GROUP,
} from '../../statevector/layout';
import { difference, sum } from '../products';
import { field, flipLanes, laneMask, lanes, next, place, Run, splatted } from './run';

/** Entry `index` of the matrix, in every lane that meets the controls; elsewhere that of the identity. */
// @ts-ignore: decorator
@inline
function constant<T>(data: usize, index: usize, met: v128, identity: T): v128 {
  return v128.bitselect(splatted<T>(data + index * sizeof<T>()), v128.splat<T>(identity), met);
}

/** Entries m00, m01, m10, m11, re and im each. */
export function pair<T>(op: usize, base: usize, data: usize): void {
  const mask: usize = field(op, OP_MASK);
  const flip: usize = field(op, OP_FLIP);
  const met = laneMask<T>(op);
  const m00r = constant<T>(data, 0, met, 1);
  const m00i = constant<T>(data, 1, met, 0);
  const m01r = constant<T>(data, 2, met, 0);
  const m01i = constant<T>(data, 3, met, 0);
  const m10r = constant<T>(data, 4, met, 0);
  const m10i = constant<T>(data, 5, met, 0);
  const m11r = constant<T>(data, 6, met, 1);
  const m11i = constant<T>(data, 7, met, 0);
  let from = base + field(op, OP_VALUE);
  for (let w: usize = 0; w < Run.vectors; w++, from += COMPLEX) {
    for (let at: usize = 0; at < Run.size; at = next(at, mask, Run.unit)) {
      const p = from + at;
      const q = p + flip;
      const ar = v128.load(p);
      const ai = v128.load(p, 16);
      const br = v128.load(q);
      const bi = v128.load(q, 16);
      v128.store(p, v128.add<T>(difference<T>(m00r, ar, m00i, ai), difference<T>(m01r, br, m01i, bi)));
      v128.store(p, v128.add<T>(sum<T>(m00r, ai, m00i, ar), sum<T>(m01r, bi, m01i, br)), 16);
      v128.store(q, v128.add<T>(difference<T>(m10r, ar, m10i, ai), difference<T>(m11r, br, m11i, bi)));
      v128.store(q, v128.add<T>(sum<T>(m10r, ai, m10i, ar), sum<T>(m11r, bi, m11i, br)), 16);
    }
  }
}

/** The same without imaginary parts. */
export function pairReal<T>(op: usize, base: usize, data: usize): void {
  const mask: usize = field(op, OP_MASK);
  const flip: usize = field(op, OP_FLIP);
  const met = laneMask<T>(op);
  const m00 = constant<T>(data, 0, met, 1);
  const m01 = constant<T>(data, 2, met, 0);
  const m10 = constant<T>(data, 4, met, 0);
  const m11 = constant<T>(data, 6, met, 1);
  let from = base + field(op, OP_VALUE);
  for (let w: usize = 0; w < Run.vectors; w++, from += COMPLEX) {
    for (let at: usize = 0; at < Run.size; at = next(at, mask, Run.unit)) {
      const p = from + at;
      const q = p + flip;
      const ar = v128.load(p);
      const ai = v128.load(p, 16);
      const br = v128.load(q);
      const bi = v128.load(q, 16);
      v128.store(p, sum<T>(m00, ar, m01, br));
      v128.store(p, sum<T>(m00, ai, m01, bi), 16);
      v128.store(q, sum<T>(m10, ar, m11, br));
      v128.store(q, sum<T>(m10, ai, m11, bi), 16);
    }
  }
}

/** Partners change places. */
export function swap<T>(op: usize, base: usize): void {
  const mask: usize = field(op, OP_MASK);
  const flip: usize = field(op, OP_FLIP);
  const met = laneMask<T>(op);
  const all = field(op, OP_LANES) == (sizeof<T>() == 4 ? 15 : 3);
  let from = base + field(op, OP_VALUE);
  for (let w: usize = 0; w < Run.vectors; w++, from += COMPLEX) {
    if (all) {
      for (let at: usize = 0; at < Run.size; at = next(at, mask, Run.unit)) {
        const p = from + at;
        const q = p + flip;
        const ar = v128.load(p);
        const ai = v128.load(p, 16);
        v128.store(p, v128.load(q));
        v128.store(p, v128.load(q, 16), 16);
        v128.store(q, ar);
        v128.store(q, ai, 16);
      }
    } else {
      for (let at: usize = 0; at < Run.size; at = next(at, mask, Run.unit)) {
        const p = from + at;
        const q = p + flip;
        const ar = v128.load(p);
        const ai = v128.load(p, 16);
        const br = v128.load(q);
        const bi = v128.load(q, 16);
        v128.store(p, v128.bitselect(br, ar, met));
        v128.store(p, v128.bitselect(bi, ai, met), 16);
        v128.store(q, v128.bitselect(ar, br, met));
        v128.store(q, v128.bitselect(ai, bi, met), 16);
      }
    }
  }
}

/** As `pair`, the partners in lanes of one vector. */
export function pairLanes<T>(op: usize, base: usize, data: usize): void {
  const mask: usize = field(op, OP_MASK);
  const flip = field(op, OP_LANE_FLIP);
  const met = laneMask<T>(op);
  const low = sizeof<T>() == 8 ? lanes<T>(1) : flip == 1 ? lanes<T>(5) : lanes<T>(3);
  const ownRe = v128.bitselect(constant<T>(data, 0, met, 1), constant<T>(data, 6, met, 1), low);
  const ownIm = v128.bitselect(constant<T>(data, 1, met, 0), constant<T>(data, 7, met, 0), low);
  const otherRe = v128.bitselect(constant<T>(data, 2, met, 0), constant<T>(data, 4, met, 0), low);
  const otherIm = v128.bitselect(constant<T>(data, 3, met, 0), constant<T>(data, 5, met, 0), low);
  const from = base + field(op, OP_VALUE);
  for (let at: usize = 0; at < Run.size; at = next(at, mask, COMPLEX)) {
    const p = from + at;
    const ar = v128.load(p);
    const ai = v128.load(p, 16);
    const br = flipLanes<T>(ar, flip);
    const bi = flipLanes<T>(ai, flip);
    v128.store(p, v128.add<T>(difference<T>(ownRe, ar, ownIm, ai), difference<T>(otherRe, br, otherIm, bi)));
    v128.store(p, v128.add<T>(sum<T>(ownRe, ai, ownIm, ar), sum<T>(otherRe, bi, otherIm, br)), 16);
  }
}

/** As `swap`, the partners in lanes of one vector. */
export function swapLanes<T>(op: usize, base: usize): void {
  const mask: usize = field(op, OP_MASK);
  const flip = field(op, OP_LANE_FLIP);
  const met = laneMask<T>(op);
  const from = base + field(op, OP_VALUE);
  for (let at: usize = 0; at < Run.size; at = next(at, mask, COMPLEX)) {
    const p = from + at;
    const re = v128.load(p);
    const im = v128.load(p, 16);
    v128.store(p, v128.bitselect(flipLanes<T>(re, flip), re, met));
    v128.store(p, v128.bitselect(flipLanes<T>(im, flip), im, met), 16);
  }
}

/** Lane bit `OP_LANE_FLIP` and the pair's bit change places. */
export function exchange<T>(op: usize, base: usize): void {
  const mask: usize = field(op, OP_MASK);
  const flip: usize = field(op, OP_FLIP);
  const second = field(op, OP_LANE_FLIP) == 2;
  for (let at: usize = 0; at < Run.size; at = next(at, mask, COMPLEX)) {
    for (let part: usize = 0; part < 32; part += 16) {
      const p = base + at + part;
      const q = p + flip;
      const a = v128.load(p);
      const b = v128.load(q);
      if (sizeof<T>() == 8) {
        v128.store(p, v128.shuffle<f64>(a, b, 0, 2));
        v128.store(q, v128.shuffle<f64>(a, b, 1, 3));
      } else if (second) {
        v128.store(p, v128.shuffle<f32>(a, b, 0, 1, 4, 5));
        v128.store(q, v128.shuffle<f32>(a, b, 2, 3, 6, 7));
      } else {
        v128.store(p, v128.shuffle<f32>(a, b, 0, 4, 2, 6));
        v128.store(q, v128.shuffle<f32>(a, b, 1, 5, 3, 7));
      }
    }
  }
}

/**
 * A matrix on k targets. Its data: 2^k offsets of amplitudes (i32), then for every row the number of its entries (i32) and each
 * entry's column (i32), re and im (T).
 */
export function dense<T>(op: usize, base: usize, data: usize): void {
  const mask: usize = field(op, OP_MASK);
  const size: usize = 1 << field(op, OP_LANE_FLIP);
  const met = laneMask<T>(op);
  const group = Run.scratch + place(SCRATCH_GROUP);
  const rows = data + 4 * size;
  let from = base + field(op, OP_VALUE);
  for (let w: usize = 0; w < Run.vectors; w++, from += COMPLEX) {
    for (let at: usize = 0; at < Run.size; at = next(at, mask, Run.unit)) {
      for (let k: usize = 0; k < size; k++) {
        const p = from + at + load<u32>(data + 4 * k);
        v128.store(group + k * COMPLEX, v128.load(p));
        v128.store(group + k * COMPLEX, v128.load(p, 16), 16);
      }
      let walk = rows;
      for (let row: usize = 0; row < size; row++) {
        let count = load<i32>(walk);
        walk += 4;
        let re = v128.splat<T>(0);
        let im = v128.splat<T>(0);
        for (; count > 0; count--, walk += 4 + 2 * sizeof<T>()) {
          const p = group + load<u32>(walk);
          const ar = v128.load(p);
          const ai = v128.load(p, 16);
          const mr = splatted<T>(walk + 4);
          const mi = splatted<T>(walk + 4 + sizeof<T>());
          re = v128.add<T>(re, difference<T>(mr, ar, mi, ai));
          im = v128.add<T>(im, sum<T>(mr, ai, mi, ar));
        }
        const q = from + at + load<u32>(data + 4 * row);
        v128.store(q, v128.bitselect(re, v128.load(q), met));
        v128.store(q, v128.bitselect(im, v128.load(q, 16), met), 16);
      }
    }
  }
}

/** Moves vectors in cycles. Data: the number of cycles, then the length of each and its offsets; a place gets what the next one holds. */
export function permute(base: usize, data: usize): void {
  let walk = data + 4;
  for (let cycles = load<i32>(data); cycles > 0; cycles--) {
    const end = walk + 4 + 4 * <usize>load<u32>(walk);
    let p = base + <usize>load<u32>(walk, 4);
    const re = v128.load(p);
    const im = v128.load(p, 16);
    for (walk += 8; walk < end; walk += 4) {
      const q = base + <usize>load<u32>(walk);
      v128.store(p, v128.load(q));
      v128.store(p, v128.load(q, 16), 16);
      p = q;
    }
    v128.store(p, re);
    v128.store(p, im, 16);
  }
}
