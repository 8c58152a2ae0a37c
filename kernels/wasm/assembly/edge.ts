// One edge, one block of samples. The state v runs forward; backward, nothing but the torque v × λ runs: under a common
// rotation of v and λ it is rotated likewise, and it is all that any gradient needs.
//
// MODE is a type, so that each combination is compiled on its own: u8 takes finished encodings, u16 turns shared ones by
// the edge's constant offset, u32 does so with slopes (acos).

import {
  DEFECT,
  END_RADIUS,
  END_Z,
  OFFSET_COS,
  OFFSET_SIN,
  SCALE,
  SCALED_WEIGHT,
  START_RADIUS,
  START_Z,
  STRIP_HEAD,
  STRIP_REP,
  SUM_BIAS,
  SUM_HEAD,
  SUM_REP,
  SUM_SCALE,
  SUM_START,
  SUM_TORQUE,
  SUM_WEIGHT,
  TILT_COS,
  TILT_SIN,
  VECTOR,
} from '../layout';
import { ENCODING, SINES, SLOPES } from './encode';
import { fma } from './sincos';

// @ts-ignore: decorator
@inline
function constant<T>(strip: usize, index: usize): v128 {
  return v128.load_splat<T>(strip + index * sizeof<T>());
}

// @ts-ignore: decorator
@inline
function addTo<T>(address: usize, value: v128): void {
  v128.store(address, v128.add<T>(v128.load(address), value));
}

/** a·b − c·d. */
// @ts-ignore: decorator
@inline
function difference<T>(a: v128, b: v128, c: v128, d: v128): v128 {
  return v128.sub<T>(v128.mul<T>(a, b), v128.mul<T>(c, d));
}

/** a·b + c·d. */
// @ts-ignore: decorator
@inline
function sum<T>(a: v128, b: v128, c: v128, d: v128): v128 {
  return v128.add<T>(v128.mul<T>(a, b), v128.mul<T>(c, d));
}

/** s = √(1 − f²) as √(defect + |v × c|²): no digits cancel near a pole. */
// @ts-ignore: decorator
@inline
function sineOf<T>(defect: v128, x: v128, y: v128, z: v128): v128 {
  const square = v128.add<T>(fma<T>(x, x, v128.mul<T>(y, y)), fma<T>(z, z, defect));
  return v128.sqrt<T>(v128.pmax<T>(square, v128.splat<T>(0)));
}

/** y += scale · g(f). */
// @ts-ignore: decorator
@inline
export function forwardEdge<T, MODE>(
  encoding: usize,
  strip: usize,
  reps: i32,
  vectors: i32,
  y: usize,
  amplitude: bool,
): void {
  const startRadius = constant<T>(strip, START_RADIUS);
  const startZ = constant<T>(strip, START_Z);
  const endRadius = constant<T>(strip, END_RADIUS);
  const endZ = constant<T>(strip, END_Z);
  const scale = constant<T>(strip, SCALE);
  const defect = constant<T>(strip, DEFECT);
  const first = strip + STRIP_HEAD * sizeof<T>();
  for (let i = 0; i < vectors; i++) {
    const at: usize = i * VECTOR;
    let row = encoding + at;
    let rep = first;
    let c = v128.load(row);
    let s = v128.load(row, SINES);
    if (sizeof<MODE>() > 1) {
      const oc = constant<T>(rep, OFFSET_COS);
      const os = constant<T>(rep, OFFSET_SIN);
      const turned = difference<T>(c, oc, s, os);
      s = sum<T>(s, oc, c, os);
      c = turned;
    }
    let vx = v128.mul<T>(startRadius, c);
    let vy = v128.mul<T>(startRadius, s);
    let vz = startZ;
    for (let l = 1; l < reps; l++) {
      const tc = constant<T>(rep, TILT_COS);
      const ts = constant<T>(rep, TILT_SIN);
      row += ENCODING;
      rep += STRIP_REP * sizeof<T>();
      const tilted = sum<T>(tc, vx, ts, vz);
      vz = difference<T>(tc, vz, ts, vx);
      c = v128.load(row);
      s = v128.load(row, SINES);
      if (sizeof<MODE>() > 1) {
        const oc = constant<T>(rep, OFFSET_COS);
        const os = constant<T>(rep, OFFSET_SIN);
        const turned = difference<T>(c, oc, s, os);
        s = sum<T>(s, oc, c, os);
        c = turned;
      }
      vx = difference<T>(c, tilted, s, vy);
      vy = sum<T>(s, tilted, c, vy);
    }
    let f = sum<T>(endRadius, vx, endZ, vz);
    if (amplitude) {
      const sine = sineOf<T>(
        defect,
        v128.mul<T>(vy, endZ),
        difference<T>(vz, endRadius, vx, endZ),
        v128.mul<T>(vy, endRadius),
      );
      f = v128.div<T>(f, v128.sqrt<T>(v128.add<T>(v128.splat<T>(1), sine)));
    }
    addTo<T>(y + at, v128.mul<T>(scale, f));
  }
}

/** Adds the block's part of every sum of the edge to `sums` (vectors of partial sums), and of ∂L/∂x to its row. */
// @ts-ignore: decorator
@inline
export function backwardEdge<T, MODE>(
  encoding: usize,
  turned: usize,
  strip: usize,
  reps: i32,
  vectors: i32,
  x: usize,
  upstream: usize,
  toX: usize,
  sums: usize,
  amplitude: bool,
): void {
  const startRadius = constant<T>(strip, START_RADIUS);
  const startZ = constant<T>(strip, START_Z);
  const endRadius = constant<T>(strip, END_RADIUS);
  const endZ = constant<T>(strip, END_Z);
  const defect = constant<T>(strip, DEFECT);
  const first = strip + STRIP_HEAD * sizeof<T>();
  for (let i = 0; i < vectors; i++) {
    const at: usize = i * VECTOR;
    let row = encoding + at;
    let own = turned + at;
    let rep = first;
    let c = v128.load(row);
    let s = v128.load(row, SINES);
    if (sizeof<MODE>() > 1) {
      const oc = constant<T>(rep, OFFSET_COS);
      const os = constant<T>(rep, OFFSET_SIN);
      const moved = difference<T>(c, oc, s, os);
      s = sum<T>(s, oc, c, os);
      c = moved;
      v128.store(own, c);
      v128.store(own, s, SINES);
    }
    let vx = v128.mul<T>(startRadius, c);
    let vy = v128.mul<T>(startRadius, s);
    let vz = startZ;
    for (let l = 1; l < reps; l++) {
      const tc = constant<T>(rep, TILT_COS);
      const ts = constant<T>(rep, TILT_SIN);
      row += ENCODING;
      own += ENCODING;
      rep += STRIP_REP * sizeof<T>();
      const tilted = sum<T>(tc, vx, ts, vz);
      vz = difference<T>(tc, vz, ts, vx);
      c = v128.load(row);
      s = v128.load(row, SINES);
      if (sizeof<MODE>() > 1) {
        const oc = constant<T>(rep, OFFSET_COS);
        const os = constant<T>(rep, OFFSET_SIN);
        const moved = difference<T>(c, oc, s, os);
        s = sum<T>(s, oc, c, os);
        c = moved;
        v128.store(own, c);
        v128.store(own, s, SINES);
      }
      vx = difference<T>(c, tilted, s, vy);
      vy = sum<T>(s, tilted, c, vy);
    }
    // the torque v × c at the end, times ∂L/∂f but for the scale
    let factor = v128.load(upstream + at);
    let f = sum<T>(endRadius, vx, endZ, vz);
    let tx = v128.mul<T>(vy, endZ);
    let ty = difference<T>(vz, endRadius, vx, endZ);
    let tz = v128.neg<T>(v128.mul<T>(vy, endRadius));
    if (amplitude) {
      const one = v128.splat<T>(1);
      const sine = sineOf<T>(defect, tx, ty, tz);
      const root = v128.sqrt<T>(v128.add<T>(one, sine));
      addTo<T>(sums + SUM_SCALE * VECTOR, v128.mul<T>(factor, v128.div<T>(f, root)));
      const least = v128.pmax<T>(sine, v128.splat<T>(<T>1.4901161193847656e-8));
      const slope = v128.div<T>(v128.sqrt<T>(v128.add<T>(one, least)), v128.add<T>(least, least));
      factor = v128.mul<T>(factor, slope);
    } else {
      addTo<T>(sums + SUM_SCALE * VECTOR, v128.mul<T>(factor, f));
    }
    tx = v128.mul<T>(tx, factor);
    ty = v128.mul<T>(ty, factor);
    tz = v128.mul<T>(tz, factor);
    const data = v128.load(x + at);
    let dx = v128.load(toX + at);
    let to = sums + SUM_HEAD * VECTOR + (reps - 1) * (SUM_REP * VECTOR);
    for (let l = reps - 1; ; l--) {
      addTo<T>(to + SUM_TORQUE * VECTOR, tx);
      addTo<T>(to + (SUM_TORQUE + 1) * VECTOR, ty);
      addTo<T>(to + (SUM_TORQUE + 2) * VECTOR, tz);
      let toEncoded = tz;
      if (sizeof<MODE>() > 2) {
        toEncoded = v128.mul<T>(tz, v128.load(row, SLOPES));
        addTo<T>(to + SUM_BIAS * VECTOR, toEncoded);
      }
      addTo<T>(to + SUM_WEIGHT * VECTOR, v128.mul<T>(toEncoded, data));
      dx = fma<T>(toEncoded, constant<T>(rep, SCALED_WEIGHT), dx);
      c = v128.load(own);
      s = v128.load(own, SINES);
      const unturned = sum<T>(c, tx, s, ty);
      ty = difference<T>(c, ty, s, tx);
      if (l == 0) {
        addTo<T>(sums + SUM_START * VECTOR, unturned);
        addTo<T>(sums + (SUM_START + 1) * VECTOR, ty);
        break;
      }
      row -= ENCODING;
      own -= ENCODING;
      rep -= STRIP_REP * sizeof<T>();
      to -= SUM_REP * VECTOR;
      const tc = constant<T>(rep, TILT_COS);
      const ts = constant<T>(rep, TILT_SIN);
      tx = difference<T>(tc, unturned, ts, tz);
      tz = sum<T>(tc, tz, ts, unturned);
    }
    v128.store(toX + at, dx);
  }
}
