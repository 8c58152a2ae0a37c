/** Added to the variance: features that are all equal become 0. */
export const VARIANCE_FLOOR = 1e-5;

/**
 * Layer normalisation, y = g·(x − mean)/√(variance + 10⁻⁵) + h over each row.
 *
 * @param x      shape [rows, width]
 * @param gain   g, shape [width]
 * @param shift  h, shape [width]
 */
export function layerNorm(x: Float32Array, gain: Float32Array, shift: Float32Array): Float32Array {
  const width = gain.length;
  const y = new Float32Array(x.length);
  for (let row = 0; row < x.length; row += width) {
    const [mean, inverse] = momentsOf(x, row, width);
    for (let i = 0; i < width; i++) y[row + i] = (x[row + i] - mean) * inverse * gain[i] + shift[i];
  }
  return y;
}

/** Derivatives of L by x, gain and shift, from upstream = ∂L/∂y. */
export function layerNormGradient(
  x: Float32Array,
  gain: Float32Array,
  upstream: Float32Array,
): { readonly x: Float32Array; readonly gain: Float64Array; readonly shift: Float64Array } {
  const width = gain.length;
  const gradient = { x: new Float32Array(x.length), gain: new Float64Array(width), shift: new Float64Array(width) };
  const [values, slopes] = [new Float64Array(width), new Float64Array(width)];
  for (let row = 0; row < x.length; row += width) {
    const [mean, inverse] = momentsOf(x, row, width);
    let [sum, along] = [0, 0];
    for (let i = 0; i < width; i++) {
      values[i] = (x[row + i] - mean) * inverse;
      slopes[i] = upstream[row + i] * gain[i];
      sum += slopes[i];
      along += slopes[i] * values[i];
      gradient.gain[i] += upstream[row + i] * values[i];
      gradient.shift[i] += upstream[row + i];
    }
    for (let i = 0; i < width; i++) {
      gradient.x[row + i] = inverse * (slopes[i] - (sum + values[i] * along) / width);
    }
  }
  return gradient;
}

/** Mean and 1/√(variance + ε) of a row. */
function momentsOf(x: Float32Array, row: number, width: number): [mean: number, inverse: number] {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < width; i++) sum += x[row + i];
  const mean = sum / width;
  for (let i = 0; i < width; i++) squares += (x[row + i] - mean) ** 2;
  return [mean, 1 / Math.sqrt(squares / width + VARIANCE_FLOOR)];
}
