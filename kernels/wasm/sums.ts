import type { ChainGradient, ChainLayer, Floats } from '../chain.js';
import * as layout from './layout.js';
import type { Folding } from './strips.js';

export const sumsLength = (reps: number): number => layout.SUM_HEAD + reps * layout.SUM_REP;

/** Adds the chunks' sums, shape [chunks, in, out, sums], in their order, to the first chunk's. */
function addChunks(sums: Float64Array, chunks: number): void {
  const size = sums.length / chunks;
  for (let k = size; k < sums.length; k++) sums[k % size] += sums[k];
}

/**
 * Turns the sums over samples back to the frames of the layer, and applies the scale that all share.
 *
 * @param sums  shape [chunks, in, out, sums]; the first chunk's are overwritten
 * @param make  a new array of the kernel's precision
 */
export function unfoldSums(
  layer: ChainLayer,
  { frames, starts }: Folding,
  sums: Float64Array,
  chunks: number,
  make: (length: number) => Floats,
): Omit<ChainGradient, 'x'> {
  addChunks(sums, chunks);
  const { inDim, outDim, reps } = layer;
  const edges = inDim * outDim;
  const gradient = {
    torque: make(edges * (reps + 1) * 3),
    weights: make(edges * reps),
    biases: make(edges * reps),
    scale: make(edges),
  };
  const length = sumsLength(reps);
  const biasAt = layer.encoding === 'linear' ? layout.SUM_TORQUE + 2 : layout.SUM_BIAS;
  for (let o = 0; o < outDim; o++) {
    for (let i = 0; i < inDim; i++) {
      const edge = o * inDim + i;
      const from = (i * outDim + o) * length;
      const scale = layer.scale[edge];
      gradient.scale[edge] = sums[from + layout.SUM_SCALE];
      const to = 3 * edge * (reps + 1);
      const x = scale * sums[from + layout.SUM_START];
      const y = scale * sums[from + layout.SUM_START + 1];
      gradient.torque[to] = starts[2 * edge] * x - starts[2 * edge + 1] * y;
      gradient.torque[to + 1] = starts[2 * edge + 1] * x + starts[2 * edge] * y;
      // a rotation about z leaves the z component alone
      gradient.torque[to + 2] = scale * sums[from + layout.SUM_HEAD + layout.SUM_TORQUE + 2];
      for (let l = 0; l < reps; l++) {
        const rep = from + layout.SUM_HEAD + l * layout.SUM_REP;
        const at = edge * reps + l;
        const cosine = frames[2 * at];
        const sine = frames[2 * at + 1];
        const tx = scale * sums[rep + layout.SUM_TORQUE];
        const ty = scale * sums[rep + layout.SUM_TORQUE + 1];
        gradient.torque[to + 3 * (l + 1)] = cosine * tx + sine * ty;
        gradient.torque[to + 3 * (l + 1) + 1] = cosine * ty - sine * tx;
        gradient.torque[to + 3 * (l + 1) + 2] = scale * sums[rep + layout.SUM_TORQUE + 2];
        gradient.weights[at] = scale * sums[rep + layout.SUM_WEIGHT];
        gradient.biases[at] = scale * sums[rep + biasAt];
      }
    }
  }
  return gradient;
}
