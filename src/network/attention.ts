/** Sizes of an attention: `width` features of each token, divided among `heads`. */
export interface AttentionShape {
  readonly batch: number;
  readonly time: number;
  readonly heads: number;
  /** A multiple of `heads`. */
  readonly width: number;
}

/**
 * Causal scaled dot-product attention of all heads: y_t = Σ_{s≤t} p_ts v_s, p_ts = softmax_s(q_t·k_s / √(width/heads)).
 * Only the past is computed, and no tensor of weights is kept.
 *
 * @param projections  queries, keys and values side by side, shape [batch, time, 3·width]
 * @returns shape [batch, time, width]
 * @cost batch·time²·width multiplications
 * Source: Vaswani et al., arXiv:1706.03762, section 3.2.
 */
export function causalAttention(shape: AttentionShape, projections: Float32Array): Float32Array {
  const { batch, time, heads, width } = shape;
  const [size, row] = [width / heads, 3 * width];
  const y = new Float32Array(batch * time * width);
  const weights = new Float64Array(time);
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      const queries = b * time * row + h * size;
      const values = queries + 2 * width;
      for (let t = 0; t < time; t++) {
        attend(projections, queries, row, size, width, t, weights);
        const to = (b * time + t) * width + h * size;
        for (let s = 0; s <= t; s++) {
          const [p, from] = [weights[s], values + s * row];
          for (let i = 0; i < size; i++) y[to + i] += p * projections[from + i];
        }
      }
    }
  }
  return y;
}

/** ∂L/∂projections of `causalAttention`, from upstream = ∂L/∂y, shape [batch, time, width]. */
export function causalAttentionGradient(
  shape: AttentionShape,
  projections: Float32Array,
  upstream: Float32Array,
): Float32Array {
  const { batch, time, heads, width } = shape;
  const [size, row] = [width / heads, 3 * width];
  const scale = 1 / Math.sqrt(size);
  const gradient = new Float32Array(projections.length);
  const [weights, slopes] = [new Float64Array(time), new Float64Array(time)];
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      const queries = b * time * row + h * size;
      const [keys, values] = [queries + width, queries + 2 * width];
      for (let t = 0; t < time; t++) {
        attend(projections, queries, row, size, width, t, weights);
        const dy = (b * time + t) * width + h * size;
        let mean = 0; // Σ_s p_s ∂L/∂p_s
        for (let s = 0; s <= t; s++) {
          const [p, at] = [weights[s], values + s * row];
          let slope = 0;
          for (let i = 0; i < size; i++) {
            slope += upstream[dy + i] * projections[at + i];
            gradient[at + i] += p * upstream[dy + i];
          }
          slopes[s] = slope;
          mean += p * slope;
        }
        const query = queries + t * row;
        for (let s = 0; s <= t; s++) {
          const [score, key] = [weights[s] * (slopes[s] - mean) * scale, keys + s * row];
          for (let i = 0; i < size; i++) {
            gradient[query + i] += score * projections[key + i];
            gradient[key + i] += score * projections[query + i];
          }
        }
      }
    }
  }
  return gradient;
}

/** The weights p_ts of token t, into `weights`. */
function attend(
  projections: Float32Array,
  queries: number,
  row: number,
  size: number,
  width: number,
  t: number,
  weights: Float64Array,
): void {
  const [query, keys, scale] = [queries + t * row, queries + width, 1 / Math.sqrt(size)];
  let largest = -Infinity;
  for (let s = 0; s <= t; s++) {
    const key = keys + s * row;
    let score = 0;
    for (let i = 0; i < size; i++) score += projections[query + i] * projections[key + i];
    weights[s] = score * scale;
    if (weights[s] > largest) largest = weights[s];
  }
  let sum = 0;
  for (let s = 0; s <= t; s++) {
    weights[s] = Math.exp(weights[s] - largest);
    sum += weights[s];
  }
  for (let s = 0; s <= t; s++) weights[s] /= sum;
}
