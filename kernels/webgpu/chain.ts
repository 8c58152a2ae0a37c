import { checkLength } from '../../src/foundation/checks.js';
import { DaruanError } from '../../src/foundation/errors.js';
import type { AsyncChainKernel } from '../asynchronous.js';
import type { ChainGradient, ChainLayer, Floats } from '../chain.js';
import { checkChain } from '../validate.js';
import {
  backwardText,
  type ChainVariant,
  chainSizes,
  chainUniforms,
  dataGradientText,
  edgeGradientText,
  forwardText,
  GROUP,
  gradientLength,
  LANES,
  recordLength,
  recordParts,
  variantKey,
} from './chainText.js';
import { type Dispatch, type Engine, openEngine, type Room, type Shader } from './engine.js';

export interface WebGpuChainKernel extends AsyncChainKernel {
  /** Gives the device back. */
  dispose(): void;
}

/**
 * The chain kernel in WGSL: float32, sums over the batch in workgroup memory, in an order that the sizes alone decide. A batch that
 * the device cannot hold is split.
 *
 * @throws (as rejections) what `checkChain` refuses, a layer that does not fit the device, and whatever goes wrong on it
 * @cost  a layer is packed and sent for every call: training on the device goes through tfjs's webgpu backend
 * @example
 * await provideGpu();
 * const kernel = await webGpuChainKernel();
 * const y = await kernel.forward(layer, x, batch);
 */
export async function webGpuChainKernel(): Promise<WebGpuChainKernel> {
  const engine = await openEngine('webGpuChainKernel');
  return {
    name: 'webgpu',
    precision: 'float32',
    async forward(layer, x, batch) {
      const where = 'webgpu chain forward';
      checkChain(where, layer, x, batch);
      return engine.guard(where, (room) => forward(engine, room, layer, x, batch));
    },
    async backward(layer, x, batch, upstream) {
      const where = 'webgpu chain backward';
      checkChain(where, layer, x, batch);
      checkLength(where, 'upstream', upstream, batch * layer.outDim, '[batch, out]');
      return engine.guard(where, (room) => backward(engine, room, layer, x, batch, upstream));
    },
    dispose: () => engine.dispose(),
  };
}

const variantOf = ({ reps, encoding, measurement }: ChainLayer): ChainVariant => ({
  reps,
  encoding,
  measurement,
  offset: 0,
  outside: 'clamp',
});

const shader = (key: string, text: () => string, buffers: readonly string[]): Shader => ({
  key,
  text,
  buffers: Object.fromEntries(['result', ...buffers].map((name) => [name, 'f32'])),
  uniforms: chainUniforms,
  workgroup: GROUP,
});

/** One record an edge. */
function pack(layer: ChainLayer): Float32Array {
  const { inDim, outDim, reps } = layer;
  const [length, parts] = [recordLength(reps), recordParts(reps)];
  const records = new Float32Array(inDim * outDim * length);
  for (const name of ['start', 'blocks', 'end', 'weights', 'biases'] as const) {
    const [values, at] = [layer[name], parts[name]];
    const width = values.length / (inDim * outDim);
    for (let edge = 0; edge < inDim * outDim; edge++) {
      for (let k = 0; k < width; k++) records[edge * length + at + k] = values[edge * width + k];
    }
  }
  return records;
}

const narrow = (values: Floats): Float32Array => (values instanceof Float32Array ? values : Float32Array.from(values));

/** Samples that can be done at a time. */
function rowsAtATime(engine: Engine, where: string, { reps, inDim, outDim }: ChainLayer, batch: number): number {
  const records = 4 * inDim * outDim * recordLength(reps);
  const most = (rows: number) =>
    4 * Math.max(rows * inDim, rows * outDim, chainSizes(reps, rows, inDim, outDim, false).packedLength);
  let rows = batch;
  while (rows > 1 && most(rows) > engine.limitBytes) rows = Math.ceil(rows / 2);
  if (Math.max(records, most(rows)) > engine.limitBytes) {
    throw new DaruanError(
      where,
      `a layer ${inDim} → ${outDim} with ${reps} repetitions needs arrays of ${gigabytes(Math.max(records, most(rows)))}, the device allows ${gigabytes(engine.limitBytes)}`,
      'Split the layer.',
    );
  }
  return rows;
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toPrecision(2)} GB`;

/** Calls `visit` for parts of the batch. */
async function inParts(
  batch: number,
  rows: number,
  visit: (first: number, count: number) => Promise<void>,
): Promise<void> {
  for (let first = 0; first < batch; first += rows) await visit(first, Math.min(rows, batch - first));
}

async function forward(engine: Engine, room: Room, layer: ChainLayer, x: Floats, batch: number): Promise<Float32Array> {
  const { inDim, outDim, reps } = layer;
  const variant = variantOf(layer);
  const program = shader(`forward_${variantKey(variant)}`, () => forwardText(variant), ['x', 'edges', 'scale']);
  const [edges, scale] = [room.filled(pack(layer)), room.filled(narrow(layer.scale))];
  const y = new Float32Array(batch * outDim);
  await inParts(batch, rowsAtATime(engine, 'webgpu chain forward', layer, batch), async (first, count) => {
    const { groups: _, packedLength: __, ...uniforms } = chainSizes(reps, count, inDim, outDim, false);
    const data = room.filled(narrow(x.slice(first * inDim, (first + count) * inDim)));
    const result = room.empty(4 * count * outDim);
    const groups = Math.ceil((outDim * Math.ceil(count / LANES)) / GROUP);
    room.run([{ shader: program, buffers: { result, x: data, edges, scale }, uniforms, groups }]);
    y.set(await room.read(result, 4 * count * outDim), first * outDim);
  });
  return y;
}

async function backward(
  engine: Engine,
  room: Room,
  layer: ChainLayer,
  x: Floats,
  batch: number,
  upstream: Floats,
): Promise<ChainGradient> {
  const { inDim, outDim, reps } = layer;
  const variant = variantOf(layer);
  const width = gradientLength(reps);
  const numEdges = inDim * outDim;
  const walk = shader(`backward_${variantKey(variant)}`, () => backwardText(variant), [
    'x',
    'edges',
    'scale',
    'upstream',
  ]);
  const toData = shader(`data_${reps}`, () => dataGradientText(reps), ['packed']);
  const toEdges = shader(`edges_${reps}`, () => edgeGradientText(reps), ['packed']);
  const [edges, scale] = [room.filled(pack(layer)), room.filled(narrow(layer.scale))];
  const gradient = new Float32Array(batch * inDim);
  const sums = new Float32Array(numEdges * width);
  await inParts(batch, rowsAtATime(engine, 'webgpu chain backward', layer, batch), async (first, count) => {
    const { groups, packedLength, ...uniforms } = chainSizes(reps, count, inDim, outDim, false);
    const data = room.filled(narrow(x.slice(first * inDim, (first + count) * inDim)));
    const up = room.filled(narrow(upstream.slice(first * outDim, (first + count) * outDim)));
    const packed = room.empty(4 * packedLength);
    const [dx, dEdges] = [room.empty(4 * count * inDim), room.empty(4 * numEdges * width)];
    const steps: Dispatch[] = [
      { shader: walk, buffers: { result: packed, x: data, edges, scale, upstream: up }, uniforms, groups },
      { shader: toData, buffers: { result: dx, packed }, uniforms, groups: Math.ceil((count * inDim) / GROUP) },
      { shader: toEdges, buffers: { result: dEdges, packed }, uniforms, groups: Math.ceil((numEdges * width) / GROUP) },
    ];
    room.run(steps);
    gradient.set(await room.read(dx, 4 * count * inDim), first * inDim);
    const part = await room.read(dEdges, 4 * numEdges * width);
    for (let k = 0; k < sums.length; k++) sums[k] += part[k];
  });
  const take = (at: number, length: number): Float32Array =>
    Float32Array.from(
      { length: numEdges * length },
      (_, k) => sums[Math.floor(k / length) * width + at + (k % length)],
    );
  return {
    x: gradient,
    torque: take(0, 3 * (reps + 1)),
    weights: take(3 * (reps + 1), reps),
    biases: take(3 * (reps + 1) + reps, reps),
    scale: take(width - 1, 1),
  };
}
