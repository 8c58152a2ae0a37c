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
 * Only the past is computed.
 *
 * @param projections  queries, keys and values side by side, shape [batch, time, 3·width]
 * @returns y, shape [batch, time, width], and the weights p of the past, which the gradient wants
 * @cost batch·time²·width multiplications
 * Source: Vaswani et al., arXiv:1706.03762, section 3.2.
 */
export function causalAttention(
  shape: AttentionShape,
  projections: Float32Array,
): { readonly y: Float32Array; readonly weights: Float32Array } {
  const { batch, time, heads, width } = shape;
  const size = width / heads;
  const past = (time * (time + 1)) / 2;
  const y = new Float32Array(batch * time * width);
  const weights = new Float32Array(batch * heads * past);
  const [queries, keys, values] = scratch(3, time * size);
  const sums = new Float64Array(size);
  const scale = 1 / Math.sqrt(size);
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      takeHead(shape, projections, b, h, [queries, keys, values]);
      let at = (b * heads + h) * past; // of p_t0
      for (let t = 0; t < time; t++) {
        attend(queries, keys, size, t, scale, weights, at);
        sums.fill(0);
        for (let s = 0, v = 0; s <= t; s++) {
          const p = weights[at + s];
          for (let i = 0; i < size; i++, v++) sums[i] += p * values[v];
        }
        y.set(sums, (b * time + t) * width + h * size);
        at += t + 1;
      }
    }
  }
  return { y, weights };
}

/** ∂L/∂projections of `causalAttention`, from its weights and upstream = ∂L/∂y, shape [batch, time, width]. */
export function causalAttentionGradient(
  shape: AttentionShape,
  projections: Float32Array,
  weights: Float32Array,
  upstream: Float32Array,
): Float32Array {
  const { batch, time, heads, width } = shape;
  const size = width / heads;
  const past = (time * (time + 1)) / 2;
  const gradient = new Float32Array(projections.length);
  const parts = scratch(3, time * size);
  const [queries, keys, values] = parts;
  const slopes = scratch(3, time * size);
  const [onQueries, onKeys, onValues] = slopes;
  const [dy, onWeights] = [new Float64Array(size), new Float64Array(time)];
  const scale = 1 / Math.sqrt(size);
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      takeHead(shape, projections, b, h, parts);
      for (const slope of slopes) slope.fill(0);
      let at = (b * heads + h) * past;
      for (let t = 0; t < time; t++) {
        const from = (b * time + t) * width + h * size;
        for (let i = 0; i < size; i++) dy[i] = upstream[from + i];
        let mean = 0; // Σ_s p_s ∂L/∂p_s
        for (let s = 0, v = 0; s <= t; s++) {
          const p = weights[at + s];
          let slope = 0;
          for (let i = 0; i < size; i++, v++) {
            slope += dy[i] * values[v];
            onValues[v] += p * dy[i];
          }
          onWeights[s] = slope;
          mean += p * slope;
        }
        for (let s = 0, k = 0; s <= t; s++) {
          const score = weights[at + s] * (onWeights[s] - mean) * scale;
          for (let q = t * size; q < (t + 1) * size; q++, k++) {
            onQueries[q] += score * keys[k];
            onKeys[k] += score * queries[q];
          }
        }
        at += t + 1;
      }
      putHead(shape, gradient, b, h, slopes);
    }
  }
  return gradient;
}

const scratch = (count: number, length: number): Float64Array[] =>
  Array.from({ length: count }, () => new Float64Array(length));

/** Copies queries, keys and values of a sample and head together, each [time, size]. */
function takeHead(shape: AttentionShape, projections: Float32Array, b: number, h: number, to: Float64Array[]): void {
  const { time, heads, width } = shape;
  const size = width / heads;
  to.forEach((part, k) => {
    for (let t = 0, at = 0; t < time; t++) {
      const from = ((b * time + t) * 3 + k) * width + h * size;
      for (let i = 0; i < size; i++, at++) part[at] = projections[from + i];
    }
  });
}

/** The reverse of `takeHead`. */
function putHead(shape: AttentionShape, projections: Float32Array, b: number, h: number, from: Float64Array[]): void {
  const { time, heads, width } = shape;
  const size = width / heads;
  from.forEach((part, k) => {
    for (let t = 0, at = 0; t < time; t++) {
      const to = ((b * time + t) * 3 + k) * width + h * size;
      for (let i = 0; i < size; i++, at++) projections[to + i] = part[at];
    }
  });
}

/** The weights p_t0 … p_tt of a token, into `weights` from `at` on. */
function attend(
  queries: Float64Array,
  keys: Float64Array,
  size: number,
  t: number,
  scale: number,
  weights: Float32Array,
  at: number,
): void {
  let largest = -Infinity;
  for (let s = 0, k = 0; s <= t; s++) {
    let score = 0;
    for (let q = t * size; q < (t + 1) * size; q++, k++) score += queries[q] * keys[k];
    weights[at + s] = score * scale;
    if (score > largest) largest = score;
  }
  let sum = 0;
  for (let s = at; s <= at + t; s++) {
    weights[s] = Math.exp(weights[s] - largest * scale);
    sum += weights[s];
  }
  for (let s = at; s <= at + t; s++) weights[s] /= sum;
}
