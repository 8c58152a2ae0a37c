// The features of a block of samples: cos mt and sin mt for m = 1 … d, then 1 where the constant takes part, or the
// silu of the input. Tiles [row of tiles][input group][feature]; all times the gain, where there is one.

import { fma } from '../products';
import { constantOf, signOf } from '../sincos';
import { field } from '../job';
import { silu } from './silu';
import {
  BATCH,
  BLOCK,
  BLOCK_TILES,
  DEGREE,
  FEATURES,
  FLAG_GAIN,
  FLAG_SILU,
  FLAGS,
  GAIN,
  IN,
  SINGLE_DEGREE,
  TILE,
  X,
} from '../../nodes/layout';

/** Four inputs of a sample from [batch, in]: 0 beyond the last. */
// @ts-ignore: decorator
@inline
export function quad(from: usize, b: i32, group: i32): v128 {
  const inDim = field(IN);
  const address = from + (<usize>b * inDim + 4 * group) * 4;
  if (4 * group + 4 <= inDim) return v128.load(address);
  let value = v128.load32_zero(address);
  if (4 * group + 1 < inDim) value = v128.load_lane<f32>(address, value, 1, 4);
  if (4 * group + 2 < inDim) value = v128.load_lane<f32>(address, value, 2, 8);
  return value;
}

/** Writes the tiles of the input groups from … to of one block; samples beyond the batch count as 0. */
export function features(block: i32, from: i32, to: i32, tiles: usize): void {
  const batch = field(BATCH);
  const degree = field(DEGREE);
  const count = field(FEATURES);
  const gain: usize = field(FLAGS) & FLAG_GAIN ? field(GAIN) : 0;
  const withSilu = (field(FLAGS) & FLAG_SILU) != 0;
  const withX = degree > 0 || withSilu;
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const groupBytes: usize = count * TILE;
  const rowBytes: usize = (to - from) * groupBytes;
  for (let row = 0; row < BLOCK_TILES; row++) {
    if (block * BLOCK + 4 * row >= batch) break;
    for (let sample = 0; sample < 4; sample++) {
      const b = block * BLOCK + 4 * row + sample;
      let tile = tiles + row * rowBytes + 16 * sample;
      for (let group = from; group < to; group++, tile += groupBytes) {
        const x = withX && b < batch ? quad(field(X), b, group) : zero;
        const scale = gain == 0 ? one : b < batch ? quad(gain, b, group) : zero;
        if (degree > SINGLE_DEGREE) additions64(x, scale, degree, tile);
        else if (degree > 0) additions32(x, scale, degree, tile);
        if (count == 2 * degree) continue;
        v128.store(tile + degree * (2 * TILE), withSilu ? silu(x) : scale);
      }
    }
  }
}

/** By angle addition: the error grows by about 1e-7 a step. */
// @ts-ignore: decorator
@inline
function additions32(x: v128, scale: v128, degree: i32, tile: usize): void {
  const rounder = constantOf<f32>(1);
  const rounded = fma<f32>(x, constantOf<f32>(0), rounder);
  const k = f32x4.sub(rounded, rounder);
  const y = f32x4.sub(f32x4.sub(x, f32x4.mul(k, constantOf<f32>(2))), f32x4.mul(k, constantOf<f32>(3)));
  const z = f32x4.mul(y, y);
  const sign = signOf<f32>(rounded);
  let s = fma<f32>(constantOf<f32>(4), z, constantOf<f32>(5));
  let c = fma<f32>(constantOf<f32>(8), z, constantOf<f32>(9));
  s = fma<f32>(s, z, constantOf<f32>(6));
  c = fma<f32>(c, z, constantOf<f32>(10));
  s = fma<f32>(s, z, constantOf<f32>(7));
  c = fma<f32>(c, z, constantOf<f32>(11));
  s = fma<f32>(f32x4.mul(s, z), y, y);
  c = fma<f32>(c, z, constantOf<f32>(12));
  c = fma<f32>(c, z, constantOf<f32>(13));
  c = v128.xor(c, sign);
  s = v128.xor(s, sign);
  let cm = f32x4.mul(c, scale);
  let sm = f32x4.mul(s, scale);
  for (let m = 1; ; m++, tile += 2 * TILE) {
    v128.store(tile, cm);
    v128.store(tile, sm, TILE);
    if (m == degree) break;
    const next = f32x4.sub(f32x4.mul(cm, c), f32x4.mul(sm, s));
    sm = f32x4.add(f32x4.mul(sm, c), f32x4.mul(cm, s));
    cm = next;
  }
}

/** The same in float64, rounded at the end: for degrees whose error would show. */
function additions64(x: v128, scale: v128, degree: i32, tile: usize): void {
  half(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(scale), degree, tile);
  const highX = v128.shuffle<i64>(x, x, 1, 1);
  const highScale = v128.shuffle<i64>(scale, scale, 1, 1);
  half(f64x2.promote_low_f32x4(highX), f64x2.promote_low_f32x4(highScale), degree, tile + 8);
}

function half(x: v128, scale: v128, degree: i32, tile: usize): void {
  const rounder = constantOf<f64>(1);
  const rounded = fma<f64>(x, constantOf<f64>(0), rounder);
  const k = f64x2.sub(rounded, rounder);
  const y = f64x2.sub(f64x2.sub(x, f64x2.mul(k, constantOf<f64>(2))), f64x2.mul(k, constantOf<f64>(3)));
  const z = f64x2.mul(y, y);
  const sign = signOf<f64>(rounded);
  let s = constantOf<f64>(4);
  for (let term = 5; term < 12; term++) s = fma<f64>(s, z, constantOf<f64>(term));
  let c = constantOf<f64>(12);
  for (let term = 13; term < 22; term++) c = fma<f64>(c, z, constantOf<f64>(term));
  s = v128.xor(fma<f64>(f64x2.mul(s, z), y, y), sign);
  c = v128.xor(c, sign);
  let cm = f64x2.mul(c, scale);
  let sm = f64x2.mul(s, scale);
  for (let m = 1; ; m++, tile += 2 * TILE) {
    v128.store64_lane(tile, f32x4.demote_f64x2_zero(cm), 0);
    v128.store64_lane(tile, f32x4.demote_f64x2_zero(sm), 0, TILE);
    if (m == degree) break;
    const next = f64x2.sub(f64x2.mul(cm, c), f64x2.mul(sm, s));
    sm = f64x2.add(f64x2.mul(sm, c), f64x2.mul(cm, s));
    cm = next;
  }
}
