import type { ChainLayer } from '../../kernels/chain.js';
import type { Random } from '../../src/foundation/random.js';

export interface LayerOptions {
  readonly inDim: number;
  readonly outDim: number;
  readonly reps: number;
  readonly encoding?: ChainLayer['encoding'];
  readonly measurement?: ChainLayer['measurement'];
  /** `fixed`: w = 1, b = 0. `shared`: an input's edges have the same w and b. `own`: each edge has its own. */
  readonly weights: 'fixed' | 'shared' | 'own';
}

/** A random rotation, row-major, from a unit quaternion. */
export function randomRotation(random: Random): number[] {
  const q = [0, 0, 0, 0].map(() => random.normal());
  const [w, x, y, z] = q.map((value) => value / Math.hypot(...q));
  return [
    [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
    [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
    [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
  ].flat();
}

const randomDirection = (random: Random): number[] => randomRotation(random).slice(0, 3);

/** A layer in the kernel's form, whatever circuit it may stand for; |w·x| + |b| ≤ 1 for |x| ≤ 1 where `acos` needs it. */
export function randomLayer(random: Random, options: LayerOptions): ChainLayer {
  const { inDim, outDim, reps, encoding = 'linear', measurement = 'expectation', weights } = options;
  const edges = inDim * outDim;
  const packed = (length: number, draw: () => number[]) => Float64Array.from(Array.from({ length }, draw).flat());
  const [slope, shift] = encoding === 'acos' ? [0.7, 0.25] : [2, 3];
  const w = packed(edges * reps, () => [weights === 'fixed' ? 1 : random.uniform(-slope, slope)]);
  const b = packed(edges * reps, () => [weights === 'fixed' ? 0 : random.uniform(-shift, shift)]);
  if (weights === 'shared') {
    for (let k = inDim * reps; k < edges * reps; k++) {
      w[k] = w[k % (inDim * reps)];
      b[k] = b[k % (inDim * reps)];
    }
  }
  return {
    inDim,
    outDim,
    reps,
    encoding,
    measurement,
    start: packed(edges, () => randomDirection(random)),
    blocks: packed(edges * (reps - 1), () => randomRotation(random)),
    end: packed(edges, () => randomDirection(random)),
    weights: w,
    biases: b,
    scale: packed(edges, () => [random.normal()]),
  };
}
