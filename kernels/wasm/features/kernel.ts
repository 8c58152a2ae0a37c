import { checkInteger, checkLength } from '../../../src/foundation/checks.js';
import type { Floats } from '../../chain.js';
import {
  type FeatureKernel,
  type FeatureProgram,
  type FeatureTensors,
  familySize,
  parameterLengths,
} from '../../features.js';
import {
  featuresBinary,
  fusedFeaturesBinary,
  sharedFeaturesBinary,
  sharedFusedFeaturesBinary,
} from '../generated/featuresBinary.js';
import { createTaskEngine } from '../taskEngine.js';
import { defaultThreads } from '../worker.js';
import { fieldsOf, isTrained, numbersOf } from './fields.js';
import * as layout from './layout.js';

export interface WasmFeatureOptions {
  /** Threads that share a job, as for `wasmChainKernel`. Results are the same bits for any number. */
  readonly threads?: number;
}

export interface WasmFeatureKernel extends FeatureKernel {
  readonly threads: number;
  /** Ends the workers. The kernel stays usable; the next large job starts new ones. */
  dispose(): void;
}

/** Parts of a batch that are summed on their own; it does not depend on the threads. */
const TASKS = 16;
/** Features below which waking other threads costs more than it saves. */
const WORTH_SHARING = 2 ** 16;
/** Bytes of what one input needs beside its functions: as in `../assembly/features/index.ts`. */
const WORK = 256;
const VECTOR = 16;

/**
 * The feature kernel in WebAssembly, float32: SIMD over 4 samples at a time, threads over shared memory.
 *
 * Accuracy: a few roundings of float32; splines' places and the angles of trigonometric functions are found in float64.
 *
 * @throws DaruanError for several threads where memory cannot be shared, and, when it runs, when memory is refused
 * @cost what the family costs: two exponentials a window, one a Gaussian or wavelet, degree + 1 splines an input
 */
export async function wasmFeatureKernel({
  threads = defaultThreads(),
}: WasmFeatureOptions = {}): Promise<WasmFeatureKernel> {
  checkInteger('wasmFeatureKernel', 'threads', threads, 1, 64);
  const binaries = {
    own: [fusedFeaturesBinary, featuresBinary],
    shared: [sharedFusedFeaturesBinary, sharedFeaturesBinary],
  };
  const engine = await createTaskEngine('wasmFeatureKernel', binaries, threads, layout.FIELDS);

  function run(where: string, program: FeatureProgram, tensors: FeatureTensors, upstream?: Floats) {
    const { x, batch, inDim, parameters } = tensors;
    const size = familySize(program.family);
    const width = size + (program.base ? 1 : 0);
    const columns = inDim * width;
    checkInteger(where, 'batch', batch, 1);
    checkInteger(where, 'inDim', inDim, 1);
    checkLength(where, 'x', x, batch * inDim, '[batch, in]');
    if (upstream) checkLength(where, 'upstream', upstream, batch * columns, '[batch, in·width]');
    const numbers = numbersOf(program.family);
    const quads = Math.ceil(batch / 4);
    const quadsATask = Math.ceil(quads / TASKS);
    const tasks = Math.ceil(quads / quadsATask);
    const lengths = parameterLengths(program.family, inDim);
    lengths.forEach((length, k) => {
      checkLength(
        where,
        `parameters[${k}]`,
        parameters[k],
        length,
        program.family.kind === 'bspline' ? '[in, 2]' : '[in, K]',
      );
    });
    const [first = 0, second = 0] = lengths;
    const sumsStride = upstream && isTrained(program.family) ? VECTOR * (first + second) : 0;
    const scratchUpstream = WORK + VECTOR * inDim;
    const scratchSides = scratchUpstream + 2 * VECTOR * columns;
    const sides = upstream && program.family.kind === 'windows' ? 4 * VECTOR * inDim * size : 0;
    const scratch = Math.ceil((scratchSides + sides) / 64) * 64;
    const at = engine.room(where, {
      x: 4 * x.length,
      numbers: 4 * numbers.length,
      first: 4 * first,
      second: 4 * second,
      features: 4 * batch * columns,
      xGradient: upstream ? 4 * x.length : 0,
      sums: sumsStride * tasks,
      scratch: scratch * threads,
    });
    engine.put(at.x, x);
    engine.put(at.numbers, numbers);
    lengths.forEach((_, k) => {
      engine.put(k === 0 ? at.first : at.second, parameters[k]);
    });
    if (upstream) engine.put(at.features, upstream);
    engine.set({
      ...fieldsOf(program),
      [layout.KIND]: upstream ? layout.KIND_BACKWARD : layout.KIND_FORWARD,
      [layout.BATCH]: batch,
      [layout.IN]: inDim,
      [layout.SIZE]: size,
      [layout.WIDTH]: width,
      [layout.X]: at.x,
      [layout.FIRST]: at.first,
      [layout.SECOND]: at.second,
      [layout.NUMBERS]: at.numbers,
      [layout.FEATURES]: at.features,
      [layout.X_GRADIENT]: at.xGradient,
      [layout.SUMS]: at.sums,
      [layout.SUMS_STRIDE]: sumsStride,
      [layout.SECOND_SUMS]: VECTOR * first,
      [layout.TASK]: quadsATask,
      [layout.SCRATCH]: at.scratch,
      [layout.SCRATCH_STRIDE]: scratch,
      [layout.SCRATCH_SIDES]: scratchSides,
      [layout.SCRATCH_UPSTREAM]: scratchUpstream,
      [layout.SCRATCH_COLUMNS]: scratchUpstream + VECTOR * columns,
    });
    engine.crew.work(tasks, batch * columns >= WORTH_SHARING);
    return { at, tasks, sumsStride, lengths, columns };
  }

  return {
    threads,
    dispose: engine.crew.dispose,
    features(program, tensors, out) {
      const { at, columns } = run('wasm features', program, tensors);
      out.set(engine.view(at.features, tensors.batch * columns));
    },
    backward(program, tensors, upstream, onX) {
      const { at, tasks, sumsStride, lengths } = run('wasm features backward', program, tensors, upstream);
      onX.set(engine.view(at.xGradient, tensors.x.length));
      if (sumsStride === 0) return lengths.map((length) => new Float32Array(length));
      const sums = engine.view(at.sums, (tasks * sumsStride) / 4);
      const total = new Float64Array(sumsStride / VECTOR);
      for (let from = 0; from < sums.length; ) {
        for (let k = 0; k < total.length; k++, from += 4) {
          total[k] += sums[from] + sums[from + 1] + (sums[from + 2] + sums[from + 3]);
        }
      }
      const [first] = lengths;
      return [total.subarray(0, first), total.subarray(first)].map((block) => Float32Array.from(block));
    },
  };
}
