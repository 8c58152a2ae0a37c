import type { Basis } from './basis.js';
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
    features({ x, batch, inDim, parameters: [starts, ends] }, out, stride) {
      for (let b = 0, from = 0, at = 0; b < batch; b++) {
        for (let window = 0; window < inDim * size; from++, at += stride) {
          for (let k = 0; k < size; k++, window++) {
            const [left, right] = [x[from] - starts[window], ends[window] - x[from]];
            const product = left <= 0 || right <= 0 ? 0 : left * right; // NaN stays NaN
            out[at + k] = product * product * scale;
          }
        }
      }
    },
    backward({ x, batch, inDim, parameters: [starts, ends] }, upstream, stride, gradient) {
      const [onStarts, onEnds] = gradient.parameters;
      for (let b = 0, from = 0, at = 0; b < batch; b++) {
        for (let window = 0; window < inDim * size; from++, at += stride) {
          let sum = 0;
          for (let k = 0; k < size; k++, window++) {
            const [left, right] = [x[from] - starts[window], ends[window] - x[from]];
            if (left <= 0 || right <= 0) continue;
            const factor = 2 * left * right * scale * upstream[at + k];
            sum += factor * (right - left);
            onStarts[window] -= factor * right;
            onEnds[window] += factor * left;
          }
          gradient.x[from] += sum;
        }
      }
    },
  };
}
