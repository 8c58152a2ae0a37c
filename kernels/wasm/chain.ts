import { checkChoice, checkLength } from '../../src/foundation/checks.js';
import { expected } from '../../src/foundation/errors.js';
import type { ChainGradient, ChainKernel, ChainLayer, Floats } from '../chain.js';
import { checkChain } from '../validate.js';
import { chainBinary } from './generated/chainBinary.js';
import * as layout from './layout.js';
import { planMemory, reserve } from './memory.js';
import { compileBase64, instantiate } from './module.js';
import { sincosConstants } from './sincosConstants.js';
import { type Folding, foldLayer, sharesEncodings, stripLength } from './strips.js';
import { sumsLength, unfoldSums } from './sums.js';

export interface WasmChainOptions {
  /** Precision of the arithmetic and of the results; sums over the batch are in float64 either way. Default float32. */
  readonly precision?: 'float32' | 'float64';
}

const precisions = {
  float32: { bytes: 4, array: Float32Array, forward: layout.KIND_FORWARD_32, backward: layout.KIND_BACKWARD_32 },
  float64: { bytes: 8, array: Float64Array, forward: layout.KIND_FORWARD_64, backward: layout.KIND_BACKWARD_64 },
} as const;

/** Largest |w·x| + |b|: there, neighbouring float32 numbers are 1/8 apart, and an angle means little. */
const LARGEST_ANGLE = { float32: 2 ** 20, float64: 2 ** 48 } as const;

export async function wasmChainKernel(options: WasmChainOptions = {}): Promise<ChainKernel> {
  const { precision = 'float32' } = options;
  checkChoice('wasmChainKernel', 'precision', precision, ['float32', 'float64']);
  const { bytes, array, forward: forwardKind, backward: backwardKind } = precisions[precision];
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  const exports = await instantiate(await compileBase64(chainBinary), memory);
  new Float32Array(memory.buffer, layout.CONSTANTS_32).set(sincosConstants.float32);
  new Float64Array(memory.buffer, layout.CONSTANTS_64).set(sincosConstants.float64);
  const samples = layout.ROW / bytes;
  const suffix = bytes === 4 ? '32' : '64';
  const numbers = (address: number, length: number): Floats => new array(memory.buffer, address, length);
  const threads = 1;

  function prepare(
    where: string,
    layer: ChainLayer,
    x: Floats,
    batch: number,
    upstream: Floats | undefined,
    chunks: number,
  ) {
    const { inDim, outDim, reps } = layer;
    const blocks = Math.ceil(batch / samples);
    const edges = inDim * outDim;
    const scratch = 2 * reps * 3 * layout.ROW + sumsLength(reps) * layout.VECTOR;
    const { at, end } = planMemory({
      strips: edges * stripLength(reps) * bytes,
      shared: inDim * reps * 2 * bytes,
      sums: upstream ? chunks * edges * sumsLength(reps) * 8 : 0,
      scratch: scratch * threads,
      columns: batch * Math.max(inDim, outDim) * bytes,
      x: blocks * inDim * layout.ROW,
      y: blocks * outDim * layout.ROW,
      xGradient: upstream ? blocks * inDim * layout.ROW : 0,
    });
    reserve(where, memory, end);
    numbers(at.columns, x.length).set(x);
    exports[`columnsToRows${suffix}`](at.columns, at.x, batch, inDim, 1);
    if (upstream) {
      numbers(at.columns, upstream.length).set(upstream);
      exports[`columnsToRows${suffix}`](at.columns, at.y, batch, outDim, 0);
    }
    const shares = sharesEncodings(layer);
    const folding = foldLayer(
      where,
      layer,
      shares,
      numbers(at.strips, edges * stripLength(reps)),
      numbers(at.shared, inDim * reps * 2),
    );
    if (layer.encoding === 'linear') checkAngles(where, precision, folding, x);
    const job = new Int32Array(memory.buffer, layout.JOB, 32);
    job[layout.FLAGS] =
      (shares ? layout.FLAG_SHARED : 0) |
      (layer.encoding === 'acos' ? layout.FLAG_ACOS : 0) |
      (layer.measurement === 'amplitude' ? layout.FLAG_AMPLITUDE : 0);
    job[layout.IN] = inDim;
    job[layout.OUT] = outDim;
    job[layout.REPS] = reps;
    job[layout.BATCH] = batch;
    job[layout.X] = at.x;
    job[layout.Y] = at.y;
    job[layout.X_GRADIENT] = at.xGradient;
    job[layout.STRIPS] = at.strips;
    job[layout.SHARED] = at.shared;
    job[layout.SUMS] = at.sums;
    job[layout.SCRATCH] = at.scratch;
    job[layout.SCRATCH_STRIDE] = scratch;
    return { at, job, blocks, folding };
  }

  function runAll(tasks: number): void {
    for (let task = 0; task < tasks; task++) exports.run(task, 0);
  }

  /** Rows of results as the caller has them, [batch, columns]. */
  function columnsFrom(rows: number, columns: number, batch: number, width: number): Floats {
    exports[`rowsToColumns${suffix}`](rows, columns, batch, width);
    return numbers(columns, batch * width).slice();
  }

  function forward(layer: ChainLayer, x: Floats, batch: number): Floats {
    const where = 'wasm chain forward';
    checkChain(where, layer, x, batch);
    const { at, job, blocks } = prepare(where, layer, x, batch, undefined, 0);
    job[layout.KIND] = forwardKind;
    job[layout.GROUP] = layer.outDim;
    runAll(blocks);
    return columnsFrom(at.y, at.columns, batch, layer.outDim);
  }

  function backward(layer: ChainLayer, x: Floats, batch: number, upstream: Floats): ChainGradient {
    const where = 'wasm chain backward';
    checkChain(where, layer, x, batch);
    checkLength(where, 'upstream', upstream, batch * layer.outDim, '[batch, out]');
    const { inDim, outDim, reps } = layer;
    const group = Math.ceil(Math.ceil(batch / samples) / Math.ceil(16 / inDim));
    const chunks = Math.ceil(Math.ceil(batch / samples) / group);
    const { at, job, folding } = prepare(where, layer, x, batch, upstream, chunks);
    job[layout.KIND] = backwardKind;
    job[layout.GROUP] = group;
    runAll(chunks * inDim);
    const sums = new Float64Array(memory.buffer, at.sums, chunks * inDim * outDim * sumsLength(reps));
    return {
      x: columnsFrom(at.xGradient, at.columns, batch, inDim),
      ...unfoldSums(layer, folding, sums, chunks, (length) => new array(length)),
    };
  }

  return { name: 'wasm', precision, forward, backward };
}

function checkAngles(where: string, precision: 'float32' | 'float64', folding: Folding, x: Floats): void {
  let largest = 0;
  for (let k = 0; k < x.length; k++) {
    const size = Math.abs(x[k]);
    if (size > largest && size !== Infinity) largest = size;
  }
  const angle = folding.largestWeight * largest + folding.largestBias;
  if (angle > LARGEST_ANGLE[precision] && angle !== Infinity) {
    throw expected(
      where,
      `encoded angles |w·x| + |b| ≤ ${LARGEST_ANGLE[precision]} in ${precision}`,
      angle,
      'Scale the inputs.',
    );
  }
}
