// exp(−iθP/2) with a P that flips bits. Partners i (the pair's bit 0) and j = i ⊕ flip mix with cos(θ/2) and σ·sin(θ/2), where
// σ = ±1 is the parity of i; P with an odd number of Y is real there, with an even number imaginary:
//   real:      a ← c·a − σs·b,   b ← c·b + σs·a        imaginary: a ← c·a − iσs·b,  b ← c·b − iσs·a

import {
  COMPLEX,
  FLAG_NEGATIVE,
  OP_FLAGS,
  OP_FLIP,
  OP_GRADIENT,
  OP_LANE_FLIP,
  OP_MASK,
  OP_ROW,
  OP_SIGN,
  OP_VALUE,
} from '../../statevector/layout';
import { difference, sum } from '../products';
import { addSlope, cosinesOf, entry, field, flipLanes, laneMask, laneSign, lanes, next, odd, rowAt, Run, signBit, sinesOf, splatted, stepOf } from './run';

// @ts-ignore: decorator
@inline
function turn<T>(p: usize, q: usize, c: v128, s: v128, imaginary: bool): void {
  const ar = v128.load(p);
  const ai = v128.load(p, 16);
  const br = v128.load(q);
  const bi = v128.load(q, 16);
  if (imaginary) {
    v128.store(p, sum<T>(c, ar, s, bi));
    v128.store(p, difference<T>(c, ai, s, br), 16);
    v128.store(q, sum<T>(c, br, s, ai));
    v128.store(q, difference<T>(c, bi, s, ar), 16);
  } else {
    v128.store(p, difference<T>(c, ar, s, br));
    v128.store(p, difference<T>(c, ai, s, bi), 16);
    v128.store(q, sum<T>(c, br, s, ar));
    v128.store(q, sum<T>(c, bi, s, ai), 16);
  }
}

/** Im conj(λ)·Pψ of both partners, without σ. */
// @ts-ignore: decorator
@inline
function slopeOf<T>(p: usize, q: usize, l: usize, m: usize, imaginary: bool): v128 {
  const ar = v128.load(p);
  const ai = v128.load(p, 16);
  const br = v128.load(q);
  const bi = v128.load(q, 16);
  const lr = v128.load(l);
  const li = v128.load(l, 16);
  const mr = v128.load(m);
  const mi = v128.load(m, 16);
  if (imaginary) return v128.add<T>(difference<T>(lr, bi, li, br), difference<T>(mr, ai, mi, ar));
  return v128.sub<T>(sum<T>(mr, ar, mi, ai), sum<T>(lr, br, li, bi));
}

/** Turns state and costate back; returns the slope as `slopeOf` does, before. */
// @ts-ignore: decorator
@inline
function turnBoth<T>(p: usize, q: usize, apart: usize, c: v128, s: v128, imaginary: bool): v128 {
  const ar = v128.load(p);
  const ai = v128.load(p, 16);
  const br = v128.load(q);
  const bi = v128.load(q, 16);
  const lr = v128.load(p + apart);
  const li = v128.load(p + apart, 16);
  const mr = v128.load(q + apart);
  const mi = v128.load(q + apart, 16);
  let slope: v128;
  if (imaginary) {
    slope = v128.add<T>(difference<T>(lr, bi, li, br), difference<T>(mr, ai, mi, ar));
    v128.store(p, sum<T>(c, ar, s, bi));
    v128.store(p, difference<T>(c, ai, s, br), 16);
    v128.store(q, sum<T>(c, br, s, ai));
    v128.store(q, difference<T>(c, bi, s, ar), 16);
    v128.store(p + apart, sum<T>(c, lr, s, mi));
    v128.store(p + apart, difference<T>(c, li, s, mr), 16);
    v128.store(q + apart, sum<T>(c, mr, s, li));
    v128.store(q + apart, difference<T>(c, mi, s, lr), 16);
  } else {
    slope = v128.sub<T>(sum<T>(mr, ar, mi, ai), sum<T>(lr, br, li, bi));
    v128.store(p, difference<T>(c, ar, s, br));
    v128.store(p, difference<T>(c, ai, s, bi), 16);
    v128.store(q, sum<T>(c, br, s, ar));
    v128.store(q, sum<T>(c, bi, s, ai), 16);
    v128.store(p + apart, difference<T>(c, lr, s, mr));
    v128.store(p + apart, difference<T>(c, li, s, mi), 16);
    v128.store(q + apart, sum<T>(c, mr, s, lr));
    v128.store(q + apart, sum<T>(c, mi, s, li), 16);
  }
  return slope;
}

/** As `turn`, the partner's lanes flipped too. */
function turnFlipped<T>(p: usize, q: usize, c: v128, s: v128, flip: i32, imaginary: bool): void {
  flipVector<T>(q, flip);
  turn<T>(p, q, c, s, imaginary);
  flipVector<T>(q, flip);
}

function slopeFlipped<T>(p: usize, q: usize, l: usize, m: usize, flip: i32, imaginary: bool): v128 {
  flipVector<T>(q, flip);
  flipVector<T>(m, flip);
  const slope = slopeOf<T>(p, q, l, m, imaginary);
  flipVector<T>(q, flip);
  flipVector<T>(m, flip);
  return slope;
}

// @ts-ignore: decorator
@inline
function flipVector<T>(p: usize, flip: i32): void {
  if (flip == 0) return;
  v128.store(p, flipLanes<T>(v128.load(p), flip));
  v128.store(p, flipLanes<T>(v128.load(p, 16), flip), 16);
}

// @ts-ignore: decorator
@inline
function rotateAll<T>(op: usize, imaginary: bool): void {
  const row = rowAt(field(op, OP_ROW));
  const step = stepOf(row);
  const cosines = cosinesOf(row);
  const sines = sinesOf(row);
  const mask: usize = field(op, OP_MASK);
  const flip: usize = field(op, OP_FLIP);
  const signs: usize = field(op, OP_SIGN);
  const laneFlip = field(op, OP_LANE_FLIP);
  const unit = Run.unit;
  const size = Run.size;
  const met = laneMask<T>(op);
  const turned = laneSign<T>(op, (field(op, OP_FLAGS) & FLAG_NEGATIVE) != 0);
  let from = Run.psi + field(op, OP_VALUE);
  if (Run.batchMinor && next(0, mask, unit) >= size && laneFlip == 0) {
    // one pair a sample: no loop within the loop
    for (let w: usize = 0; w < Run.vectors; w++, from += COMPLEX) {
      turn<T>(from, from + flip, entry<T>(cosines, step, w), v128.xor(entry<T>(sines, step, w), turned), imaginary);
    }
    return;
  }
  for (let w: usize = 0; w < Run.vectors; w++, from += COMPLEX) {
    const c = v128.bitselect(entry<T>(cosines, step, w), v128.splat<T>(1), met);
    const s = v128.and(v128.xor(entry<T>(sines, step, w), turned), met);
    if (signs == 0 && laneFlip == 0) {
      for (let at: usize = 0; at < size; at = next(at, mask, unit)) turn<T>(from + at, from + (at ^ flip), c, s, imaginary);
    } else {
      const negated = v128.xor(s, signBit<T>());
      for (let at: usize = 0; at < size; at = next(at, mask, unit)) {
        turnFlipped<T>(from + at, from + (at ^ flip), c, odd(at & signs) ? negated : s, laneFlip, imaginary);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function rotateAllBack<T>(op: usize, imaginary: bool): void {
  const row = rowAt(field(op, OP_ROW));
  const step = stepOf(row);
  const cosines = cosinesOf(row);
  const sines = sinesOf(row);
  const mask: usize = field(op, OP_MASK);
  const flip: usize = field(op, OP_FLIP);
  const signs: usize = field(op, OP_SIGN);
  const laneFlip = field(op, OP_LANE_FLIP);
  const unit = Run.unit;
  const size = Run.size;
  const met = laneMask<T>(op);
  const turned = laneSign<T>(op, (field(op, OP_FLAGS) & FLAG_NEGATIVE) != 0);
  const index = field(op, OP_GRADIENT);
  let from = Run.psi + field(op, OP_VALUE);
  const apart = Run.costate - Run.psi;
  if (Run.batchMinor && next(0, mask, unit) >= size && laneFlip == 0) {
    const back = v128.xor(turned, signBit<T>());
    for (let w: usize = 0; w < Run.vectors; w++, from += COMPLEX) {
      const c = entry<T>(cosines, step, w);
      const s = v128.xor(entry<T>(sines, step, w), back);
      addSlope<T>(index, w, v128.xor(turnBoth<T>(from, from + flip, apart, c, s, imaginary), turned));
    }
    return;
  }
  for (let w: usize = 0; w < Run.vectors; w++, from += COMPLEX) {
    const c = v128.bitselect(entry<T>(cosines, step, w), v128.splat<T>(1), met);
    const s = v128.and(v128.xor(v128.xor(entry<T>(sines, step, w), signBit<T>()), turned), met);
    let slope = v128.splat<T>(0);
    if (signs == 0 && laneFlip == 0) {
      for (let at: usize = 0; at < size; at = next(at, mask, unit)) {
        slope = v128.add<T>(slope, turnBoth<T>(from + at, from + (at ^ flip), apart, c, s, imaginary));
      }
    } else {
      const negated = v128.xor(s, signBit<T>());
      for (let at: usize = 0; at < size; at = next(at, mask, unit)) {
        const p = from + at;
        const q = from + (at ^ flip);
        const own = slopeFlipped<T>(p, q, p + apart, q + apart, laneFlip, imaginary);
        const isOdd = odd(at & signs);
        slope = isOdd ? v128.sub<T>(slope, own) : v128.add<T>(slope, own);
        const t = isOdd ? negated : s;
        turnFlipped<T>(p, q, c, t, laneFlip, imaginary);
        turnFlipped<T>(p + apart, q + apart, c, t, laneFlip, imaginary);
      }
    }
    addSlope<T>(index, w, v128.and(v128.xor(slope, turned), met));
  }
}

export function rotateReal<T>(op: usize): void {
  rotateAll<T>(op, false);
}
export function rotateImaginary<T>(op: usize): void {
  rotateAll<T>(op, true);
}
export function rotateRealBack<T>(op: usize): void {
  rotateAllBack<T>(op, false);
}
export function rotateImaginaryBack<T>(op: usize): void {
  rotateAllBack<T>(op, true);
}

// The same with partners in the lanes of one vector: lane l mixes with lane l ⊕ flip.

/** The sign bit of the lanes where the target is 0. */
// @ts-ignore: decorator
@inline
function lowLanes<T>(flip: i32): v128 {
  if (sizeof<T>() == 8) return v128.and(lanes<T>(1), signBit<T>());
  return v128.and(flip == 1 ? lanes<T>(5) : lanes<T>(3), signBit<T>());
}

// @ts-ignore: decorator
@inline
function turnLanes<T>(p: usize, flip: i32, c: v128, s: v128, imaginary: bool): void {
  const re = v128.load(p);
  const im = v128.load(p, 16);
  const otherRe = flipLanes<T>(re, flip);
  const otherIm = flipLanes<T>(im, flip);
  if (imaginary) {
    v128.store(p, sum<T>(c, re, s, otherIm));
    v128.store(p, difference<T>(c, im, s, otherRe), 16);
  } else {
    v128.store(p, sum<T>(c, re, s, otherRe));
    v128.store(p, sum<T>(c, im, s, otherIm), 16);
  }
}

// @ts-ignore: decorator
@inline
function rotateLanesAll<T>(op: usize, imaginary: bool, back: bool): void {
  const row = rowAt(field(op, OP_ROW));
  const mask: usize = field(op, OP_MASK);
  const flip = field(op, OP_LANE_FLIP);
  const signs: usize = field(op, OP_SIGN);
  const met = laneMask<T>(op);
  let turned = laneSign<T>(op, (field(op, OP_FLAGS) & FLAG_NEGATIVE) != 0);
  if (!imaginary) turned = v128.xor(turned, lowLanes<T>(flip));
  const c = v128.bitselect(splatted<T>(cosinesOf(row)), v128.splat<T>(1), met);
  let s = v128.xor(splatted<T>(sinesOf(row)), turned);
  if (back) s = v128.xor(s, signBit<T>());
  s = v128.and(s, met);
  const negated = v128.xor(s, signBit<T>());
  const from = Run.psi + field(op, OP_VALUE);
  const apart = Run.costate - Run.psi;
  let slope = v128.splat<T>(0);
  for (let at: usize = 0; at < Run.size; at = next(at, mask, COMPLEX)) {
    const isOdd = odd(at & signs);
    const t = isOdd ? negated : s;
    const p = from + at;
    if (back) {
      const l = p + apart;
      const re = flipLanes<T>(v128.load(p), flip);
      const im = flipLanes<T>(v128.load(p, 16), flip);
      const own = imaginary
        ? difference<T>(v128.load(l), im, v128.load(l, 16), re)
        : sum<T>(v128.load(l), re, v128.load(l, 16), im);
      slope = isOdd ? v128.sub<T>(slope, own) : v128.add<T>(slope, own);
      turnLanes<T>(l, flip, c, t, imaginary);
    }
    turnLanes<T>(p, flip, c, t, imaginary);
  }
  if (back) addSlope<T>(field(op, OP_GRADIENT), 0, v128.and(v128.xor(slope, turned), met));
}

export function rotateLanesReal<T>(op: usize): void {
  rotateLanesAll<T>(op, false, false);
}
export function rotateLanesImaginary<T>(op: usize): void {
  rotateLanesAll<T>(op, true, false);
}
export function rotateLanesRealBack<T>(op: usize): void {
  rotateLanesAll<T>(op, false, true);
}
export function rotateLanesImaginaryBack<T>(op: usize): void {
  rotateLanesAll<T>(op, true, true);
}
