import { checkInteger } from '../foundation/checks.js';
import type { Basis } from './basis.js';
import { checkRange } from './checkRange.js';

export interface RadialOptions {
  /** Number of Gaussians, at least 2. Default 8. */
  readonly centres?: number;
  /** The first and the last centre. Default [−2, 2]. */
  readonly range?: readonly [low: number, high: number];
}

/**
 * Gaussians exp(−((x − g_k)/h)²) on evenly spaced centres g_k, h their distance (FastKAN).
 *
 * @cost K functions an input, two exponentials
 * @see arXiv:2405.06721
 */
export function radial(options: RadialOptions = {}): Basis {
  const { centres: size = 8, range = [-2, 2] } = options;
  checkInteger('radial', 'centres', size, 2);
  checkRange('radial', 'range', range);
  const width = (range[1] - range[0]) / (size - 1);
  const ratios = Float64Array.from({ length: size }, (_, m) => Math.exp(-m * m));
  const gaussians = new Float64Array(size);

  /** exp(−(u − k)²) = e^(−f²)·e^(2fm)·e^(−m²) with m = k − j, f = u − j for the centre j nearest to u. */
  const evaluate = (x: number): number => {
    const u = Math.min(size + 40, Math.max(-40, (x - range[0]) / width)); // beyond, all of them are 0
    const j = Math.min(size - 1, Math.max(0, Math.floor(u + 0.5)));
    const f = u - j;
    if (Number.isNaN(f)) gaussians.fill(f);
    const [centre, up] = [Math.exp(-f * f), Math.exp(2 * f)];
    const down = 1 / up;
    let power = centre;
    for (let k = j; k < size; k++, power *= up) gaussians[k] = power * ratios[k - j];
    power = centre;
    for (let k = j - 1; k >= 0; k--) {
      power *= down;
      gaussians[k] = power * ratios[j - k];
    }
    return u;
  };

  return {
    name: 'radial',
    options: { centres: size, range },
    size,
    base: 'silu',
    bias: false,
    deviation: () => 0.1,
    blocks: () => [],
    features({ x, batch, inDim }, out, stride) {
      for (let from = 0, at = 0; from < batch * inDim; from++, at += stride) {
        evaluate(x[from]);
        for (let k = 0; k < size; k++) out[at + k] = gaussians[k];
      }
    },
    backward({ x, batch, inDim }, upstream, stride, gradient) {
      for (let from = 0, at = 0; from < batch * inDim; from++, at += stride) {
        const u = evaluate(x[from]);
        let sum = 0;
        for (let k = 0; k < size; k++) sum += upstream[at + k] * gaussians[k] * (k - u);
        gradient.x[from] += (2 * sum) / width;
      }
    },
  };
}
