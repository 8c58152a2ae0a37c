import { checkChoice, checkInteger } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import { type Basis, rowBlock } from './basis.js';
import { cardinalSlopes, cardinalWeights, cubicWeights } from './bspline/cardinal.js';
import { checkRange } from './checkRange.js';

/**
 * What happens outside the grid. `extend`: the splines run out over k further cells, and vanish beyond. `clamp`: the value at
 * the end of the grid, slope 0. `update`: as `extend`, and `fit` widens the grid when samples leave it. `throw`: an error.
 */
export type OutsideGrid = 'extend' | 'clamp' | 'update' | 'throw';
export const outsideGrids: readonly OutsideGrid[] = ['extend', 'clamp', 'update', 'throw'];

export interface BSplineOptions {
  /** G, the number of cells. Default 5. */
  readonly grid?: number;
  /** k. Default 3. */
  readonly degree?: number;
  /** Where the grid of every input starts. Default [−1, 1]. */
  readonly range?: readonly [low: number, high: number];
  /** Default `'extend'`. */
  readonly outside?: OutsideGrid;
}

/**
 * B-splines of degree k on G cells of equal width, each input on a grid of its own: G + k functions, of which k + 1 do not
 * vanish in a cell, in closed form. Block `grid`, shape [in, 2]: the ends of each input's grid.
 *
 * @throws in use, with `outside: 'throw'`, where an input leaves its grid
 * @cost k + 1 functions an input
 * @see arXiv:2404.19756, section 2
 */
export function bspline(options: BSplineOptions = {}): Basis {
  const { grid = 5, degree = 3, range = [-1, 1], outside = 'extend' } = options;
  checkInteger('bspline', 'grid', grid, 1);
  checkInteger('bspline', 'degree', degree, 1, 10);
  checkRange('bspline', 'range', range);
  checkChoice('bspline', 'outside', outside, outsideGrids);
  const size = grid + degree;
  const weights = new Float64Array(degree + 1);

  /** The place of x on the knots of input i, in cells from the first knot. */
  const place = (x: number, i: number, low: number, high: number): number => {
    if (outside === 'throw' && !(x >= low && x <= high)) {
      throw expected('bspline', `input ${i} within its grid [${low}, ${high}]`, x, 'Widen the grid, or set outside.');
    }
    const inside = outside === 'clamp' ? Math.min(high, Math.max(low, x)) : x;
    return ((inside - low) * grid) / (high - low) + degree;
  };

  return {
    name: 'bspline',
    options: { grid, degree, range, outside },
    size,
    base: 'silu',
    bias: false,
    deviation: () => 0.1,
    blocks: (inDim) => [rowBlock('grid', inDim, range, false)],
    features({ x, batch, inDim, parameters: [ends] }, out, stride) {
      for (let from = 0, i = 0, at = 0; from < batch * inDim; from++, at += stride, i = i + 1 < inDim ? i + 1 : 0) {
        const u = place(x[from], i, ends[2 * i], ends[2 * i + 1]);
        const cell = Math.floor(u);
        const first = cell - degree;
        for (let k = 0; k < size; k++) out[at + k] = 0;
        if (degree === 3 && first >= 0 && cell < size) {
          cubicWeights(u - cell, out, at + first);
        } else if (cell >= 0 && cell < size + degree) {
          cardinalWeights(degree, u - cell, weights);
          const last = Math.min(degree, size - 1 - first);
          for (let r = Math.max(0, -first); r <= last; r++) out[at + first + r] = weights[r];
        } else if (Number.isNaN(u)) out[at] = u;
      }
    },
    backward({ x, batch, inDim, parameters: [ends] }, upstream, stride, gradient) {
      for (let from = 0, i = 0, at = 0; from < batch * inDim; from++, at += stride, i = i + 1 < inDim ? i + 1 : 0) {
        const [low, high] = [ends[2 * i], ends[2 * i + 1]];
        const u = place(x[from], i, low, high);
        const cell = Math.floor(u);
        if (!(cell >= 0 && cell < size + degree)) continue;
        if (outside === 'clamp' && !(x[from] >= low && x[from] <= high)) continue;
        cardinalSlopes(degree, u - cell, weights);
        const first = cell - degree;
        const last = Math.min(degree, size - 1 - first);
        let sum = 0;
        for (let r = Math.max(0, -first); r <= last; r++) sum += upstream[at + first + r] * weights[r];
        gradient.x[from] += (sum * grid) / (high - low);
      }
    },
  };
}
