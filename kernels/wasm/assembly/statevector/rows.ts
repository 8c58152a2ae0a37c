// Rows of cosines and sines of multiplier·angle. The angle, in float64, is reduced to φ = kπ + y, |y| ≤ π/2, in float64 for
// either precision; so float32 loses nothing to large angles. Then both functions take the sign (−1)^k and a polynomial in y².

import { fma } from '../products';
import { constantOf } from '../sincos';

// @ts-ignore: decorator
@inline
function nearest(angle: v128): v128 {
  return f64x2.add(f64x2.mul(angle, constantOf<f64>(0)), constantOf<f64>(1));
}

// @ts-ignore: decorator
@inline
function reduced(angle: v128, rounded: v128): v128 {
  const k = f64x2.sub(rounded, constantOf<f64>(1));
  return f64x2.sub(f64x2.sub(angle, f64x2.mul(k, constantOf<f64>(2))), f64x2.mul(k, constantOf<f64>(3)));
}

/** `count` angles, filled up to whole vectors. */
export function fillRow64(angles: usize, count: usize, multiplier: f64, cosines: usize, sines: usize): void {
  const m = f64x2.splat(multiplier);
  for (let at: usize = 0; at < 8 * count; at += 16) {
    const angle = f64x2.mul(v128.load(angles + at), m);
    const rounded = nearest(angle);
    const y = reduced(angle, rounded);
    const sign = i64x2.shl(rounded, 63);
    const z = f64x2.mul(y, y);
    let s = fma<f64>(constantOf<f64>(4), z, constantOf<f64>(5));
    s = fma<f64>(s, z, constantOf<f64>(6));
    s = fma<f64>(s, z, constantOf<f64>(7));
    s = fma<f64>(s, z, constantOf<f64>(8));
    s = fma<f64>(s, z, constantOf<f64>(9));
    s = fma<f64>(s, z, constantOf<f64>(10));
    s = fma<f64>(s, z, constantOf<f64>(11));
    s = fma<f64>(f64x2.mul(s, z), y, y);
    let c = fma<f64>(constantOf<f64>(12), z, constantOf<f64>(13));
    c = fma<f64>(c, z, constantOf<f64>(14));
    c = fma<f64>(c, z, constantOf<f64>(15));
    c = fma<f64>(c, z, constantOf<f64>(16));
    c = fma<f64>(c, z, constantOf<f64>(17));
    c = fma<f64>(c, z, constantOf<f64>(18));
    c = fma<f64>(c, z, constantOf<f64>(19));
    c = fma<f64>(c, z, constantOf<f64>(20));
    c = fma<f64>(c, z, constantOf<f64>(21));
    v128.store(cosines + at, v128.xor(c, sign));
    v128.store(sines + at, v128.xor(s, sign));
  }
}

export function fillRow32(angles: usize, count: usize, multiplier: f64, cosines: usize, sines: usize): void {
  const m = f64x2.splat(multiplier);
  for (let at: usize = 0; at < 4 * count; at += 16) {
    const first = f64x2.mul(v128.load(angles + 2 * at), m);
    const second = f64x2.mul(v128.load(angles + 2 * at, 16), m);
    const firstRounded = nearest(first);
    const secondRounded = nearest(second);
    const y = v128.shuffle<f32>(
      f32x4.demote_f64x2_zero(reduced(first, firstRounded)),
      f32x4.demote_f64x2_zero(reduced(second, secondRounded)),
      0,
      1,
      4,
      5,
    );
    // bit 0 of k lies in bit 0 of the lower half of each float64
    const sign = i32x4.shl(v128.shuffle<i32>(firstRounded, secondRounded, 0, 2, 4, 6), 31);
    const z = f32x4.mul(y, y);
    let s = fma<f32>(constantOf<f32>(4), z, constantOf<f32>(5));
    s = fma<f32>(s, z, constantOf<f32>(6));
    s = fma<f32>(s, z, constantOf<f32>(7));
    s = fma<f32>(f32x4.mul(s, z), y, y);
    let c = fma<f32>(constantOf<f32>(8), z, constantOf<f32>(9));
    c = fma<f32>(c, z, constantOf<f32>(10));
    c = fma<f32>(c, z, constantOf<f32>(11));
    c = fma<f32>(c, z, constantOf<f32>(12));
    c = fma<f32>(c, z, constantOf<f32>(13));
    v128.store(cosines + at, v128.xor(c, sign));
    v128.store(sines + at, v128.xor(s, sign));
  }
}
