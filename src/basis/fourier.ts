import { checkInteger } from '../foundation/checks.js';
import type { Basis } from './basis.js';

export interface FourierOptions {
  /** G, the highest frequency; angular, in radians per unit of x. Default 5. */
  readonly frequencies?: number;
}

/**
 * 1, cos x, …, cos Gx, sin x, …, sin Gx: what an activation of r = G repetitions with unit weights spans, with free
 * coefficients.
 *
 * @cost 2G + 1 functions an input, two of them trigonometric
 * @see arXiv:2503.10632, section 3
 */
export function fourier(options: FourierOptions = {}): Basis {
  const { frequencies: count = 5 } = options;
  checkInteger('fourier', 'frequencies', count, 1);
  return {
    name: 'fourier',
    options: { frequencies: count },
    size: 2 * count + 1,
    base: 'none',
    bias: false,
    deviation: (inDim) => Math.sqrt(1 / (inDim * count)), // output variance 1, but for the constants
    blocks: () => [],
    features({ x, batch, inDim }, out, stride) {
      for (let from = 0, at = 0; from < batch * inDim; from++, at += stride) {
        const [c, s] = [Math.cos(x[from]), Math.sin(x[from])];
        let [cosine, sine] = [1, 0];
        out[at] = 1;
        for (let m = 1; m <= count; m++) {
          [cosine, sine] = [cosine * c - sine * s, sine * c + cosine * s];
          out[at + m] = cosine;
          out[at + count + m] = sine;
        }
      }
    },
    backward({ x, batch, inDim }, upstream, stride, gradient) {
      for (let from = 0, at = 0; from < batch * inDim; from++, at += stride) {
        const [c, s] = [Math.cos(x[from]), Math.sin(x[from])];
        let [cosine, sine, sum] = [1, 0, 0];
        for (let m = 1; m <= count; m++) {
          [cosine, sine] = [cosine * c - sine * s, sine * c + cosine * s];
          sum += m * (upstream[at + count + m] * cosine - upstream[at + m] * sine);
        }
        gradient.x[from] += sum;
      }
    },
  };
}
