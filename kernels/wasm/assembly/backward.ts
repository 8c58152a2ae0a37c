import {
  FLAG_ACOS,
  FLAG_AMPLITUDE,
  FLAG_SHARED,
  FLAGS,
  GROUP,
  IN,
  OUT,
  REPS,
  ROW,
  STRIP_HEAD,
  STRIP_REP,
  STRIPS,
  SUM_HEAD,
  SUM_REP,
  SUMS,
  VECTOR,
  X,
  X_GRADIENT,
  Y,
} from '../layout';
import { backwardEdge } from './edge';
import { ENCODING } from './encode';
import { encodeOwn, encodeShared } from './encodeEdge';
import { blocks, field, vectorsOf } from './job';

/** Task: all edges of one input, for `GROUP` blocks of samples in their order. */
export function backwardTask<T>(task: i32, scratch: usize): void {
  const inDim = field(IN);
  const outDim = field(OUT);
  const reps = field(REPS);
  const flags = field(FLAGS);
  const i = task % inDim;
  const chunk = task / inDim;
  const from = chunk * field(GROUP);
  const to = min(from + field(GROUP), blocks<T>());
  const stripBytes = (STRIP_HEAD + reps * STRIP_REP) * sizeof<T>();
  const numSums = SUM_HEAD + reps * SUM_REP;
  const sums: usize = field(SUMS) + task * outDim * numSums * sizeof<f64>();
  const partial: usize = scratch + <usize>(2 * reps) * ENCODING;
  memory.fill(sums, 0, outDim * numSums * sizeof<f64>());
  for (let block = from; block < to; block++) {
    const vectors = vectorsOf<T>(block);
    const x: usize = field(X) + (block * inDim + i) * ROW;
    const upstream: usize = field(Y) + block * outDim * ROW;
    const toX: usize = field(X_GRADIENT) + (block * inDim + i) * ROW;
    memory.fill(toX, 0, ROW);
    if (flags & FLAG_SHARED) encodeShared<T>(i, x, vectors, reps, (flags & FLAG_ACOS) != 0, scratch);
    let strip: usize = field(STRIPS) + i * outDim * stripBytes;
    for (let o = 0; o < outDim; o++, strip += stripBytes) {
      memory.fill(partial, 0, numSums * VECTOR);
      backwardOne<T>(x, vectors, strip, reps, flags, scratch, upstream + o * ROW, toX, partial);
      gather<T>(partial, sums + o * numSums * sizeof<f64>(), numSums);
    }
  }
}

/** Adds the lanes of every partial sum, in their order, to the sums over all blocks. */
function gather<T>(partial: usize, sums: usize, count: i32): void {
  for (let k = 0; k < count; k++) {
    let total = load<f64>(sums + k * sizeof<f64>());
    for (let lane = 0; lane < VECTOR; lane += sizeof<T>()) total += <f64>load<T>(partial + k * VECTOR + lane);
    store<f64>(sums + k * sizeof<f64>(), total);
  }
}

function backwardOne<T>(
  x: usize,
  vectors: i32,
  strip: usize,
  reps: i32,
  flags: i32,
  scratch: usize,
  upstream: usize,
  toX: usize,
  partial: usize,
): void {
  const turned: usize = scratch + <usize>reps * ENCODING;
  if (!(flags & FLAG_SHARED)) encodeOwn<T>(x, vectors, strip, reps, (flags & FLAG_ACOS) != 0, scratch);
  if (flags & FLAG_AMPLITUDE) {
    if (flags & FLAG_ACOS) backwardEdge<T, u32>(scratch, turned, strip, reps, vectors, x, upstream, toX, partial, true);
    else if (flags & FLAG_SHARED) backwardEdge<T, u16>(scratch, turned, strip, reps, vectors, x, upstream, toX, partial, true);
    else backwardEdge<T, u8>(scratch, scratch, strip, reps, vectors, x, upstream, toX, partial, true);
  } else if (flags & FLAG_ACOS) backwardEdge<T, u32>(scratch, turned, strip, reps, vectors, x, upstream, toX, partial, false);
  else if (flags & FLAG_SHARED) backwardEdge<T, u16>(scratch, turned, strip, reps, vectors, x, upstream, toX, partial, false);
  else backwardEdge<T, u8>(scratch, scratch, strip, reps, vectors, x, upstream, toX, partial, false);
}
