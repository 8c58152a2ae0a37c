import { describe, expect, it } from 'vitest';
import { extendGrid, gridFromSamples, type Splines } from '../../src/basis/bspline/grid.js';
import { bspline } from '../../src/basis/bspline.js';
import { Random } from '../../src/foundation/random.js';

const random = new Random(8);
const inDim = 2;
const outDim = 3;

/** Splines with random coefficients on grids of different widths. */
const draw = (grid: number, degree: number): Splines => ({
  grid,
  degree,
  inDim,
  outDim,
  ends: Float64Array.of(-1, 1, 0, 3),
  coefficients: Float64Array.from({ length: outDim * inDim * (grid + degree) }, () => random.normal()),
});

/** Every edge at points across its grid, [points, out, in]; `from` and `to` in shares of the grid. */
function values({ grid, degree, ends, coefficients }: Splines, at: (i: number, share: number) => number): number[] {
  const basis = bspline({ grid, degree });
  return Array.from({ length: 50 }, (_, point) => {
    const x = Float64Array.from({ length: inDim }, (_, i) => at(i, (point + 0.5) / 50));
    const features = new Float64Array(inDim * basis.size);
    basis.features({ x, batch: 1, inDim, parameters: [ends] }, features, basis.size);
    return Array.from({ length: outDim * inDim }, (_, edge) => {
      let sum = 0;
      for (let k = 0; k < basis.size; k++) {
        sum += coefficients[edge * basis.size + k] * features[(edge % inDim) * basis.size + k];
      }
      return sum;
    });
  }).flat();
}
const within =
  ({ ends }: Splines) =>
  (i: number, share: number) =>
    ends[2 * i] + share * (ends[2 * i + 1] - ends[2 * i]);
const distance = (a: number[], b: number[]) => Math.max(...a.map((value, k) => Math.abs(value - b[k])));

describe('extendGrid', () => {
  it.each([1, 2, 3, 5])('leaves splines of degree %d as they are on a multiple of their cells', (degree) => {
    const splines = draw(5, degree);
    const at = within(splines);
    // Rounding of normal equations: 1e-16 times the condition of a Gram matrix of B-splines, about 10^degree.
    for (const grid of [5, 10, 15])
      expect(distance(values(extendGrid(splines, grid), at), values(splines, at))).toBeLessThan(1e-10);
  });

  it('comes nearer by the fourth power of the cells where the grids do not nest', () => {
    const sine = extendGrid(draw(40, 3), 40);
    const smooth = { ...sine, coefficients: sine.coefficients.map((_, k) => Math.sin((k % 43) / 6)) };
    const at = within(smooth);
    const error = (grid: number) => distance(values(extendGrid(smooth, grid), at), values(smooth, at));
    const ratio = error(11) / error(22);
    expect(ratio).toBeGreaterThan(8);
    expect(ratio).toBeLessThan(32);
  });

  it('keeps the function where a grid is widened to a multiple of its cells', () => {
    const splines = draw(4, 3);
    const wider = extendGrid(splines, 12, Float64Array.of(-3, 3, -3, 6));
    const at = within(splines);
    expect(distance(values(wider, at), values(splines, at))).toBeLessThan(1e-10);
  });
});

describe('gridFromSamples', () => {
  it('holds the samples, and leaves grids alone that hold them already', () => {
    const x = Float64Array.of(-0.5, 2, 0.25, 4);
    expect([...gridFromSamples(x, 2, undefined, 0)]).toEqual([-0.5, 0.25, 2, 4]);
    expect([...gridFromSamples(x, 2, Float64Array.of(-1, 1, 0, 3))]).toEqual([-1, 1, 0, 4.1]);
  });

  it('gives an input that does not vary a grid all the same', () => {
    const [low, high] = gridFromSamples(Float64Array.of(2, 2), 1);
    expect(low).toBeLessThan(2);
    expect(high).toBeGreaterThan(2);
  });
});
