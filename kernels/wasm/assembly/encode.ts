// Encoded angles of a block of samples: cosines, sines and (for acos) slopes dφ/de, one row each.

import { ROW, VECTOR } from '../layout';
import { fma } from './products';
import { constantOf, signOf } from './sincos';

// @ts-ignore: decorator
@inline export const SINES: usize = ROW;
// @ts-ignore: decorator
@inline export const SLOPES: usize = 2 * ROW;
/** Bytes of one repetition's rows. */
// @ts-ignore: decorator
@inline export const ENCODING: usize = 3 * ROW;

/** cos and sin of weight·x + offset, |offset| ≤ π. The offset is added after the reduction, where it loses no bits. */
export function encodeLinear32(x: usize, vectors: i32, weight: f32, offset: f32, to: usize): void {
  const w = f32x4.splat(weight);
  const shift = f32x4.splat(offset);
  const perTurn = constantOf<f32>(0);
  const shiftTurns = f32x4.mul(shift, perTurn);
  const rounder = constantOf<f32>(1);
  const head = constantOf<f32>(2);
  const rest = constantOf<f32>(3);
  const s0 = constantOf<f32>(4);
  const s1 = constantOf<f32>(5);
  const s2 = constantOf<f32>(6);
  const s3 = constantOf<f32>(7);
  const c0 = constantOf<f32>(8);
  const c1 = constantOf<f32>(9);
  const c2 = constantOf<f32>(10);
  const c3 = constantOf<f32>(11);
  const c4 = constantOf<f32>(12);
  const c5 = constantOf<f32>(13);
  const end = x + vectors * VECTOR;
  for (; x < end; x += VECTOR, to += VECTOR) {
    const angle = f32x4.mul(v128.load(x), w);
    const rounded = f32x4.add(fma<f32>(angle, perTurn, shiftTurns), rounder);
    const k = f32x4.sub(rounded, rounder);
    const y = f32x4.add(f32x4.sub(f32x4.sub(angle, f32x4.mul(k, head)), f32x4.mul(k, rest)), shift);
    const z = f32x4.mul(y, y);
    const sign = signOf<f32>(rounded);
    let s = fma<f32>(s0, z, s1);
    let c = fma<f32>(c0, z, c1);
    s = fma<f32>(s, z, s2);
    c = fma<f32>(c, z, c2);
    s = fma<f32>(s, z, s3);
    c = fma<f32>(c, z, c3);
    s = fma<f32>(f32x4.mul(s, z), y, y);
    c = fma<f32>(c, z, c4);
    c = fma<f32>(c, z, c5);
    v128.store(to, v128.xor(c, sign));
    v128.store(to, v128.xor(s, sign), SINES);
  }
}

/** As `encodeLinear32`, with the longer polynomials. */
export function encodeLinear64(x: usize, vectors: i32, weight: f64, offset: f64, to: usize): void {
  const w = f64x2.splat(weight);
  const shift = f64x2.splat(offset);
  const perTurn = constantOf<f64>(0);
  const shiftTurns = f64x2.mul(shift, perTurn);
  const rounder = constantOf<f64>(1);
  const head = constantOf<f64>(2);
  const rest = constantOf<f64>(3);
  const end = x + vectors * VECTOR;
  for (; x < end; x += VECTOR, to += VECTOR) {
    const angle = f64x2.mul(v128.load(x), w);
    const rounded = f64x2.add(fma<f64>(angle, perTurn, shiftTurns), rounder);
    const k = f64x2.sub(rounded, rounder);
    const y = f64x2.add(f64x2.sub(f64x2.sub(angle, f64x2.mul(k, head)), f64x2.mul(k, rest)), shift);
    const z = f64x2.mul(y, y);
    const sign = signOf<f64>(rounded);
    let s = fma<f64>(constantOf<f64>(4), z, constantOf<f64>(5));
    let c = fma<f64>(constantOf<f64>(12), z, constantOf<f64>(13));
    s = fma<f64>(s, z, constantOf<f64>(6));
    c = fma<f64>(c, z, constantOf<f64>(14));
    s = fma<f64>(s, z, constantOf<f64>(7));
    c = fma<f64>(c, z, constantOf<f64>(15));
    s = fma<f64>(s, z, constantOf<f64>(8));
    c = fma<f64>(c, z, constantOf<f64>(16));
    s = fma<f64>(s, z, constantOf<f64>(9));
    c = fma<f64>(c, z, constantOf<f64>(17));
    s = fma<f64>(s, z, constantOf<f64>(10));
    c = fma<f64>(c, z, constantOf<f64>(18));
    s = fma<f64>(s, z, constantOf<f64>(11));
    c = fma<f64>(c, z, constantOf<f64>(19));
    s = fma<f64>(f64x2.mul(s, z), y, y);
    c = fma<f64>(c, z, constantOf<f64>(20));
    c = fma<f64>(c, z, constantOf<f64>(21));
    v128.store(to, v128.xor(c, sign));
    v128.store(to, v128.xor(s, sign), SINES);
  }
}

/** cos φ = e = weight·x + bias within ±1, sin φ = √((1 − e)(1 + e)), dφ/de = −1/sin φ, its sine not below 2⁻²⁶; 0 outside. */
// @ts-ignore: decorator
@inline
export function encodeAcos<T>(x: usize, vectors: i32, weight: T, bias: T, to: usize): void {
  const w = v128.splat<T>(weight);
  const b = v128.splat<T>(bias);
  const one = v128.splat<T>(1);
  const least = v128.splat<T>(<T>1.4901161193847656e-8);
  const end = x + vectors * VECTOR;
  for (; x < end; x += VECTOR, to += VECTOR) {
    const wide = fma<T>(v128.load(x), w, b);
    const e = v128.min<T>(one, v128.max<T>(v128.neg<T>(one), wide));
    const sine = v128.sqrt<T>(v128.mul<T>(v128.sub<T>(one, e), v128.add<T>(one, e)));
    v128.store(to, e);
    v128.store(to, sine, SINES);
    const slope = v128.neg<T>(v128.div<T>(one, v128.pmax<T>(sine, least)));
    v128.store(to, v128.and(slope, v128.eq<T>(e, wide)), SLOPES);
  }
}
