import { DaruanError } from '../foundation/errors.js';
import { distinct } from './distinct.js';

/** Vectors in ℝⁿ, each with how often it was met: what sums of one choice a gate make. */
export interface Lattice {
  readonly dimension: number;
  /** Shape [count, dimension], in lexicographic order. */
  readonly points: Float64Array;
  /** Shape [counts][count]: one row for each way of counting. */
  readonly counts: readonly Float64Array[];
}

/** What one gate adds: the multiples of its vector, and in how many ways each is added. */
export interface Choice {
  readonly vector: Float64Array;
  readonly multiples: readonly number[];
  /** Shape [counts][multiples]. */
  readonly ways: readonly (readonly number[])[];
}

const MAX_POINTS = 200_000;

/** All sums of one choice a gate; equal sums are one point, and their ways are added up. */
export function sums(where: string, dimension: number, numCounts: number, choices: readonly Choice[]): Lattice {
  // Rounding errors are relative to the largest sum that can be met in each direction.
  const scale = new Float64Array(dimension);
  for (const { vector, multiples } of choices) {
    const most = Math.max(...multiples.map(Math.abs));
    scale.forEach((_, d) => {
      scale[d] += most * Math.abs(vector[d]);
    });
  }
  let lattice: Lattice = {
    dimension,
    points: new Float64Array(dimension),
    counts: Array.from({ length: numCounts }, () => Float64Array.of(1)),
  };
  for (const choice of choices) {
    lattice = merge(spread(lattice, choice), scale);
    if (lattice.counts[0].length > MAX_POINTS) {
      throw new DaruanError(
        where,
        `the circuit reaches more than ${MAX_POINTS} frequencies`,
        'Bind the weights to integers, or look at fewer data gates.',
      );
    }
  }
  return lattice;
}

function spread({ dimension, points, counts }: Lattice, { vector, multiples, ways }: Choice): Lattice {
  const count = points.length / dimension;
  const sumsOf = new Float64Array(points.length * multiples.length);
  multiples.forEach((multiple, m) => {
    for (let i = 0; i < points.length; i++)
      sumsOf[m * points.length + i] = points[i] + multiple * vector[i % dimension];
  });
  const products = counts.map((row, c) => {
    const result = new Float64Array(count * multiples.length);
    for (let i = 0; i < result.length; i++) result[i] = row[i % count] * ways[c][Math.floor(i / count)];
    return result;
  });
  return { dimension, points: sumsOf, counts: products };
}

/** Points that differ by rounding become one: coordinate by coordinate, so that being equal is transitive. */
function merge({ dimension, points, counts }: Lattice, scale: Float64Array): Lattice {
  const count = points.length / dimension;
  const axes = Array.from({ length: dimension }, (_, d) =>
    distinct(
      Float64Array.from({ length: count }, (_, i) => points[i * dimension + d]),
      scale[d],
    ),
  );
  const place = (i: number, d: number): number => axes[d].positions[i];
  const compare = (i: number, j: number): number => {
    for (let d = 0; d < dimension; d++) if (place(i, d) !== place(j, d)) return place(i, d) - place(j, d);
    return 0;
  };
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort(compare);
  const firsts = order.filter((i, k) => k === 0 || compare(order[k - 1], i) !== 0);
  const merged = counts.map(() => new Float64Array(firsts.length));
  let at = -1;
  order.forEach((i, k) => {
    if (k === 0 || compare(order[k - 1], i) !== 0) at++;
    counts.forEach((row, c) => {
      merged[c][at] += row[i];
    });
  });
  const numbers = new Float64Array(firsts.length * dimension);
  firsts.forEach((i, k) => {
    for (let d = 0; d < dimension; d++) numbers[k * dimension + d] = axes[d].numbers[place(i, d)];
  });
  return { dimension, points: numbers, counts: merged };
}
