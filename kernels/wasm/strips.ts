import { DaruanError } from '../../src/foundation/errors.js';
import type { ChainLayer, Floats } from '../chain.js';
import * as layout from './layout.js';

/**
 * A layer as the kernel takes it. Each block is split as M_l = Rz(α_l) Ry(β_l) Rz(γ_l), and a = Rz(α_0)(ρ, 0, a_z),
 * c = Rz(−γ_r)(ρ', 0, c_z); then Rz(γ_l) Rz(φ_l) Rz(α_{l−1}) is one rotation, by the encoded angle plus a constant offset,
 * and what is left between two of them is the tilt Ry(β_l): 4 multiplications a block instead of 9.
 */
export interface Folding {
  /** cos γ, sin γ, shape [out, in, reps, 2]: the sums over samples come in the frame after Rz(γ_l). */
  readonly frames: Float64Array;
  /** cos α_0, sin α_0, shape [out, in, 2]. */
  readonly starts: Float64Array;
  /** Largest |w| and largest |b|. */
  readonly largestWeight: number;
  readonly largestBias: number;
}

/** |N − Ry(β) Rz(γ)| that still counts as rounding: float32 rotations keep 1e-6. */
const ROTATION = 1e-4;

export const stripLength = (reps: number): number => layout.STRIP_HEAD + reps * layout.STRIP_REP;

/** Whether all edges of each input encode it alike (for `linear` up to the bias), and there are several. */
export function sharesEncodings({ inDim, outDim, reps, encoding, weights, biases }: ChainLayer): boolean {
  const row = inDim * reps;
  if (outDim === 1) return false;
  for (let k = row; k < outDim * row; k++) if (weights[k] !== weights[k % row]) return false;
  if (encoding === 'linear') return true;
  for (let k = row; k < outDim * row; k++) if (biases[k] !== biases[k % row]) return false;
  return true;
}

/**
 * Writes the strips of `layer`, shape [in, out, strip], and, where encodings are shared, their w and b, [in, reps, 2].
 *
 * @throws DaruanError if a block is not a rotation: the gradient runs it backwards
 * @cost one arctangent an edge and repetition
 */
export function foldLayer(where: string, layer: ChainLayer, shares: boolean, strips: Floats, shared: Floats): Folding {
  const { inDim, outDim, reps, start, blocks, end, weights, biases, scale } = layer;
  const edges = inDim * outDim;
  const frames = new Float64Array(2 * edges * reps);
  const starts = new Float64Array(2 * edges);
  const linear = layer.encoding === 'linear';
  const length = stripLength(reps);
  let largestWeight = 0;
  let largestBias = 0;
  for (let o = 0; o < outDim; o++) {
    for (let i = 0; i < inDim; i++) {
      const edge = o * inDim + i;
      const strip = (i * outDim + o) * length;
      const ax = start[3 * edge];
      const ay = start[3 * edge + 1];
      const az = start[3 * edge + 2];
      const cx = end[3 * edge];
      const cy = end[3 * edge + 1];
      const cz = end[3 * edge + 2];
      const startRadius = Math.sqrt(ax * ax + ay * ay);
      const endRadius = Math.sqrt(cx * cx + cy * cy);
      strips[strip + layout.START_RADIUS] = startRadius;
      strips[strip + layout.START_Z] = az;
      strips[strip + layout.END_RADIUS] = endRadius;
      strips[strip + layout.END_Z] = cz;
      strips[strip + layout.SCALE] = scale[edge];
      strips[strip + layout.DEFECT] = 1 - (ax * ax + ay * ay + az * az) * (cx * cx + cy * cy + cz * cz);
      // cos and sin of the α before the rotation
      let cosAlpha = startRadius === 0 ? 1 : ax / startRadius;
      let sinAlpha = startRadius === 0 ? 0 : ay / startRadius;
      starts[2 * edge] = cosAlpha;
      starts[2 * edge + 1] = sinAlpha;
      for (let l = 0; l < reps; l++) {
        const at = edge * reps + l;
        const rep = strip + layout.STRIP_HEAD + l * layout.STRIP_REP;
        let cosNext = 1;
        let sinNext = 0;
        let cosGamma = endRadius === 0 ? 1 : cx / endRadius;
        let sinGamma = endRadius === 0 ? 0 : -cy / endRadius;
        if (l < reps - 1) {
          const m = 9 * (edge * (reps - 1) + l);
          const tilt = Math.sqrt(blocks[m + 2] * blocks[m + 2] + blocks[m + 5] * blocks[m + 5]);
          if (tilt !== 0) {
            cosNext = blocks[m + 2] / tilt;
            sinNext = blocks[m + 5] / tilt;
          }
          // N = Rz(−α) M = Ry(β) Rz(γ), whose second row is (sin γ, cos γ, 0): well conditioned whatever β is
          cosGamma = cosNext * blocks[m + 4] - sinNext * blocks[m + 1];
          sinGamma = cosNext * blocks[m + 3] - sinNext * blocks[m];
          const norm = Math.sqrt(cosGamma * cosGamma + sinGamma * sinGamma);
          const height = Math.sqrt(blocks[m + 8] * blocks[m + 8] + tilt * tilt);
          const cosBeta = blocks[m + 8] / height;
          const sinBeta = tilt / height;
          cosGamma /= norm;
          sinGamma /= norm;
          const deviation =
            Math.abs(norm - 1) +
            Math.abs(height - 1) +
            Math.abs(cosNext * blocks[m] + sinNext * blocks[m + 3] - cosBeta * cosGamma) +
            Math.abs(cosNext * blocks[m + 1] + sinNext * blocks[m + 4] + cosBeta * sinGamma) +
            Math.abs(blocks[m + 6] + sinBeta * cosGamma) +
            Math.abs(blocks[m + 7] - sinBeta * sinGamma);
          if (deviation > ROTATION) throw notARotation(where, o, i, l);
          strips[rep + layout.TILT_COS] = cosBeta;
          strips[rep + layout.TILT_SIN] = sinBeta;
        }
        frames[2 * at] = cosGamma;
        frames[2 * at + 1] = sinGamma;
        let cosOffset = cosAlpha * cosGamma - sinAlpha * sinGamma;
        let sinOffset = sinAlpha * cosGamma + cosAlpha * sinGamma;
        const weight = weights[at];
        const bias = biases[at];
        if (linear && !shares) {
          const offset = Math.atan2(sinOffset, cosOffset) + bias;
          strips[rep + layout.OFFSET] = withinHalfTurn(offset);
        } else if (linear && bias !== 0) {
          const cosine = Math.cos(bias);
          const sine = Math.sin(bias);
          const turned = cosOffset * cosine - sinOffset * sine;
          sinOffset = sinOffset * cosine + cosOffset * sine;
          cosOffset = turned;
        }
        strips[rep + layout.OFFSET_COS] = cosOffset;
        strips[rep + layout.OFFSET_SIN] = sinOffset;
        strips[rep + layout.WEIGHT] = weight;
        strips[rep + layout.BIAS] = bias;
        strips[rep + layout.SCALED_WEIGHT] = weight * scale[edge];
        if (shares && o === 0) {
          shared[2 * (i * reps + l)] = weight;
          shared[2 * (i * reps + l) + 1] = bias;
        }
        largestWeight = Math.max(largestWeight, Math.abs(weight));
        largestBias = Math.max(largestBias, Math.abs(bias));
        cosAlpha = cosNext;
        sinAlpha = sinNext;
      }
    }
  }
  return { frames, starts, largestWeight, largestBias };
}

/** The same angle in [−π, π]. */
function withinHalfTurn(angle: number): number {
  return Math.abs(angle) <= Math.PI ? angle : angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}

function notARotation(where: string, o: number, i: number, l: number): DaruanError {
  return new DaruanError(
    where,
    `expected blocks to be rotations, got another matrix at [out ${o}, in ${i}, block ${l}]`,
    'Fold unitary gates, or use the reference kernel.',
  );
}
