import type { OptionsOf, Place } from './basis.js';
import type { OnnxGraph, Value } from './graph.js';

/**
 * B-splines on the uniform grids of the inputs, by the recursion of Cox and de Boor over all knots at once. With w the place of x in
 * cells from the start of the grid, and knots at the integers −k … G + k,
 *
 *   B_j^0 = [⌊w⌋ = j],  B_j^p = ((w − j)·B_j^{p−1} + (j + p + 1 − w)·B_{j+1}^{p−1})/p.
 */
export function splines(graph: OnnxGraph, place: Place, { grid, degree, outside }: OptionsOf<'bspline'>): Value {
  const { x, inDim, blocks } = place;
  const ends = Array.from({ length: inDim }, (_, i) => [blocks.grid[2 * i], blocks.grid[2 * i + 1]]);
  const perInput = (value: (low: number, high: number) => number): Value =>
    graph.tensor(
      Float64Array.from(ends, ([low, high]) => value(low, high)),
      [inDim, 1],
    );
  const low = perInput((start) => start);
  const inside =
    outside === 'clamp' ? graph.apply('Min', [graph.apply('Max', [x, low]), perInput((_, end) => end)]) : x;
  const w = graph.multiply(
    graph.subtract(inside, low),
    perInput((start, end) => grid / (end - start)),
  );
  const cells = grid + 2 * degree;
  const own = graph.apply('Equal', [graph.apply('Floor', [w]), graph.row(cells, (j) => j - degree)]);
  let values = graph.apply('Cast', [own], { to: 1 }); // float32
  const slice = (from: number, to: number) =>
    graph.apply('Slice', [values, graph.integers([from]), graph.integers([to]), graph.integers([2])]);
  for (let p = 1; p <= degree; p++) {
    const count = cells - p;
    const rising = graph.subtract(
      w,
      graph.row(count, (j) => j - degree),
    );
    const falling = graph.subtract(
      graph.row(count, (j) => j - degree + p + 1),
      w,
    );
    const sum = graph.add(graph.multiply(rising, slice(0, count)), graph.multiply(falling, slice(1, count + 1)));
    values = graph.multiply(sum, graph.scalar(1 / p));
  }
  return values;
}
