import { checkInteger } from '../../../src/foundation/checks.js';
import { expected } from '../../../src/foundation/errors.js';
import type { Floats } from '../../chain.js';
import type { NodeKernel, NodeLayer, NodeShape } from '../../nodes.js';
import { checkNodes, type NodeArrays } from '../../validateNodes.js';
import { defaultThreads } from '../worker.js';
import { prepareCompile } from './compile.js';
import { createNodeEngine, type NodeEngine } from './engine.js';
import * as layout from './layout.js';

export interface WasmNodeOptions {
  /** Threads that share a job, as for `wasmChainKernel`. Results are the same bits for any number. */
  readonly threads?: number;
  /**
   * Results are views of the kernel's memory that hold until its next call, for callers that copy them at once. Default false:
   * they are the caller's own.
   */
  readonly lends?: boolean;
}

export interface WasmNodeKernel extends NodeKernel {
  readonly threads: number;
  /** Ends the workers. The kernel stays usable; the next large job starts new ones. */
  dispose(): void;
}

/** Bytes of features that stay in the cache. */
const FEATURE_BYTES = 2 ** 17;
/** Parts of a batch that are summed on their own, and tasks that are worth having. Neither depends on the threads. */
const MOST_CHUNKS = 16;
const TASKS = 8;
/** Multiplications below which waking other threads costs more than it saves. */
const WORTH_SHARING = 2 ** 19;
/** Beyond, neighbouring numbers are so far apart that an angle means little: as in the chain kernel. */
const LARGEST_ANGLE = 2 ** 20;

/** Sizes that follow from a shape, and from whether a constant or silu is one of its features. */
function sizesOf({ inDim, outDim, degree }: NodeShape, withLast: boolean) {
  const groups = Math.ceil(inDim / 4);
  const panels = Math.ceil(outDim / 8);
  const perInput = 2 * degree + (withLast ? 1 : 0);
  const range = Math.min(
    groups,
    Math.max(1, Math.floor(FEATURE_BYTES / (layout.BLOCK_TILES * layout.TILE * Math.max(1, perInput)))),
  );
  return { groups, panels, perInput, range };
}

/**
 * The node kernel in WebAssembly, float32: SIMD products of 4 × 8 sums in registers, features made block by block, threads over
 * shared memory. No worker runs before the first large job, and none keeps a process alive.
 *
 * Accuracy: features within 1e-6 up to degree 8 (angle addition in float32) and within 1e-7 beyond (in float64), for |x| ≤ 1e4.
 *
 * @throws DaruanError for several threads where memory cannot be shared, and, when it runs, for |x| above 2²⁰, and when memory
 *   is refused
 * @cost 2d multiplications and additions a sample and edge (and one for silu); three times that for all gradients
 */
export async function wasmNodeKernel({
  threads = defaultThreads(),
  lends = false,
}: WasmNodeOptions = {}): Promise<WasmNodeKernel> {
  checkInteger('wasmNodeKernel', 'threads', threads, 1, 64);
  const engine = await createNodeEngine('wasmNodeKernel', threads, lends);
  const { crew } = engine;

  function outputs(where: string, shape: NodeShape, arrays: NodeArrays, batch: number): Float32Array {
    checkNodes(where, shape, batch, arrays);
    const { inDim, outDim, order } = shape;
    const { gain, siluWeights } = arrays;
    const sizes = sizesOf(shape, siluWeights !== undefined || (order === 0 && gain !== undefined));
    const { panels, perInput, groups, range } = sizes;
    const blocks = Math.ceil(batch / layout.BLOCK);
    const group = blocks >= TASKS ? panels : Math.ceil(panels / Math.min(panels, Math.ceil(TASKS / blocks)));
    const features = range * layout.BLOCK_TILES * layout.TILE * perInput;
    const scratch = features + layout.BLOCK * group * layout.PANEL_ROW;
    const at = engine.room(where, {
      ...bytesOf(shape, arrays),
      panels: panels * groups * perInput * 4 * layout.PANEL_ROW,
      baseline: panels * layout.PANEL_ROW,
      scratch: scratch * threads,
      y: 4 * batch * outDim,
    });
    begin(engine, where, shape, arrays, at);
    engine.set({
      [layout.KIND]: layout.KIND_OUTPUTS,
      [layout.FLAGS]: (gain ? layout.FLAG_GAIN : 0) | (siluWeights ? layout.FLAG_SILU : 0),
      [layout.BATCH]: batch,
      [layout.FEATURES]: perInput,
      [layout.ORDER]: order,
      [layout.PANELS]: at.panels,
      [layout.BASELINE]: at.baseline,
      [layout.Y]: at.y,
      [layout.RANGE]: range,
      [layout.GROUP]: group,
      [layout.SCRATCH]: at.scratch,
      [layout.SCRATCH_STRIDE]: scratch,
      [layout.SCRATCH_RESULT]: features,
    });
    engine.exports.packOutputs(perInput);
    crew.work(blocks * Math.ceil(panels / group), batch * inDim * outDim * perInput >= WORTH_SHARING);
    return engine.result(at.y, batch * outDim);
  }

  /** The derivatives that are wanted: by the inputs with coefficients of order `inputs`, by the coefficients of order `sums`. */
  function derivatives(
    where: string,
    shape: NodeShape,
    arrays: NodeArrays & { readonly upstream: Floats },
    batch: number,
    wanted: { readonly inputs?: number; readonly sums?: number },
  ) {
    checkNodes(where, shape, batch, arrays);
    const { inDim, outDim, degree } = shape;
    const { gain, siluWeights } = arrays;
    const lastProduct = wanted.inputs === 0 || siluWeights !== undefined;
    const lastSum = wanted.sums === 0 && gain !== undefined;
    const { panels, perInput, groups, range: most } = sizesOf(shape, lastProduct || lastSum);
    const pairs = wanted.inputs === undefined ? 0 : degree + (lastProduct ? 1 : 0);
    const blocks = Math.ceil(batch / layout.BLOCK);
    const chunkBlocks = Math.ceil(blocks / Math.min(blocks, MOST_CHUNKS));
    const chunks = Math.ceil(blocks / chunkBlocks);
    const range = Math.min(most, Math.ceil(groups / Math.min(groups, Math.ceil(TASKS / chunks))));
    const quads = Math.ceil(outDim / 4);
    const features = range * layout.BLOCK_TILES * layout.TILE * perInput;
    const scratch =
      features +
      panels * layout.BLOCK * layout.PANEL_ROW +
      (quads + 1) * layout.BLOCK_TILES * layout.TILE +
      2 * layout.TILE;
    const sumsStride = wanted.sums === undefined ? 0 : (groups * 4 * perInput + 1) * panels * layout.PANEL_ROW;
    const edges = outDim * inDim;
    const length = (2 * degree + 1) * edges;
    const at = engine.room(where, {
      ...bytesOf(shape, arrays),
      panels: groups * pairs * quads * 4 * layout.PANEL_ROW,
      scratch: scratch * threads,
      sums: sumsStride * chunks,
      gradient: wanted.sums === undefined ? 0 : 4 * (length + (siluWeights ? edges : 0)),
      upstream: 4 * arrays.upstream.length,
      xGradient: wanted.inputs === undefined ? 0 : 4 * batch * inDim,
    });
    begin(engine, where, shape, arrays, at);
    engine.put(at.upstream, arrays.upstream);
    const parallel = batch * inDim * outDim * perInput >= WORTH_SHARING;
    engine.set({
      [layout.KIND]: layout.KIND_GRADIENT,
      [layout.FLAGS]:
        (gain ? layout.FLAG_GAIN : 0) |
        (siluWeights ? layout.FLAG_SILU : 0) |
        (wanted.inputs === undefined ? 0 : layout.FLAG_INPUTS) |
        (wanted.sums === undefined ? 0 : layout.FLAG_COEFFICIENTS) |
        (wanted.sums === 0 && !gain ? layout.FLAG_COLUMN_SUMS : 0),
      [layout.BATCH]: batch,
      [layout.FEATURES]: perInput,
      [layout.PAIRS]: pairs,
      [layout.ORDER]: wanted.inputs ?? 0,
      [layout.UPSTREAM]: at.upstream,
      [layout.PANELS]: at.panels,
      [layout.X_GRADIENT]: at.xGradient,
      [layout.SUMS]: at.sums,
      [layout.SUMS_STRIDE]: sumsStride,
      [layout.GRADIENT]: at.gradient,
      [layout.CHUNKS]: chunks,
      [layout.CHUNK_BLOCKS]: chunkBlocks,
      [layout.RANGE]: range,
      [layout.SCRATCH]: at.scratch,
      [layout.SCRATCH_STRIDE]: scratch,
      [layout.SCRATCH_UPSTREAM]: features,
    });
    if (wanted.inputs !== undefined) engine.exports.packInputs(pairs);
    crew.work(chunks * Math.ceil(groups / range), parallel);
    if (wanted.sums !== undefined) {
      engine.set({ [layout.KIND]: layout.KIND_REDUCE, [layout.ORDER]: wanted.sums });
      crew.work(groups, parallel);
    }
    return {
      inputs: () => engine.result(at.xGradient, batch * inDim),
      sums: () => engine.result(at.gradient, length),
      siluSums: () => engine.result(at.gradient + 4 * length, edges),
    };
  }

  return {
    name: 'wasm',
    precision: 'float32',
    threads,
    dispose: crew.dispose,
    outputs: (shape, x, coefficients, batch, gain) =>
      outputs('wasm node outputs', shape, { x, coefficients, gain }, batch),
    inputs: (shape, x, coefficients, upstream, batch) =>
      derivatives('wasm node inputs', shape, { x, coefficients, upstream }, batch, { inputs: shape.order }).inputs(),
    coefficients: (shape, x, upstream, batch, gain) =>
      derivatives('wasm node coefficients', shape, { x, upstream, gain }, batch, { sums: shape.order }).sums(),
    forward: (layer, x, batch) => outputs('wasm node forward', shapeOf(layer), { ...arraysOf(layer), x }, batch),
    backward(layer, x, batch, upstream, byInputs) {
      const arrays = { ...arraysOf(layer), x, upstream };
      const wanted = byInputs ? { inputs: 1, sums: 0 } : { sums: 0 };
      const found = derivatives('wasm node backward', shapeOf(layer), arrays, batch, wanted);
      return {
        coefficients: found.sums(),
        siluWeights: found.siluSums(),
        ...(byInputs ? { x: found.inputs() } : {}),
      };
    },
    ...prepareCompile(engine, threads),
  };
}

const shapeOf = ({ inDim, outDim, degree }: NodeLayer): NodeShape => ({ inDim, outDim, degree, order: 0 });
const arraysOf = ({ coefficients, siluWeights }: NodeLayer) => ({ coefficients, siluWeights });

/** Whether it matters where the inputs are: constants, and their gain, do not ask. */
const readsInputs = ({ degree }: NodeShape, { siluWeights }: NodeArrays): boolean =>
  degree > 0 || siluWeights !== undefined;

/** Room for what every job is given; the weights of silu follow the coefficients. */
function bytesOf(shape: NodeShape, arrays: NodeArrays) {
  const { x, coefficients, gain, siluWeights } = arrays;
  const bytes = (...arrays: readonly (Floats | undefined)[]) =>
    arrays.reduce((sum, array) => sum + 4 * (array?.length ?? 0), 0);
  return {
    coefficients: bytes(coefficients, siluWeights),
    x: readsInputs(shape, arrays) ? bytes(x) : 0,
    gain: bytes(gain),
  };
}

/** Puts what every job is given where its fields say. */
function begin(
  engine: NodeEngine,
  where: string,
  shape: NodeShape,
  arrays: NodeArrays,
  at: Readonly<Record<'x' | 'coefficients' | 'gain', number>>,
): void {
  const { inDim, outDim, degree } = shape;
  const { x, coefficients, gain, siluWeights } = arrays;
  if (coefficients) engine.put(at.coefficients, coefficients);
  if (siluWeights) engine.put(at.coefficients + 4 * (coefficients?.length ?? 0), siluWeights);
  if (gain) engine.put(at.gain, gain);
  if (readsInputs(shape, arrays)) {
    engine.put(at.x, x);
    const angle = engine.exports.largest(at.x, x.length);
    if (degree > 0 && angle > LARGEST_ANGLE && angle !== Infinity) {
      throw expected(where, `|x| ≤ ${LARGEST_ANGLE}`, angle, 'Scale the inputs.');
    }
  }
  engine.set({
    [layout.IN]: inDim,
    [layout.OUT]: outDim,
    [layout.DEGREE]: degree,
    [layout.X]: at.x,
    [layout.GAIN]: at.gain,
    [layout.COEFFICIENTS]: at.coefficients,
  });
}
