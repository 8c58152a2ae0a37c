// A diagonal with two different numbers: one for basis states of even parity under the sign bits, one for those of odd parity.

import {
  COMPLEX,
  FLAG_CONSTANT,
  FLAG_NEGATIVE_EVEN,
  FLAG_NEGATIVE_ODD,
  OP_DATA,
  OP_FLAGS,
  OP_GRADIENT,
  OP_LANE_SIGN,
  OP_MASK,
  OP_OUTER_SIGN,
  OP_ROW,
  OP_ROW_ODD,
  OP_SIGN,
  OP_VALUE,
  ROW_MULTIPLIER,
} from '../../statevector/layout';
import { difference, sum } from '../products';
import { addSlope, cosinesOf, entry, field, laneMask, lanes, next, odd, rowAt, Run, signBit, sinesOf, splatted, stepOf } from './run';

/** The two numbers, lane by lane, and the weights that their angles have in the slope. */
export class Phases {
  static evenRe: v128 = i64x2.splat(0);
  static evenIm: v128 = i64x2.splat(0);
  static oddRe: v128 = i64x2.splat(0);
  static oddIm: v128 = i64x2.splat(0);
  static evenWeight: v128 = i64x2.splat(0);
  static oddWeight: v128 = i64x2.splat(0);
}

// @ts-ignore: decorator
@inline
function weight<T>(row: usize, negative: bool): v128 {
  const multiplier = load<f64>(row, ROW_MULTIPLIER);
  return v128.splat<T>(<T>(negative ? 2 * multiplier : -2 * multiplier));
}

/** Reads the numbers of vector `w` into `Phases`: conjugate if `back`. */
// @ts-ignore: decorator
@inline
export function readPhases<T>(op: usize, w: usize, back: bool): void {
  const flags = field(op, OP_FLAGS);
  let evenRe: v128, evenIm: v128, oddRe: v128, oddIm: v128;
  let evenWeight = v128.splat<T>(0);
  let oddWeight = v128.splat<T>(0);
  if (flags & FLAG_CONSTANT) {
    const data: usize = field(op, OP_DATA);
    evenRe = splatted<T>(data);
    evenIm = splatted<T>(data + sizeof<T>());
    oddRe = splatted<T>(data + 2 * sizeof<T>());
    oddIm = splatted<T>(data + 3 * sizeof<T>());
  } else {
    const even = rowAt(field(op, OP_ROW));
    const odds = rowAt(field(op, OP_ROW_ODD));
    evenRe = entry<T>(cosinesOf(even), stepOf(even), w);
    evenIm = entry<T>(sinesOf(even), stepOf(even), w);
    oddRe = entry<T>(cosinesOf(odds), stepOf(odds), w);
    oddIm = entry<T>(sinesOf(odds), stepOf(odds), w);
    if (flags & FLAG_NEGATIVE_EVEN) evenIm = v128.xor(evenIm, signBit<T>());
    if (flags & FLAG_NEGATIVE_ODD) oddIm = v128.xor(oddIm, signBit<T>());
    if (back) {
      evenWeight = weight<T>(even, (flags & FLAG_NEGATIVE_EVEN) != 0);
      oddWeight = weight<T>(odds, (flags & FLAG_NEGATIVE_ODD) != 0);
    }
  }
  if (back) {
    evenIm = v128.xor(evenIm, signBit<T>());
    oddIm = v128.xor(oddIm, signBit<T>());
  }
  const met = laneMask<T>(op);
  const one = v128.splat<T>(1);
  let turned = lanes<T>(field(op, OP_LANE_SIGN));
  if (odd(Run.outer & field(op, OP_OUTER_SIGN))) turned = v128.not(turned);
  Phases.evenRe = v128.bitselect(v128.bitselect(oddRe, evenRe, turned), one, met);
  Phases.oddRe = v128.bitselect(v128.bitselect(evenRe, oddRe, turned), one, met);
  Phases.evenIm = v128.and(v128.bitselect(oddIm, evenIm, turned), met);
  Phases.oddIm = v128.and(v128.bitselect(evenIm, oddIm, turned), met);
  Phases.evenWeight = v128.and(v128.bitselect(oddWeight, evenWeight, turned), met);
  Phases.oddWeight = v128.and(v128.bitselect(evenWeight, oddWeight, turned), met);
}

// @ts-ignore: decorator
@inline
export function multiply<T>(p: usize, cr: v128, ci: v128): void {
  const re = v128.load(p);
  const im = v128.load(p, 16);
  v128.store(p, difference<T>(cr, re, ci, im));
  v128.store(p, sum<T>(cr, im, ci, re), 16);
}

/** Multiplies state and costate; returns Im conj(λ)ψ. */
// @ts-ignore: decorator
@inline
export function multiplyBoth<T>(p: usize, apart: usize, cr: v128, ci: v128): v128 {
  const re = v128.load(p);
  const im = v128.load(p, 16);
  const otherRe = v128.load(p + apart);
  const otherIm = v128.load(p + apart, 16);
  v128.store(p, difference<T>(cr, re, ci, im));
  v128.store(p, sum<T>(cr, im, ci, re), 16);
  v128.store(p + apart, difference<T>(cr, otherRe, ci, otherIm));
  v128.store(p + apart, sum<T>(cr, otherIm, ci, otherRe), 16);
  return difference<T>(otherRe, im, otherIm, re);
}

/** Im conj(λ)ψ. */
// @ts-ignore: decorator
@inline
export function overlap<T>(p: usize, l: usize): v128 {
  return difference<T>(v128.load(l), v128.load(p, 16), v128.load(l, 16), v128.load(p));
}

// @ts-ignore: decorator
@inline
function half<T>(from: usize, mask: usize, cr: v128, ci: v128): void {
  const size = Run.size;
  const unit = Run.unit;
  for (let at: usize = 0; at < size; at = next(at, mask, unit)) multiply<T>(from + at, cr, ci);
}

/** Batch-minor, with numbers from rows and at most one sign bit: nothing to select by lanes. */
function diagonalOfSamples<T>(op: usize, back: bool): void {
  const flags = field(op, OP_FLAGS);
  const even = rowAt(field(op, OP_ROW));
  const odds = rowAt(field(op, OP_ROW_ODD));
  const evenStep = stepOf(even);
  const oddStep = stepOf(odds);
  const evenCosines = cosinesOf(even);
  const evenSines = sinesOf(even);
  const oddCosines = cosinesOf(odds);
  const oddSines = sinesOf(odds);
  const none = i64x2.splat(0);
  const evenSign = ((flags & FLAG_NEGATIVE_EVEN) != 0) != back ? signBit<T>() : none;
  const oddSign = ((flags & FLAG_NEGATIVE_ODD) != 0) != back ? signBit<T>() : none;
  const evenWeight = weight<T>(even, (flags & FLAG_NEGATIVE_EVEN) != 0);
  const oddWeight = weight<T>(odds, (flags & FLAG_NEGATIVE_ODD) != 0);
  const index = field(op, OP_GRADIENT);
  const signs: usize = field(op, OP_SIGN);
  const mask: usize = field(op, OP_MASK) | signs;
  const apart = Run.costate - Run.psi;
  const vectors = Run.vectors;
  let from = Run.psi + field(op, OP_VALUE);
  if (signs != 0 && next(0, mask, Run.unit) >= Run.size) {
    // two amplitudes a sample: no loops within the loop
    for (let w: usize = 0; w < vectors; w++, from += COMPLEX) {
      const evenRe = entry<T>(evenCosines, evenStep, w);
      const evenIm = v128.xor(entry<T>(evenSines, evenStep, w), evenSign);
      const oddRe = entry<T>(oddCosines, oddStep, w);
      const oddIm = v128.xor(entry<T>(oddSines, oddStep, w), oddSign);
      if (back) {
        const evens = multiplyBoth<T>(from, apart, evenRe, evenIm);
        const odds = multiplyBoth<T>(from + signs, apart, oddRe, oddIm);
        addSlope<T>(index, w, sum<T>(evens, evenWeight, odds, oddWeight));
      } else {
        multiply<T>(from, evenRe, evenIm);
        multiply<T>(from + signs, oddRe, oddIm);
      }
    }
    return;
  }
  for (let w: usize = 0; w < vectors; w++, from += COMPLEX) {
    const evenRe = entry<T>(evenCosines, evenStep, w);
    const evenIm = v128.xor(entry<T>(evenSines, evenStep, w), evenSign);
    if (back) {
      const evens = halfBack<T>(from, apart, mask, evenRe, evenIm);
      let slope = v128.mul<T>(evens, evenWeight);
      if (signs) {
        const oddRe = entry<T>(oddCosines, oddStep, w);
        const oddIm = v128.xor(entry<T>(oddSines, oddStep, w), oddSign);
        const own = halfBack<T>(from + signs, apart, mask, oddRe, oddIm);
        slope = v128.add<T>(slope, v128.mul<T>(own, oddWeight));
      }
      addSlope<T>(index, w, slope);
    } else {
      half<T>(from, mask, evenRe, evenIm);
      if (signs) {
        const oddRe = entry<T>(oddCosines, oddStep, w);
        const oddIm = v128.xor(entry<T>(oddSines, oddStep, w), oddSign);
        half<T>(from + signs, mask, oddRe, oddIm);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function plainSamples(op: usize): bool {
  const signs = field(op, OP_SIGN);
  return Run.batchMinor && (field(op, OP_FLAGS) & FLAG_CONSTANT) == 0 && (signs & (signs - 1)) == 0;
}

export function diagonal<T>(op: usize): void {
  if (plainSamples(op)) {
    diagonalOfSamples<T>(op, false);
    return;
  }
  const mask: usize = field(op, OP_MASK);
  const signs: usize = field(op, OP_SIGN);
  let from = Run.psi + field(op, OP_VALUE);
  for (let w: usize = 0; w < Run.vectors; w++, from += COMPLEX) {
    readPhases<T>(op, w, false);
    const evenRe = Phases.evenRe;
    const evenIm = Phases.evenIm;
    const oddRe = Phases.oddRe;
    const oddIm = Phases.oddIm;
    if ((signs & (signs - 1)) == 0) {
      half<T>(from, mask | signs, evenRe, evenIm);
      if (signs) half<T>(from + signs, mask | signs, oddRe, oddIm);
    } else {
      for (let at: usize = 0; at < Run.size; at = next(at, mask, Run.unit)) {
        if (odd(at & signs)) multiply<T>(from + at, oddRe, oddIm);
        else multiply<T>(from + at, evenRe, evenIm);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function halfBack<T>(from: usize, apart: usize, mask: usize, cr: v128, ci: v128): v128 {
  const size = Run.size;
  const unit = Run.unit;
  let slope = v128.splat<T>(0);
  for (let at: usize = 0; at < size; at = next(at, mask, unit)) {
    slope = v128.add<T>(slope, multiplyBoth<T>(from + at, apart, cr, ci));
  }
  return slope;
}

export function diagonalBack<T>(op: usize): void {
  if (plainSamples(op)) {
    diagonalOfSamples<T>(op, true);
    return;
  }
  const mask: usize = field(op, OP_MASK);
  const signs: usize = field(op, OP_SIGN);
  const apart = Run.costate - Run.psi;
  let from = Run.psi + field(op, OP_VALUE);
  for (let w: usize = 0; w < Run.vectors; w++, from += COMPLEX) {
    readPhases<T>(op, w, true);
    const evenRe = Phases.evenRe;
    const evenIm = Phases.evenIm;
    const oddRe = Phases.oddRe;
    const oddIm = Phases.oddIm;
    let evens = v128.splat<T>(0);
    let odds = v128.splat<T>(0);
    if ((signs & (signs - 1)) == 0) {
      evens = halfBack<T>(from, apart, mask | signs, evenRe, evenIm);
      if (signs) odds = halfBack<T>(from + signs, apart, mask | signs, oddRe, oddIm);
    } else {
      for (let at: usize = 0; at < Run.size; at = next(at, mask, Run.unit)) {
        const p = from + at;
        const own = overlap<T>(p, p + apart);
        if (odd(at & signs)) {
          odds = v128.add<T>(odds, own);
          multiply<T>(p, oddRe, oddIm);
          multiply<T>(p + apart, oddRe, oddIm);
        } else {
          evens = v128.add<T>(evens, own);
          multiply<T>(p, evenRe, evenIm);
          multiply<T>(p + apart, evenRe, evenIm);
        }
      }
    }
    addSlope<T>(field(op, OP_GRADIENT), w, sum<T>(evens, Phases.evenWeight, odds, Phases.oddWeight));
  }
}
