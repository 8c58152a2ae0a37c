// Encoded angles of a block of samples: cosines, sines and (for acos) slopes dφ/de, one row each.

import { ROW, VECTOR } from '../layout';
import { cosPolynomial, fma, halfTurns, inHalfTurns, number, reduced, signOf, sinPolynomial } from './sincos';

// @ts-ignore: decorator
@inline export const SINES: usize = ROW;
// @ts-ignore: decorator
@inline export const SLOPES: usize = 2 * ROW;
/** Bytes of one repetition's rows. */
// @ts-ignore: decorator
@inline export const ENCODING: usize = 3 * ROW;

/** cos and sin of weight·x + offset, |offset| ≤ π. The offset is added after the reduction, where it loses no bits. */
// @ts-ignore: decorator
@inline
export function encodeLinear<T>(x: usize, vectors: i32, weight: T, offset: T, to: usize): void {
  const w = v128.splat<T>(weight);
  const shift = v128.splat<T>(offset);
  const shiftTurns = inHalfTurns<T>(shift);
  for (let i = 0; i < vectors; i++) {
    const at: usize = i * VECTOR;
    const angle = v128.mul<T>(v128.load(x + at), w);
    const rounded = halfTurns<T>(v128.add<T>(inHalfTurns<T>(angle), shiftTurns));
    const y = v128.add<T>(reduced<T>(angle, rounded), shift);
    const z = v128.mul<T>(y, y);
    const sign = signOf<T>(rounded);
    v128.store(to + at, v128.xor(cosPolynomial<T>(z), sign));
    v128.store(to + at, v128.xor(sinPolynomial<T>(y, z), sign), SINES);
  }
}

/** cos φ = e = weight·x + bias, sin φ = √((1 − e)(1 + e)), dφ/de = −1/sin φ, its sine not below 2⁻²⁶. */
// @ts-ignore: decorator
@inline
export function encodeAcos<T>(x: usize, vectors: i32, weight: T, bias: T, to: usize): void {
  const w = v128.splat<T>(weight);
  const b = v128.splat<T>(bias);
  const one = number<T>(1);
  for (let i = 0; i < vectors; i++) {
    const at: usize = i * VECTOR;
    const e = fma<T>(v128.load(x + at), w, b);
    const sine = v128.sqrt<T>(v128.mul<T>(v128.sub<T>(one, e), v128.add<T>(one, e)));
    v128.store(to + at, e);
    v128.store(to + at, sine, SINES);
    v128.store(to + at, v128.div<T>(number<T>(-1), v128.pmax<T>(sine, number<T>(1.4901161193847656e-8))), SLOPES);
  }
}
