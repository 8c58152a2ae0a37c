import { type Basis, elementwise } from './basis.js';
import { type WindowOptions, windows } from './windows.js';

/**
 * Bells (relu(e − x)·relu(x − s))²·16/w⁴ on G + k overlapping windows [s, e] of initial width w, each 1 in its middle (ReLU-KAN).
 * Blocks `start` and `end`, shape [in, G + k], are trained. The functions have a continuous slope, no more.
 *
 * @cost G + k functions an input
 * @see arXiv:2406.02075
 */
export function relu(options: WindowOptions = {}): Basis {
  const { size, width, blocks, options: all } = windows('relu', options);
  const scale = 16 / width ** 4;
  return {
    name: 'relu',
    options: { ...all },
    size,
    base: 'none',
    bias: true,
    deviation: (inDim) => Math.sqrt(1 / (inDim * size)),
    blocks,
    ...elementwise({
      value(x, i, { parameters: [starts, ends] }, out, at) {
        for (let k = 0; k < size; k++) {
          const [left, right] = [x - starts[i * size + k], ends[i * size + k] - x];
          const product = left <= 0 || right <= 0 ? 0 : left * right; // NaN stays NaN
          out[at + k] = product * product * scale;
        }
      },
      slope(x, i, { parameters: [starts, ends] }, upstream, at, gradients) {
        let sum = 0;
        for (let k = 0; k < size; k++) {
          const [left, right] = [x - starts[i * size + k], ends[i * size + k] - x];
          if (left <= 0 || right <= 0) continue;
          const factor = 2 * left * right * scale * upstream[at + k];
          sum += factor * (right - left);
          gradients[0][i * size + k] -= factor * right;
          gradients[1][i * size + k] += factor * left;
        }
        return sum;
      },
    }),
  };
}
