// What a task works on, set before its operations run. A thread has an instance, and so globals, of its own.

import {
  COMPLEX,
  JOB,
  MASKS_32,
  MASKS_64,
  OP_LANES,
  OP_LANE_SIGN,
  OP_OUTER_SIGN,
  ROW_COSINES,
  ROW_ENTRY,
  ROW_PER_SAMPLE,
  ROW_SINES,
  ROWS,
} from '../../statevector/layout';

export class Run {
  static psi: usize = 0;
  static costate: usize = 0;
  /** Bytes of the chunk. */
  static size: usize = 0;
  /** Bytes from an amplitude to the next one. */
  static unit: usize = COMPLEX;
  /** Complex vectors of samples; 1 if amplitude-minor. */
  static vectors: usize = 1;
  static batchMinor: bool = false;
  /** Bytes to the sample, or to the first one of the block, in a row of one number a sample. */
  static sample: usize = 0;
  /** The bits of the vector index that the chunk does not hold. */
  static outer: i32 = 0;
  static gradients: usize = 0;
  static gradientStride: usize = 0;
  static scratch: usize = 0;
}

// @ts-ignore: decorator
@inline
export function job(index: i32): i32 {
  return load<i32>(JOB + 4 * index);
}

/** A field that holds an address or a number of bytes. */
// @ts-ignore: decorator
@inline
export function place(index: i32): usize {
  return load<u32>(JOB + 4 * index);
}

// @ts-ignore: decorator
@inline
export function field(op: usize, index: i32): i32 {
  return load<i32>(op + 4 * index);
}

// @ts-ignore: decorator
@inline
export function splatted<T>(address: usize): v128 {
  if (sizeof<T>() == 4) return v128.load32_splat(address);
  return v128.load64_splat(address);
}

/** The lanes whose bits are set, as a mask. */
// @ts-ignore: decorator
@inline
export function lanes<T>(bits: i32): v128 {
  if (sizeof<T>() == 4) return v128.load(MASKS_32 + 16 * bits);
  return v128.load(MASKS_64 + 16 * bits);
}

// @ts-ignore: decorator
@inline
export function signBit<T>(): v128 {
  if (sizeof<T>() == 4) return i32x4.splat(0x80000000);
  return i64x2.splat(0x8000000000000000);
}

// @ts-ignore: decorator
@inline
export function laneMask<T>(op: usize): v128 {
  return lanes<T>(field(op, OP_LANES));
}

/** The sign bit of the lanes of odd parity, turned by the chunk's own parity. */
// @ts-ignore: decorator
@inline
export function laneSign<T>(op: usize, negative: bool): v128 {
  const odd = popcnt(Run.outer & field(op, OP_OUTER_SIGN)) & 1;
  const signs = v128.and(lanes<T>(field(op, OP_LANE_SIGN)), signBit<T>());
  return odd != i32(negative) ? v128.xor(signs, signBit<T>()) : signs;
}

// @ts-ignore: decorator
@inline
export function rowAt(row: i32): usize {
  return place(ROWS) + row * ROW_ENTRY;
}

/** Bytes between the numbers of neighbouring vectors of samples in a row; 0: one number for all. */
// @ts-ignore: decorator
@inline
export function stepOf(row: usize): usize {
  return Run.batchMinor && load<i32>(row, ROW_PER_SAMPLE) ? 16 : 0;
}

// @ts-ignore: decorator
@inline
export function cosinesOf(row: usize): usize {
  const first: usize = load<u32>(row, ROW_COSINES);
  return load<i32>(row, ROW_PER_SAMPLE) ? first + Run.sample : first;
}

// @ts-ignore: decorator
@inline
export function sinesOf(row: usize): usize {
  return cosinesOf(row) + load<u32>(row, ROW_SINES);
}

/** Number `w` of a row: of a vector of samples, or of the one sample, in every lane. */
// @ts-ignore: decorator
@inline
export function entry<T>(address: usize, step: usize, w: usize): v128 {
  return step ? v128.load(address + (w << 4)) : splatted<T>(address);
}

/** The next offset with the bits of `mask` left out. */
// @ts-ignore: decorator
@inline
export function next(offset: usize, mask: usize, unit: usize): usize {
  return ((offset | mask) + unit) & ~mask;
}

// @ts-ignore: decorator
@inline
export function odd(bits: usize): bool {
  return (popcnt(bits) & 1) != 0;
}

/** Lane l holds what lane l ⊕ flip held. */
// @ts-ignore: decorator
@inline
export function flipLanes<T>(v: v128, flip: i32): v128 {
  if (sizeof<T>() == 8) return v128.shuffle<f64>(v, v, 1, 0);
  if (flip == 1) return v128.shuffle<f32>(v, v, 1, 0, 3, 2);
  if (flip == 2) return v128.shuffle<f32>(v, v, 2, 3, 0, 1);
  return v128.shuffle<f32>(v, v, 3, 2, 1, 0);
}

/** The sum of the lanes, in float64. */
// @ts-ignore: decorator
@inline
export function total<T>(v: v128): f64 {
  if (sizeof<T>() == 8) return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
  return (
    (<f64>f32x4.extract_lane(v, 0) + <f64>f32x4.extract_lane(v, 1)) +
    (<f64>f32x4.extract_lane(v, 2) + <f64>f32x4.extract_lane(v, 3))
  );
}

/** Adds to the slope number `index`: a number a sample, or one sum. */
// @ts-ignore: decorator
@inline
export function addSlope<T>(index: i32, w: usize, slope: v128): void {
  if (index < 0) return;
  if (Run.batchMinor) {
    const to = Run.gradients + <usize>index * Run.gradientStride + (w << 4);
    v128.store(to, v128.add<T>(v128.load(to), slope));
  } else {
    const to = Run.gradients + 8 * index;
    store<f64>(to, load<f64>(to) + total<T>(slope));
  }
}
