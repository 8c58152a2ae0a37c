import { checkLength } from '../../src/foundation/checks.js';
import { DaruanError } from '../../src/foundation/errors.js';
import type { AsyncChainKernel } from '../asynchronous.js';
import type { ChainGradient, ChainLayer, Floats } from '../chain.js';
import { checkChain } from '../validate.js';
import { forwardText, inputsText, numbersOf, parametersText, recordLength } from './chainText.js';
import { type GpujsOptions, type GpujsReport, openEngine } from './engine.js';

export interface GpujsChainKernel extends AsyncChainKernel {
  /** The mode, the adapter, the precision and the largest array. */
  readonly report: GpujsReport;
  /** Gives back what the device holds. */
  dispose(): void;
}

/** Rows of a two-dimensional output: WebGPU promises 65,535 workgroups a dimension, and gpu.js makes them 8 rows each. */
const MOST_ROWS = 8 * 65_535;
/** Depth of a three-dimensional output. */
const MOST_DEPTH = 65_535;
/** Samples that one thread adds up, where the sums of all threads are few enough to bring them to the host. */
const CHUNK = 64;
const MOST_SUMS = 2 ** 22;

/** Part of a layer and of a batch: the outputs and samples from … to − 1. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Chain layers by gpu.js in float32: a thread a number, walking its edges there and back and storing no states. Outputs and samples
 * are split so that every array fits the device.
 *
 * @throws DaruanError if gpu.js or the mode is not to be had; when it runs (as rejections), for what `checkChain` refuses, for inputs so
 *   many that the edges of one output do not fit, and for whatever goes wrong on the device
 * @cost  forward O(batch · in · out · reps); backward about 8·reps times that, since threads share nothing
 * @example
 * await provideGpu();
 * const kernel = await gpujsChainKernel();
 * const y = await kernel.forward(layer, x, batch);
 */
export async function gpujsChainKernel(options: GpujsOptions = {}): Promise<GpujsChainKernel> {
  const engine = await openEngine('gpujsChainKernel', options);
  const { report } = engine;
  const integers = ['inDim', 'reps', 'stride', 'acos', 'amplitude', 'outDim', 'batch', 'chunks', 'rounds', 'count'];
  const [forwardKernel, inputsKernel, parametersKernel] = [forwardText, inputsText, parametersText].map((text) =>
    engine.kernel(text, integers, false),
  );

  const shapeOf = ({ inDim, reps, encoding, measurement }: ChainLayer): number[] => {
    return [inDim, reps, recordLength(reps), Number(encoding === 'acos'), Number(measurement === 'amplitude')];
  };

  /** How outputs and samples are split: each part's arrays fit the device. */
  function split(where: string, layer: ChainLayer, batch: number): { outputs: Range[]; samples: Range[] } {
    const { inDim, outDim, reps } = layer;
    const numbers = Math.floor(report.limitBytes / 4);
    const outputs = Math.floor(numbers / (inDim * Math.max(recordLength(reps), numbersOf(reps, 'acos'))));
    if (outputs < 1) {
      const needed = inDim * recordLength(reps);
      const most = Math.floor(numbers / recordLength(reps));
      const problem = `${inDim} inputs × ${reps} repetitions need arrays of ${4 * needed} bytes, the device allows ${report.limitBytes}`;
      throw new DaruanError(where, problem, `Use at most ${most} inputs.`);
    }
    const rows = Math.min(MOST_ROWS, Math.floor(numbers / Math.max(inDim, Math.min(outputs, outDim))));
    return { outputs: ranges(outDim, Math.min(outputs, MOST_ROWS)), samples: ranges(batch, rows) };
  }

  async function forward(layer: ChainLayer, x: Floats, batch: number): Promise<Floats> {
    const where = 'gpujs chain forward';
    checkChain(where, layer, x, batch);
    const { outDim } = layer;
    const { outputs, samples } = split(where, layer, batch);
    const y = new Float32Array(batch * outDim);
    await engine.guard(where, async () => {
      for (const columns of outputs) {
        const table = recordsOf(layer, columns);
        const width = columns.to - columns.from;
        for (const rows of samples) {
          const data = slice(x, layer.inDim, rows);
          const part = await forwardKernel([width, rows.to - rows.from], data, table, ...shapeOf(layer));
          (part as Float32Array[]).forEach((row, b) => {
            y.set(row, (rows.from + b) * outDim + columns.from);
          });
        }
      }
    });
    return y;
  }

  async function backward(layer: ChainLayer, x: Floats, batch: number, upstream: Floats): Promise<ChainGradient> {
    const where = 'gpujs chain backward';
    checkChain(where, layer, x, batch);
    const { inDim, outDim, reps, encoding } = layer;
    checkLength(where, 'upstream', upstream, batch * outDim, '[batch, out]');
    const { outputs, samples } = split(where, layer, batch);
    const count = numbersOf(reps, encoding);
    const toX = new Float32Array(batch * inDim);
    const sums = new Float64Array(inDim * outDim * count); // [out, in, number]
    await engine.guard(where, async () => {
      for (const columns of outputs) {
        const table = recordsOf(layer, columns);
        const width = columns.to - columns.from;
        for (const rows of samples) {
          const height = rows.to - rows.from;
          const data = slice(x, inDim, rows);
          const up = slice(upstream, outDim, rows, columns);
          const inputs = await inputsKernel([inDim, height], data, table, up, width, ...shapeOf(layer));
          (inputs as Float32Array[]).forEach((row, b) => {
            for (let i = 0; i < inDim; i++) toX[(rows.from + b) * inDim + i] += row[i];
          });
          const chunks = chunksOf(height, inDim * width * count, count);
          const rounds = Math.ceil(height / chunks);
          const sizes = [inDim, width, chunks * count];
          const rest = [height, width, chunks, rounds, count, ...shapeOf(layer)];
          const parts = (await parametersKernel(sizes, data, table, up, ...rest)) as Float32Array[][];
          parts.forEach((plane, z) => {
            plane.forEach((row, o) => {
              const first = (columns.from + o) * inDim;
              for (let i = 0; i < inDim; i++) sums[(first + i) * count + (z % count)] += row[i];
            });
          });
        }
      }
    });
    return { x: toX, ...sorted(layer, sums, count) };
  }

  return { name: 'gpujs', precision: 'float32', report, forward, backward, dispose: engine.dispose };
}

/** How many threads share the samples of one sum. */
function chunksOf(batch: number, sums: number, count: number): number {
  const most = Math.min(Math.floor(MOST_SUMS / sums), Math.floor(MOST_DEPTH / count));
  return Math.max(1, Math.min(most, Math.ceil(batch / CHUNK)));
}

/** 0 … total − 1 in parts of `most` or less. */
function ranges(total: number, most: number): Range[] {
  const count = Math.ceil(total / most);
  return Array.from({ length: count }, (_, k) => ({ from: k * most, to: Math.min(total, (k + 1) * most) }));
}

/** Some rows, and of them some columns, of a matrix with `width` columns. */
function slice(values: Floats, width: number, rows: Range, columns: Range = { from: 0, to: width }): Float32Array {
  if (columns.to - columns.from === width)
    return Float32Array.from(values.subarray(rows.from * width, rows.to * width));
  const taken = columns.to - columns.from;
  const part = new Float32Array((rows.to - rows.from) * taken);
  for (let b = rows.from; b < rows.to; b++) {
    part.set(values.subarray(b * width + columns.from, b * width + columns.to), (b - rows.from) * taken);
  }
  return part;
}

/** The records of the edges of some outputs: `chainText.ts` says what is in them. */
function recordsOf({ inDim, reps, start, end, scale, weights, biases, blocks }: ChainLayer, { from, to }: Range) {
  const stride = recordLength(reps);
  const parts = [start, end, scale, weights, biases, blocks].map((values, part) => ({
    values,
    length: [3, 3, 1, reps, reps, 9 * (reps - 1)][part],
  }));
  const table = new Float32Array((to - from) * inDim * stride);
  for (let edge = from * inDim, at = 0; edge < to * inDim; edge++) {
    for (const { values, length } of parts) {
      for (let k = 0; k < length; k++) table[at++] = values[edge * length + k];
    }
  }
  return table;
}

/** Sums [out, in, number] as the parts of a gradient. */
function sorted({ inDim, outDim, reps, encoding }: ChainLayer, sums: Float64Array, count: number) {
  const edges = inDim * outDim;
  const pick = (length: number, number: (k: number) => number): Float32Array =>
    Float32Array.from({ length: edges * length }, (_, at) => {
      return sums[Math.floor(at / length) * count + number(at % length)];
    });
  return {
    torque: pick(3 * (reps + 1), (k) => 4 * Math.floor(k / 3) + (k % 3)),
    weights: pick(reps, (l) => 4 * (l + 1) + 3),
    biases: pick(reps, (l) => (encoding === 'acos' ? 4 * (reps + 1) + l : 4 * (l + 1) + 2)),
    scale: pick(1, () => 3),
  };
}
