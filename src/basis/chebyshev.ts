import { checkInteger } from '../foundation/checks.js';
import type { Basis } from './basis.js';

export interface ChebyshevOptions {
  /** n, the highest degree. Default 4. */
  readonly degree?: number;
}

/**
 * Chebyshev polynomials T_0 … T_n of t = tanh x, by their recurrence: values and slopes stay finite where t saturates.
 *
 * @cost n + 1 functions an input
 * @see arXiv:2405.07200
 */
export function chebyshev(options: ChebyshevOptions = {}): Basis {
  const { degree = 4 } = options;
  checkInteger('chebyshev', 'degree', degree, 1);
  return {
    name: 'chebyshev',
    options: { degree },
    size: degree + 1,
    base: 'none',
    bias: false,
    deviation: (inDim) => Math.sqrt(1 / (inDim * (degree + 1))),
    blocks: () => [],
    features({ x, batch, inDim }, out, stride) {
      for (let from = 0, at = 0; from < batch * inDim; from++, at += stride) {
        const t = Math.tanh(x[from]);
        let [last, current] = [1, t];
        out[at] = 1;
        for (let n = 1; n <= degree; n++) {
          out[at + n] = current;
          [last, current] = [current, 2 * t * current - last];
        }
      }
    },
    /** T_n′ = n U_{n−1}, dt/dx = 1 − t². */
    backward({ x, batch, inDim }, upstream, stride, gradient) {
      for (let from = 0, at = 0; from < batch * inDim; from++, at += stride) {
        const t = Math.tanh(x[from]);
        let [last, current, sum] = [0, 1, 0];
        for (let n = 1; n <= degree; n++) {
          sum += upstream[at + n] * n * current;
          [last, current] = [current, 2 * t * current - last];
        }
        gradient.x[from] += sum * (1 - t * t);
      }
    },
  };
}
