import { fma } from '../products';
import { constantOf, signOf } from '../sincos';
import { DEGREE } from '../../features/layout';
import { field } from '../job';
import { all } from './vector';

/** Beyond, neighbouring numbers are so far apart that an angle means little. */
const LARGEST_ANGLE: f64 = 1e9;

/** cos x to `to`, sin x to `to` + 16: found in float64, for any angle. */
function circle(x: v128, to: usize): void {
  const most = f64x2.splat(LARGEST_ANGLE);
  const rounder = constantOf<f64>(1);
  let part = x;
  for (let at: usize = 0; at < 16; at += 8) {
    const angle = f64x2.max(f64x2.min(f64x2.promote_low_f32x4(part), most), f64x2.neg(most));
    const rounded = fma<f64>(angle, constantOf<f64>(0), rounder);
    const k = f64x2.sub(rounded, rounder);
    const y = f64x2.sub(f64x2.sub(angle, f64x2.mul(k, constantOf<f64>(2))), f64x2.mul(k, constantOf<f64>(3)));
    const z = f64x2.mul(y, y);
    const sign = signOf<f64>(rounded);
    // the leading terms of either series are beyond float32
    let s = constantOf<f64>(7);
    for (let term = 8; term < 12; term++) s = fma<f64>(s, z, constantOf<f64>(term));
    let c = constantOf<f64>(16);
    for (let term = 17; term < 22; term++) c = fma<f64>(c, z, constantOf<f64>(term));
    s = fma<f64>(f64x2.mul(s, z), y, y);
    v128.store64_lane(to + at, f32x4.demote_f64x2_zero(v128.xor(c, sign)), 0);
    v128.store64_lane(to + at, f32x4.demote_f64x2_zero(v128.xor(s, sign)), 0, 16);
    part = v128.shuffle<i64>(part, part, 1, 1);
  }
}

export function fourierValues(x: v128, to: usize, work: usize): void {
  const degree = field(DEGREE);
  circle(x, work);
  const c = v128.load(work);
  const s = v128.load(work, 16);
  let cosine = c;
  let sine = s;
  v128.store(to, all(1));
  const sines = to + 16 * degree;
  for (let m = 1; m <= degree; m++) {
    v128.store(to + 16 * m, cosine);
    v128.store(sines + 16 * m, sine);
    const next = f32x4.sub(f32x4.mul(cosine, c), f32x4.mul(sine, s));
    sine = f32x4.add(f32x4.mul(sine, c), f32x4.mul(cosine, s));
    cosine = next;
  }
}

export function fourierSlope(x: v128, upstream: usize, work: usize): v128 {
  const degree = field(DEGREE);
  circle(x, work);
  const c = v128.load(work);
  const s = v128.load(work, 16);
  let cosine = c;
  let sine = s;
  let sum = all(0);
  const sines = upstream + 16 * degree;
  for (let m = 1; m <= degree; m++) {
    const byCosine = f32x4.mul(v128.load(upstream + 16 * m), sine);
    const change = f32x4.sub(f32x4.mul(v128.load(sines + 16 * m), cosine), byCosine);
    sum = fma<f32>(change, all(<f32>m), sum);
    const next = f32x4.sub(f32x4.mul(cosine, c), f32x4.mul(sine, s));
    sine = f32x4.add(f32x4.mul(sine, c), f32x4.mul(cosine, s));
    cosine = next;
  }
  return sum;
}
