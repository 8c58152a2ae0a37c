// A product of one-qubit states, chunk by chunk: a table over the bits that a chunk holds, times a number for those that it does not.

import { COMPLEX, LOCAL_MASK, PRODUCT, SCRATCH_PRODUCT, STATE_BITS } from '../../statevector/layout';
import { difference, sum } from '../products';
import { job, place, Run } from './run';

/** re, or im, of a qubit's amplitude. */
// @ts-ignore: decorator
@inline
function amplitude(qubit: usize, bit: usize, part: usize): f64 {
  return load<f64>(place(PRODUCT) + (((qubit << 2) | (bit << 1) | part) << 3));
}

// @ts-ignore: decorator
@inline
function laneBits<T>(): usize {
  return sizeof<T>() == 8 ? 1 : 2;
}

/** v128s of re and im for the lanes, from the lowest qubits. */
function storeLanes<T>(to: usize): void {
  const lanes: usize = 16 / sizeof<T>();
  for (let lane: usize = 0; lane < lanes; lane++) {
    let re: f64 = 1;
    let im: f64 = 0;
    for (let qubit: usize = 0; qubit < laneBits<T>(); qubit++) {
      const bit = (lane >> qubit) & 1;
      const r = amplitude(qubit, bit, 0);
      const i = amplitude(qubit, bit, 1);
      const own = re * r - im * i;
      im = re * i + im * r;
      re = own;
    }
    store<T>(to + lane * sizeof<T>(), <T>re);
    store<T>(to + lane * sizeof<T>(), <T>im, 16);
  }
}

// @ts-ignore: decorator
@inline
function storeProduct<T>(from: usize, to: usize, cr: v128, ci: v128): void {
  const re = v128.load(from);
  const im = v128.load(from, 16);
  v128.store(to, difference<T>(cr, re, ci, im));
  v128.store(to, sum<T>(cr, im, ci, re), 16);
}

/** The table, in the scratch: doubled for every bit that a chunk holds. */
export function fillTable<T>(): void {
  const table = Run.scratch + place(SCRATCH_PRODUCT);
  storeLanes<T>(table);
  let size: usize = COMPLEX;
  let qubit = laneBits<T>();
  for (let rest = job(LOCAL_MASK); rest != 0; rest >>= 1, qubit++) {
    if (!(rest & 1)) continue;
    const zeroRe = v128.splat<T>(<T>amplitude(qubit, 0, 0));
    const zeroIm = v128.splat<T>(<T>amplitude(qubit, 0, 1));
    const oneRe = v128.splat<T>(<T>amplitude(qubit, 1, 0));
    const oneIm = v128.splat<T>(<T>amplitude(qubit, 1, 1));
    for (let p = table; p < table + size; p += COMPLEX) {
      storeProduct<T>(p, p + size, oneRe, oneIm);
      storeProduct<T>(p, p, zeroRe, zeroIm);
    }
    size <<= 1;
  }
}

/** The chunk `Run.outer`. */
export function fillProduct<T>(): void {
  let re: f64 = 1;
  let im: f64 = 0;
  const mask = job(LOCAL_MASK);
  for (let bit: usize = 0; bit < <usize>job(STATE_BITS); bit++) {
    if ((mask >> <i32>bit) & 1) continue;
    const value: usize = (Run.outer >> <i32>bit) & 1;
    const r = amplitude(bit + laneBits<T>(), value, 0);
    const i = amplitude(bit + laneBits<T>(), value, 1);
    const own = re * r - im * i;
    im = re * i + im * r;
    re = own;
  }
  const cr = v128.splat<T>(<T>re);
  const ci = v128.splat<T>(<T>im);
  const table = Run.scratch + place(SCRATCH_PRODUCT);
  const size = Run.size;
  const psi = Run.psi;
  for (let at: usize = 0; at < size; at += COMPLEX) storeProduct<T>(table + at, psi + at, cr, ci);
}
