// Diagonals one after another, amplitude-minor, as one pass: the product of a table over the lowest bits of the chunk and one
// over the highest. Each factor's sign bits lie in one of the two, or outside of the chunk. All slopes come from the products
// Im conj(λ)ψ, a sum over which by bits costs one addition an amplitude for all bits together.

import {
  COMPLEX,
  OP,
  OP_DATA,
  OP_FLAGS,
  OP_GRADIENT,
  OP_SIGN,
  SCRATCH_PRODUCTS,
  SCRATCH_TABLES,
} from '../../statevector/layout';
import { multiply, multiplyBoth, Phases, readPhases } from './diagonal';
import { difference, sum } from '../products';
import { addSlope, field, odd, place, Run } from './run';

/** Complex vectors of the lower table, and their logarithm. */
const LOW_BITS: usize = 5;
const LOW: usize = 1 << LOW_BITS;
const LOW_BYTES: usize = LOW * COMPLEX;

// @ts-ignore: decorator
@inline
function lowSize(): usize {
  return min(LOW_BYTES, Run.size);
}

/** Both tables, in the scratch: the lower one, then the higher one. */
function fillTables<T>(factors: usize, count: i32, back: bool): usize {
  const table = Run.scratch + place(SCRATCH_TABLES);
  const low = lowSize();
  const high = Run.size / low;
  const end = table + low + high * COMPLEX;
  for (let p = table; p < end; p += COMPLEX) {
    v128.store(p, v128.splat<T>(1));
    v128.store(p, v128.splat<T>(0), 16);
  }
  for (let k = 0; k < count; k++) {
    const op = factors + k * OP;
    const signs: usize = field(op, OP_SIGN);
    readPhases<T>(op, 0, back);
    const evenRe = Phases.evenRe;
    const evenIm = Phases.evenIm;
    const oddRe = Phases.oddRe;
    const oddIm = Phases.oddIm;
    if (signs >= low) {
      const bits = signs / low;
      for (let i: usize = 0; i < high; i++) {
        const isOdd = odd(i & bits);
        multiply<T>(table + low + i * COMPLEX, isOdd ? oddRe : evenRe, isOdd ? oddIm : evenIm);
      }
    } else {
      for (let at: usize = 0; at < low; at += COMPLEX) {
        const isOdd = odd(at & signs);
        multiply<T>(table + at, isOdd ? oddRe : evenRe, isOdd ? oddIm : evenIm);
      }
    }
  }
  return table;
}

export function diagonalRun<T>(op: usize): void {
  const table = fillTables<T>(field(op, OP_DATA), field(op, OP_FLAGS), false);
  const low = lowSize();
  let upper = table + low;
  const end = Run.psi + Run.size;
  for (let p = Run.psi; p < end; upper += COMPLEX) {
    const hr = v128.load(upper);
    const hi = v128.load(upper, 16);
    for (let at: usize = 0; at < low; at += COMPLEX, p += COMPLEX) {
      const tr = v128.load(table + at);
      const ti = v128.load(table + at, 16);
      multiply<T>(p, difference<T>(tr, hr, ti, hi), sum<T>(tr, hi, ti, hr));
    }
  }
}

export function diagonalRunBack<T>(op: usize): void {
  const factors: usize = field(op, OP_DATA);
  const count = field(op, OP_FLAGS);
  const table = fillTables<T>(factors, count, true);
  const low = lowSize();
  const products = Run.scratch + place(SCRATCH_PRODUCTS);
  const apart = Run.costate - Run.psi;
  let upper = table + low;
  const end = Run.psi + Run.size;
  let to = products;
  for (let p = Run.psi; p < end; upper += COMPLEX) {
    const hr = v128.load(upper);
    const hi = v128.load(upper, 16);
    for (let at: usize = 0; at < low; at += COMPLEX, p += COMPLEX, to += 16) {
      const tr = v128.load(table + at);
      const ti = v128.load(table + at, 16);
      const cr = difference<T>(tr, hr, ti, hi);
      const ci = sum<T>(tr, hi, ti, hr);
      v128.store(to, multiplyBoth<T>(p, apart, cr, ci));
    }
  }
  for (let k = 0; k < count; k++) {
    const factor = factors + k * OP;
    const signs: usize = field(factor, OP_SIGN);
    if (field(factor, OP_GRADIENT) >= 0 && (signs & (signs - 1)) != 0) addParity<T>(factor, products, signs);
  }
  addBits<T>(factors, count, products);
}

// @ts-ignore: decorator
@inline
function addFactor<T>(factor: usize, evens: v128, odds: v128): void {
  readPhases<T>(factor, 0, true);
  addSlope<T>(field(factor, OP_GRADIENT), 0, sum<T>(evens, Phases.evenWeight, odds, Phases.oddWeight));
}

/** The slope of a factor with several sign bits. */
function addParity<T>(factor: usize, products: usize, signs: usize): void {
  let evens = v128.splat<T>(0);
  let odds = v128.splat<T>(0);
  for (let at: usize = 0; at < Run.size; at += COMPLEX) {
    const own = v128.load(products + (at >> 1));
    if (odd(at & signs)) odds = v128.add<T>(odds, own);
    else evens = v128.add<T>(evens, own);
  }
  addFactor<T>(factor, evens, odds);
}

/** The slopes of the factors with one sign bit or none: the products are folded in half bit by bit, from the highest on. */
function addBits<T>(factors: usize, count: i32, products: usize): void {
  for (let bit: usize = Run.size >> 1; bit >= <usize>COMPLEX; bit >>= 1) {
    let evens = v128.splat<T>(0);
    let odds = v128.splat<T>(0);
    const half = bit >> 1;
    for (let p = products; p < products + half; p += 16) {
      const a = v128.load(p);
      const b = v128.load(p + half);
      evens = v128.add<T>(evens, a);
      odds = v128.add<T>(odds, b);
      v128.store(p, v128.add<T>(a, b));
    }
    for (let k = 0; k < count; k++) {
      const factor = factors + k * OP;
      if (<usize>field(factor, OP_SIGN) == bit && field(factor, OP_GRADIENT) >= 0) addFactor<T>(factor, evens, odds);
    }
  }
  for (let k = 0; k < count; k++) {
    const factor = factors + k * OP;
    if (field(factor, OP_SIGN) != 0 || field(factor, OP_GRADIENT) < 0) continue;
    addFactor<T>(factor, v128.load(products), v128.splat<T>(0));
  }
}
