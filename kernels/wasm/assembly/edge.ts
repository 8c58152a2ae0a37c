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
import { difference, fma, sum } from './products';

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

/** s = √(1 − f²) as √(defect + |v × c|²): no digits cancel near a pole. */
// @ts-ignore: decorator
@inline
function sineOf<T>(defect: v128, x: v128, y: v128, z: v128): v128 {
  const square = v128.add<T>(fma<T>(x, x, v128.mul<T>(y, y)), fma<T>(z, z, defect));
  return v128.sqrt<T>(v128.pmax<T>(square, v128.splat<T>(0)));
}

/** g = f / √(1 + s). */
// @ts-ignore: decorator
@inline
function amplitudeOf<T>(f: v128, sine: v128): v128 {
  return v128.div<T>(f, v128.sqrt<T>(v128.add<T>(v128.splat<T>(1), sine)));
}

/** dg/df = √(1 + s) / 2s, s being not below 2⁻²⁶. */
// @ts-ignore: decorator
@inline
function amplitudeSlope<T>(sine: v128): v128 {
  const least = v128.pmax<T>(sine, v128.splat<T>(<T>1.4901161193847656e-8));
  return v128.div<T>(v128.sqrt<T>(v128.add<T>(v128.splat<T>(1), least)), v128.add<T>(least, least));
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
      f = amplitudeOf<T>(f, sine);
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
  const last = sums + SUM_HEAD * VECTOR + (reps - 1) * (SUM_REP * VECTOR);
  for (let i = 0; i < vectors; i += 2) {
    const at: usize = i * VECTOR;
    let row = encoding + at;
    let own = turned + at;
    let rep = first;
    let cA = v128.load(row);
    let cB = v128.load(row, VECTOR);
    let sA = v128.load(row, SINES);
    let sB = v128.load(row, VECTOR + SINES);
    if (sizeof<MODE>() > 1) {
      const oc = constant<T>(rep, OFFSET_COS);
      const os = constant<T>(rep, OFFSET_SIN);
      const movedA = difference<T>(cA, oc, sA, os);
      const movedB = difference<T>(cB, oc, sB, os);
      sA = sum<T>(sA, oc, cA, os);
      sB = sum<T>(sB, oc, cB, os);
      cA = movedA;
      cB = movedB;
      v128.store(own, cA);
      v128.store(own, cB, VECTOR);
      v128.store(own, sA, SINES);
      v128.store(own, sB, VECTOR + SINES);
    }
    let vxA = v128.mul<T>(startRadius, cA);
    let vxB = v128.mul<T>(startRadius, cB);
    let vyA = v128.mul<T>(startRadius, sA);
    let vyB = v128.mul<T>(startRadius, sB);
    let vzA = startZ;
    let vzB = startZ;
    for (let l = 1; l < reps; l++) {
      const tc = constant<T>(rep, TILT_COS);
      const ts = constant<T>(rep, TILT_SIN);
      row += ENCODING;
      own += ENCODING;
      rep += STRIP_REP * sizeof<T>();
      const tiltedA = sum<T>(tc, vxA, ts, vzA);
      const tiltedB = sum<T>(tc, vxB, ts, vzB);
      vzA = difference<T>(tc, vzA, ts, vxA);
      vzB = difference<T>(tc, vzB, ts, vxB);
      cA = v128.load(row);
      cB = v128.load(row, VECTOR);
      sA = v128.load(row, SINES);
      sB = v128.load(row, VECTOR + SINES);
      if (sizeof<MODE>() > 1) {
        const oc = constant<T>(rep, OFFSET_COS);
        const os = constant<T>(rep, OFFSET_SIN);
        const movedA = difference<T>(cA, oc, sA, os);
        const movedB = difference<T>(cB, oc, sB, os);
        sA = sum<T>(sA, oc, cA, os);
        sB = sum<T>(sB, oc, cB, os);
        cA = movedA;
        cB = movedB;
        v128.store(own, cA);
        v128.store(own, cB, VECTOR);
        v128.store(own, sA, SINES);
        v128.store(own, sB, VECTOR + SINES);
      }
      vxA = difference<T>(cA, tiltedA, sA, vyA);
      vxB = difference<T>(cB, tiltedB, sB, vyB);
      vyA = sum<T>(sA, tiltedA, cA, vyA);
      vyB = sum<T>(sB, tiltedB, cB, vyB);
    }
    // the torque v × c at the end, times ∂L/∂f but for the scale
    let factorA = v128.load(upstream + at);
    let factorB = v128.load(upstream + at, VECTOR);
    const fA = sum<T>(endRadius, vxA, endZ, vzA);
    const fB = sum<T>(endRadius, vxB, endZ, vzB);
    let txA = v128.mul<T>(vyA, endZ);
    let txB = v128.mul<T>(vyB, endZ);
    let tyA = difference<T>(vzA, endRadius, vxA, endZ);
    let tyB = difference<T>(vzB, endRadius, vxB, endZ);
    let tzA = v128.neg<T>(v128.mul<T>(vyA, endRadius));
    let tzB = v128.neg<T>(v128.mul<T>(vyB, endRadius));
    if (amplitude) {
      const sineA = sineOf<T>(defect, txA, tyA, tzA);
      const sineB = sineOf<T>(defect, txB, tyB, tzB);
      addTo<T>(sums + SUM_SCALE * VECTOR, v128.mul<T>(factorA, amplitudeOf<T>(fA, sineA)));
      addTo<T>(sums + SUM_SCALE * VECTOR, v128.mul<T>(factorB, amplitudeOf<T>(fB, sineB)));
      factorA = v128.mul<T>(factorA, amplitudeSlope<T>(sineA));
      factorB = v128.mul<T>(factorB, amplitudeSlope<T>(sineB));
    } else {
      addTo<T>(sums + SUM_SCALE * VECTOR, sum<T>(factorA, fA, factorB, fB));
    }
    txA = v128.mul<T>(txA, factorA);
    txB = v128.mul<T>(txB, factorB);
    tyA = v128.mul<T>(tyA, factorA);
    tyB = v128.mul<T>(tyB, factorB);
    tzA = v128.mul<T>(tzA, factorA);
    tzB = v128.mul<T>(tzB, factorB);
    const dataA = v128.load(x + at);
    const dataB = v128.load(x + at, VECTOR);
    let dxA = v128.load(toX + at);
    let dxB = v128.load(toX + at, VECTOR);
    let to = last;
    for (let l = reps - 1; ; l--) {
      addTo<T>(to + SUM_TORQUE * VECTOR, v128.add<T>(txA, txB));
      addTo<T>(to + (SUM_TORQUE + 1) * VECTOR, v128.add<T>(tyA, tyB));
      addTo<T>(to + (SUM_TORQUE + 2) * VECTOR, v128.add<T>(tzA, tzB));
      let toEncodedA = tzA;
      let toEncodedB = tzB;
      if (sizeof<MODE>() > 2) {
        toEncodedA = v128.mul<T>(tzA, v128.load(row, SLOPES));
        toEncodedB = v128.mul<T>(tzB, v128.load(row, VECTOR + SLOPES));
        addTo<T>(to + SUM_BIAS * VECTOR, v128.add<T>(toEncodedA, toEncodedB));
      }
      addTo<T>(to + SUM_WEIGHT * VECTOR, sum<T>(toEncodedA, dataA, toEncodedB, dataB));
      const scaledWeight = constant<T>(rep, SCALED_WEIGHT);
      dxA = fma<T>(toEncodedA, scaledWeight, dxA);
      dxB = fma<T>(toEncodedB, scaledWeight, dxB);
      cA = v128.load(own);
      cB = v128.load(own, VECTOR);
      sA = v128.load(own, SINES);
      sB = v128.load(own, VECTOR + SINES);
      const unturnedA = sum<T>(cA, txA, sA, tyA);
      const unturnedB = sum<T>(cB, txB, sB, tyB);
      tyA = difference<T>(cA, tyA, sA, txA);
      tyB = difference<T>(cB, tyB, sB, txB);
      if (l == 0) {
        addTo<T>(sums + SUM_START * VECTOR, v128.add<T>(unturnedA, unturnedB));
        addTo<T>(sums + (SUM_START + 1) * VECTOR, v128.add<T>(tyA, tyB));
        break;
      }
      row -= ENCODING;
      own -= ENCODING;
      rep -= STRIP_REP * sizeof<T>();
      to -= SUM_REP * VECTOR;
      const tc = constant<T>(rep, TILT_COS);
      const ts = constant<T>(rep, TILT_SIN);
      txA = difference<T>(tc, unturnedA, ts, tzA);
      txB = difference<T>(tc, unturnedB, ts, tzB);
      tzA = sum<T>(tc, tzA, ts, unturnedA);
      tzB = sum<T>(tc, tzB, ts, unturnedB);
    }
    v128.store(toX + at, dxA);
    v128.store(toX + at, dxB, VECTOR);
  }
}
