// Two rotations about different qubits, amplitude-minor, without controls and signs: four vectors are loaded and stored once.

import {
  COMPLEX,
  FLAG_NEGATIVE,
  OP,
  OP_DATA,
  OP_FLAGS,
  OP_FLIP,
  OP_ROW,
} from '../../statevector/layout';
import { difference, sum } from '../products';
import { cosinesOf, field, next, rowAt, Run, signBit, sinesOf, splatted } from './run';

// @ts-ignore: decorator
@inline
function cosineOf<T>(op: usize): v128 {
  return splatted<T>(cosinesOf(rowAt(field(op, OP_ROW))));
}

// @ts-ignore: decorator
@inline
function sineOf<T>(op: usize): v128 {
  const sine = splatted<T>(sinesOf(rowAt(field(op, OP_ROW))));
  return field(op, OP_FLAGS) & FLAG_NEGATIVE ? v128.xor(sine, signBit<T>()) : sine;
}

// @ts-ignore: decorator
@inline
function rotateBoth<T>(op: usize, firstImaginary: bool, secondImaginary: bool): void {
  const first: usize = field(op, OP_DATA);
  const second = first + OP;
  const c = cosineOf<T>(first);
  const s = sineOf<T>(first);
  const d = cosineOf<T>(second);
  const t = sineOf<T>(second);
  const flip: usize = field(first, OP_FLIP);
  const other: usize = field(second, OP_FLIP);
  const mask = flip | other;
  const size = Run.size;
  for (let at: usize = 0; at < size; at = next(at, mask, COMPLEX)) {
    const p = Run.psi + at;
    const q = p + flip;
    const u = p + other;
    const v = q + other;
    let r = v128.load(p);
    let i = v128.load(p, 16);
    let x = v128.load(q);
    let y = v128.load(q, 16);
    const pr = firstImaginary ? sum<T>(c, r, s, y) : difference<T>(c, r, s, x);
    const pi = firstImaginary ? difference<T>(c, i, s, x) : difference<T>(c, i, s, y);
    const qr = firstImaginary ? sum<T>(c, x, s, i) : sum<T>(c, x, s, r);
    const qi = firstImaginary ? difference<T>(c, y, s, r) : sum<T>(c, y, s, i);
    r = v128.load(u);
    i = v128.load(u, 16);
    x = v128.load(v);
    y = v128.load(v, 16);
    const ur = firstImaginary ? sum<T>(c, r, s, y) : difference<T>(c, r, s, x);
    const ui = firstImaginary ? difference<T>(c, i, s, x) : difference<T>(c, i, s, y);
    const vr = firstImaginary ? sum<T>(c, x, s, i) : sum<T>(c, x, s, r);
    const vi = firstImaginary ? difference<T>(c, y, s, r) : sum<T>(c, y, s, i);
    if (secondImaginary) {
      v128.store(p, sum<T>(d, pr, t, ui));
      v128.store(p, difference<T>(d, pi, t, ur), 16);
      v128.store(u, sum<T>(d, ur, t, pi));
      v128.store(u, difference<T>(d, ui, t, pr), 16);
      v128.store(q, sum<T>(d, qr, t, vi));
      v128.store(q, difference<T>(d, qi, t, vr), 16);
      v128.store(v, sum<T>(d, vr, t, qi));
      v128.store(v, difference<T>(d, vi, t, qr), 16);
    } else {
      v128.store(p, difference<T>(d, pr, t, ur));
      v128.store(p, difference<T>(d, pi, t, ui), 16);
      v128.store(u, sum<T>(d, ur, t, pr));
      v128.store(u, sum<T>(d, ui, t, pi), 16);
      v128.store(q, difference<T>(d, qr, t, vr));
      v128.store(q, difference<T>(d, qi, t, vi), 16);
      v128.store(v, sum<T>(d, vr, t, qr));
      v128.store(v, sum<T>(d, vi, t, qi), 16);
    }
  }
}

export function rotateTwoImaginary<T>(op: usize): void {
  rotateBoth<T>(op, true, true);
}
export function rotateTwoReal<T>(op: usize): void {
  rotateBoth<T>(op, false, false);
}
export function rotateTwoMixed<T>(op: usize): void {
  rotateBoth<T>(op, true, false);
}
