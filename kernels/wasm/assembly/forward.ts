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
  X,
  Y,
} from '../layout';
import { forwardEdge } from './edge';
import { encodeOwn, encodeShared } from './encodeEdge';
import { field, vectorsOf } from './job';

/** Task: `GROUP` outputs of one block of samples, summed over the inputs in their order. */
export function forwardTask<T>(task: i32, scratch: usize): void {
  const inDim = field(IN);
  const outDim = field(OUT);
  const reps = field(REPS);
  const flags = field(FLAGS);
  const group = field(GROUP);
  const groups = (outDim + group - 1) / group;
  const block = task / groups;
  const from = (task % groups) * group;
  const to = min(from + group, outDim);
  const vectors = vectorsOf<T>(block);
  const stripBytes = (STRIP_HEAD + reps * STRIP_REP) * sizeof<T>();
  const y: usize = field(Y) + block * outDim * ROW;
  memory.fill(y + from * ROW, 0, (to - from) * ROW);
  for (let i = 0; i < inDim; i++) {
    const x: usize = field(X) + (block * inDim + i) * ROW;
    if (flags & FLAG_SHARED) encodeShared<T>(i, x, vectors, reps, (flags & FLAG_ACOS) != 0, scratch);
    let strip: usize = field(STRIPS) + (i * outDim + from) * stripBytes;
    for (let o = from; o < to; o++, strip += stripBytes) {
      forwardOne<T>(x, vectors, strip, reps, flags, scratch, y + o * ROW);
    }
  }
}

function forwardOne<T>(x: usize, vectors: i32, strip: usize, reps: i32, flags: i32, scratch: usize, y: usize): void {
  if (!(flags & FLAG_SHARED)) encodeOwn<T>(x, vectors, strip, reps, (flags & FLAG_ACOS) != 0, scratch);
  if (flags & FLAG_AMPLITUDE) {
    if (flags & (FLAG_SHARED | FLAG_ACOS)) forwardEdge<T, u16>(scratch, strip, reps, vectors, y, true);
    else forwardEdge<T, u8>(scratch, strip, reps, vectors, y, true);
  } else if (flags & (FLAG_SHARED | FLAG_ACOS)) forwardEdge<T, u16>(scratch, strip, reps, vectors, y, false);
  else forwardEdge<T, u8>(scratch, strip, reps, vectors, y, false);
}
