import { BATCH, JOB, ROW, VECTOR } from '../layout';

/** A field of the job, or an address in one. */
// @ts-ignore: decorator
@inline
export function field(index: i32): i32 {
  return load<i32>(JOB + 4 * index);
}

/** Samples in a block. */
// @ts-ignore: decorator
@inline
export function samplesOf<T>(): i32 {
  return ROW / sizeof<T>();
}

/** Number of vectors that the samples of a block fill, rounded up to pairs: rows are filled up. */
// @ts-ignore: decorator
@inline
export function vectorsOf<T>(block: i32): i32 {
  const samples = min(samplesOf<T>(), field(BATCH) - block * samplesOf<T>());
  const pair = <i32>((2 * VECTOR) / sizeof<T>());
  return 2 * ((samples + pair - 1) / pair);
}

// @ts-ignore: decorator
@inline
export function blocks<T>(): i32 {
  return (field(BATCH) + samplesOf<T>() - 1) / samplesOf<T>();
}
