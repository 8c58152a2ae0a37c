// The feature kernel: functions of bases, and their derivatives, of 4 samples at a time. A job is described by fields in memory
// (`../../features/layout.ts`); `run` does one of its tasks, which write to places of their own.

import { field } from '../job';
import * as layout from '../../features/layout';
import { activation, activationSlope } from './activations';
import { afSides, afSlope, afValues, normalise, normaliseBackward } from './af';
import { bsplineSlope, bsplineValues } from './bspline';
import { chebyshevSlope, chebyshevValues } from './chebyshev';
import { readColumns, writeRows } from './columns';
import { fourierSlope, fourierValues } from './fourier';
import { radialSlope, radialValues } from './radial';
import { reluSlope, reluValues } from './relu';
import { waveletSlope, waveletValues } from './wavelet';

/** Writes the functions of input i. */
function values(x: v128, i: i32, to: usize, work: usize): void {
  switch (field(layout.BASIS)) {
    case layout.BASIS_BSPLINE:
      return bsplineValues(x, i, to, work);
    case layout.BASIS_FOURIER:
      return fourierValues(x, to, work);
    case layout.BASIS_RADIAL:
      return radialValues(x, to);
    case layout.BASIS_CHEBYSHEV:
      return chebyshevValues(x, to);
    case layout.BASIS_WAVELET:
      return waveletValues(x, i, to);
    case layout.BASIS_RELU:
      return reluValues(x, i, to);
    default:
      afValues(x, i, to);
  }
}

/** Σ_k upstream_k Φ_k′ of input i; adds what belongs to the numbers of the blocks to `sums`. */
function slope(x: v128, i: i32, upstream: usize, sums: usize, work: usize, sides: usize): v128 {
  switch (field(layout.BASIS)) {
    case layout.BASIS_BSPLINE:
      return bsplineSlope(x, i, upstream, work);
    case layout.BASIS_FOURIER:
      return fourierSlope(x, upstream, work);
    case layout.BASIS_RADIAL:
      return radialSlope(x, upstream);
    case layout.BASIS_CHEBYSHEV:
      return chebyshevSlope(x, upstream);
    case layout.BASIS_WAVELET:
      return waveletSlope(x, i, upstream, sums);
    case layout.BASIS_RELU:
      return reluSlope(x, i, upstream, sums);
    default:
      return afSlope(i, upstream, sums, sides);
  }
}

/** Bytes of what one input needs beside its functions. */
// @ts-ignore: decorator
@inline const WORK: usize = 256;

/** Task: `TASK` groups of 4 samples. */
export function run(task: i32, thread: i32): void {
  const inDim = field(layout.IN);
  const width = field(layout.WIDTH);
  const columns = inDim * width;
  const batch = field(layout.BATCH);
  const base = field(layout.BASE);
  const last = 16 * field(layout.SIZE);
  const isBackward = field(layout.KIND) == layout.KIND_BACKWARD;
  const ofWindows = field(layout.BASIS) == layout.BASIS_AF;
  const normalised = ofWindows && field(layout.NORMALISE) != 0;
  const work: usize = field(layout.SCRATCH) + thread * field(layout.SCRATCH_STRIDE);
  const x = work + WORK;
  const upstream = work + field(layout.SCRATCH_UPSTREAM);
  const functions = work + field(layout.SCRATCH_COLUMNS);
  const sides = work + field(layout.SCRATCH_SIDES);
  const sums: usize = field(layout.SUMS) + <usize>task * field(layout.SUMS_STRIDE);
  if (isBackward) memory.fill(sums, 0, field(layout.SUMS_STRIDE));
  const end = min((task + 1) * field(layout.TASK), (batch + 3) / 4);
  for (let group = task * field(layout.TASK); group < end; group++) {
    const rows = min(4, batch - 4 * group);
    const from: usize = 16 * group * inDim;
    const at: usize = field(layout.FEATURES) + 16 * group * columns;
    readColumns(field(layout.X) + from, rows, inDim, x);
    if (!isBackward) {
      for (let i = 0; i < inDim; i++) {
        const to = functions + 16 * i * width;
        values(v128.load(x + 16 * i), i, to, work);
        if (base != layout.NO_BASE) v128.store(to + last, activation(base, v128.load(x + 16 * i)));
      }
      if (normalised) normalise(functions);
      writeRows(functions, rows, columns, at);
      continue;
    }
    readColumns(at, rows, columns, upstream);
    if (ofWindows) {
      for (let i = 0; i < inDim; i++) afSides(v128.load(x + 16 * i), i, functions + 16 * i * width, sides);
      if (normalised) normaliseBackward(functions, upstream);
    }
    for (let i = 0; i < inDim; i++) {
      const own = v128.load(x + 16 * i);
      const above = upstream + 16 * i * width;
      let sum = slope(own, i, above, sums, work, sides);
      if (base != layout.NO_BASE) {
        sum = f32x4.add(sum, f32x4.mul(v128.load(above + last), activationSlope(base, own)));
      }
      v128.store(x + 16 * i, sum);
    }
    writeRows(x, rows, inDim, field(layout.X_GRADIENT) + from);
  }
}

