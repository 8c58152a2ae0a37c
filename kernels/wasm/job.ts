import { expected } from '../../src/foundation/errors.js';
import type { ChainLayer, Floats } from '../chain.js';
import type { Engine, Precision } from './engine.js';
import * as layout from './layout.js';
import { planMemory, reserve } from './memory.js';
import { type Folding, foldLayer, sharesEncodings, stripLength } from './strips.js';
import { sumsLength } from './sums.js';

/** Largest |w·x| + |b|, beyond which neighbouring numbers are so far apart that an angle means little. */
const LARGEST_ANGLE: Readonly<Record<Precision, number>> = { float32: 2 ** 20, float64: 2 ** 48 };

/** Arithmetic below which waking other threads costs more than it saves, in samples × edges × repetitions. */
const WORTH_SHARING = 2 ** 16;

/** A layer, its inputs and room for its results, in the memory of an engine. */
export interface Job {
  readonly folding: Folding;
  /** Addresses. `columns` is where arrays pass as the caller has them. */
  readonly at: Readonly<Record<'columns' | 'x' | 'y' | 'xGradient' | 'sums', number>>;
  readonly parallel: boolean;
  /** Sets what tells tasks apart. */
  start(kind: number, group: number): void;
}

/** @param chunks  parts of the batch that are summed on their own; 0 in a forward run, which has no upstream */
export function prepareJob(
  where: string,
  engine: Engine,
  layer: ChainLayer,
  x: Floats,
  batch: number,
  upstream?: Floats,
  chunks = 0,
): Job {
  const { inDim, outDim, reps, encoding, measurement } = layer;
  const { bytesPerNumber, memory, crew } = engine;
  const edges = inDim * outDim;
  const rows = Math.ceil(batch / engine.samplesPerBlock) * layout.ROW;
  const scratch = 2 * reps * 3 * layout.ROW + sumsLength(reps) * layout.VECTOR;
  const { at, end } = planMemory({
    strips: edges * stripLength(reps) * bytesPerNumber,
    shared: inDim * reps * 2 * bytesPerNumber,
    sums: chunks * edges * sumsLength(reps) * 8,
    scratch: scratch * crew.threads,
    columns: batch * Math.max(inDim, outDim) * bytesPerNumber,
    x: rows * inDim,
    y: rows * outDim,
    xGradient: upstream ? rows * inDim : 0,
  });
  reserve(where, memory, end);
  engine.view(at.columns, x.length).set(x);
  engine.toRows(at.columns, at.x, batch, inDim, 'last'); // so that no NaN comes in that was not there
  if (upstream) {
    engine.view(at.columns, upstream.length).set(upstream);
    engine.toRows(at.columns, at.y, batch, outDim, 'zero');
  }
  const shares = sharesEncodings(layer);
  const strips = engine.view(at.strips, edges * stripLength(reps));
  const folding = foldLayer(where, layer, shares, strips, engine.view(at.shared, inDim * reps * 2));
  if (encoding === 'linear') checkAngles(where, engine.precision, folding, x);
  const fields = new Int32Array(memory.buffer, layout.JOB, layout.FIELDS);
  fields[layout.FLAGS] =
    (shares ? layout.FLAG_SHARED : 0) |
    (encoding === 'acos' ? layout.FLAG_ACOS : 0) |
    (measurement === 'amplitude' ? layout.FLAG_AMPLITUDE : 0);
  fields[layout.IN] = inDim;
  fields[layout.OUT] = outDim;
  fields[layout.REPS] = reps;
  fields[layout.BATCH] = batch;
  fields[layout.X] = at.x;
  fields[layout.Y] = at.y;
  fields[layout.X_GRADIENT] = at.xGradient;
  fields[layout.STRIPS] = at.strips;
  fields[layout.SHARED] = at.shared;
  fields[layout.SUMS] = at.sums;
  fields[layout.SCRATCH] = at.scratch;
  fields[layout.SCRATCH_STRIDE] = scratch;
  return {
    folding,
    at,
    parallel: batch * edges * reps >= WORTH_SHARING,
    start(kind, group) {
      fields[layout.KIND] = kind;
      fields[layout.GROUP] = group;
    },
  };
}

function checkAngles(where: string, precision: Precision, folding: Folding, x: Floats): void {
  let largest = 0;
  for (let k = 0; k < x.length; k++) {
    const size = Math.abs(x[k]);
    if (size > largest && size !== Infinity) largest = size;
  }
  const angle = folding.largestWeight * largest + folding.largestBias;
  if (angle > LARGEST_ANGLE[precision] && angle !== Infinity) {
    const wanted = `encoded angles |w·x| + |b| ≤ ${LARGEST_ANGLE[precision]} in ${precision}`;
    throw expected(where, wanted, angle, 'Scale the inputs.');
  }
}
