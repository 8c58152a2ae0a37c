import { checkChoice, checkInteger, checkLength } from '../../src/foundation/checks.js';
import type { ChainGradient, ChainKernel, ChainLayer, Floats } from '../chain.js';
import { checkChain } from '../validate.js';
import { createEngine, type Precision } from './engine.js';
import { prepareJob } from './job.js';
import { sumsLength, unfoldSums } from './sums.js';
import { defaultThreads } from './worker.js';

export interface WasmChainOptions {
  /** Precision of the arithmetic and of the results; sums over the batch are float64 either way. Default float32. */
  readonly precision?: Precision;
  /**
   * Threads that share a job, the calling one among them. By default all the processors there are, up to 8, or 1 where
   * memory cannot be shared (a page that is not cross-origin isolated). Results are the same bits for any number.
   */
  readonly threads?: number;
}

export interface WasmChainKernel extends ChainKernel {
  readonly threads: number;
  /** Ends the workers. The kernel stays usable; the next large job starts new ones. */
  dispose(): void;
}

/** Parts into which a batch is cut for a backward run, so that a layer with few inputs keeps several threads busy. */
const PARTS = 16;

/** Forward tasks a thread: enough to even out, few enough to share encodings within each. */
const TASKS_A_THREAD = 8;
const LEAST_OUTPUTS_A_TASK = 8;

/**
 * The chain kernel in WebAssembly: SIMD over samples, and threads over shared memory. No worker runs before the first large
 * job, and none keeps a process alive.
 *
 * Accuracy: sine and cosine within 2e-7 (float32) and 3.5e-16 (float64) for |w·x| ≤ 1e4, if w·x is exact; beyond, and where
 * it is rounded, within that of the angle. `amplitude` takes √(1 − f²) from the state, so that it keeps its digits near a pole.
 *
 * @throws DaruanError for an unknown precision, for several threads where memory cannot be shared, and, when it runs, for
 *   blocks that are not rotations, for |w·x| + |b| above 2²⁰ (float32) or 2⁴⁸ (float64), and when memory is refused
 * @cost  a sine and a cosine a sample, edge and repetition; once a sample, input and repetition where the weights of an
 *   input are the same for all outputs. Memory: O(batch · (in + out) + in · out · reps), kept for the next call
 * @example
 * const kernel = await wasmChainKernel({ precision: 'float32' });
 * const y = kernel.forward(layer, x, batch);
 */
export async function wasmChainKernel(options: WasmChainOptions = {}): Promise<WasmChainKernel> {
  const { precision = 'float32', threads = defaultThreads() } = options;
  checkChoice('wasmChainKernel', 'precision', precision, ['float32', 'float64']);
  checkInteger('wasmChainKernel', 'threads', threads, 1, 64);
  const engine = await createEngine('wasmChainKernel', precision, threads);
  const { crew, kinds, samplesPerBlock } = engine;

  function columnsOf(rows: number, columns: number, batch: number, width: number): Floats {
    engine.fromRows(rows, columns, batch, width);
    return engine.view(columns, batch * width).slice();
  }

  function forward(layer: ChainLayer, x: Floats, batch: number): Floats {
    const where = 'wasm chain forward';
    checkChain(where, layer, x, batch);
    const { outDim } = layer;
    const { at, start, parallel } = prepareJob(where, engine, layer, x, batch);
    const blocks = Math.ceil(batch / samplesPerBlock);
    const wanted = parallel && threads > 1 ? Math.ceil((TASKS_A_THREAD * threads) / blocks) : 1;
    const group = Math.min(outDim, Math.max(LEAST_OUTPUTS_A_TASK, Math.ceil(outDim / wanted)));
    start(kinds.forward, group);
    crew.work(blocks * Math.ceil(outDim / group), parallel);
    return columnsOf(at.y, at.columns, batch, outDim);
  }

  function backward(layer: ChainLayer, x: Floats, batch: number, upstream: Floats): ChainGradient {
    const where = 'wasm chain backward';
    checkChain(where, layer, x, batch);
    const { inDim, outDim, reps } = layer;
    checkLength(where, 'upstream', upstream, batch * outDim, '[batch, out]');
    const blocks = Math.ceil(batch / samplesPerBlock);
    const group = Math.ceil(blocks / Math.ceil(PARTS / inDim)); // must not depend on the number of threads
    const chunks = Math.ceil(blocks / group);
    const { at, start, parallel, folding } = prepareJob(where, engine, layer, x, batch, upstream, chunks);
    start(kinds.backward, group);
    crew.work(chunks * inDim, parallel);
    const sums = new Float64Array(engine.memory.buffer, at.sums, chunks * inDim * outDim * sumsLength(reps));
    return {
      x: columnsOf(at.xGradient, at.columns, batch, inDim),
      ...unfoldSums(layer, folding, sums, chunks, engine.make),
    };
  }

  return { name: 'wasm', precision, threads, forward, backward, dispose: crew.dispose };
}
