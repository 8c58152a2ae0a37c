import { BIAS, OFFSET, SHARED, STRIP_HEAD, STRIP_REP, WEIGHT } from '../layout';
import { ENCODING, encodeAcos, encodeLinear32, encodeLinear64 } from './encode';
import { field } from './job';

// @ts-ignore: decorator
@inline
function encodeLinear<T>(x: usize, vectors: i32, weight: T, offset: T, to: usize): void {
  if (sizeof<T>() == 4) encodeLinear32(x, vectors, <f32>weight, <f32>offset, to);
  else encodeLinear64(x, vectors, <f64>weight, <f64>offset, to);
}

/** Encodings that all edges of input `i` share, one after the other repetition. */
export function encodeShared<T>(i: i32, x: usize, vectors: i32, reps: i32, acos: bool, to: usize): void {
  let pair: usize = field(SHARED) + 2 * i * reps * sizeof<T>();
  for (let l = 0; l < reps; l++, pair += 2 * sizeof<T>(), to += ENCODING) {
    if (acos) encodeAcos<T>(x, vectors, load<T>(pair), load<T>(pair, sizeof<T>()), to);
    else encodeLinear<T>(x, vectors, load<T>(pair), 0, to);
  }
}

/** Encodings of one edge; the linear ones include its offsets. */
export function encodeOwn<T>(x: usize, vectors: i32, strip: usize, reps: i32, acos: bool, to: usize): void {
  let rep = strip + STRIP_HEAD * sizeof<T>();
  for (let l = 0; l < reps; l++, rep += STRIP_REP * sizeof<T>(), to += ENCODING) {
    const weight = load<T>(rep + WEIGHT * sizeof<T>());
    if (acos) encodeAcos<T>(x, vectors, weight, load<T>(rep + BIAS * sizeof<T>()), to);
    else encodeLinear<T>(x, vectors, weight, load<T>(rep + OFFSET * sizeof<T>()), to);
  }
}
