import { DaruanError } from '../foundation/errors.js';
import { leastSquaresSolver } from './triangular.js';

/** Coefficients that were fitted, and how well that could be done. */
export interface FittedCoefficients {
  /** Shape [batch, count, 2]. */
  readonly coefficients: Float64Array;
  /** Of the design matrix: rounding errors of the values grow by it at most. */
  readonly conditionNumber: number;
  /** The root mean square of what the series leaves at the nodes, the largest over the batch. */
  readonly residual: number;
}

/** More unknowns than this take minutes. */
const MAX_UNKNOWNS = 1500;

/**
 * Nodes that tell frequencies apart: a Kronecker sequence over a box long enough for the smallest gap in each direction.
 *
 * @param frequencies  half lattice, shape [count, width]
 * @returns shape [nodes, width]
 */
export function fitNodes(where: string, frequencies: Float64Array, width: number): Float64Array {
  const unknowns = 2 * (frequencies.length / width) - 1;
  if (unknowns > MAX_UNKNOWNS) {
    throw new DaruanError(
      where,
      `${unknowns} coefficients of incommensurate frequencies are to be fitted, more than ${MAX_UNKNOWNS}`,
      'Use integer weights, or a circuit of one qubit, whose coefficients need no fit.',
    );
  }
  // Irrational steps: powers of the inverse of the root of x^(width + 1) = x + 1 (Roberts's sequence).
  let root = 1.5;
  for (let k = 0; k < 60; k++) root = (1 + root) ** (1 / (width + 1));
  const lengths = Array.from({ length: width }, (_, v) => (4 * Math.PI) / smallestGap(frequencies, width, v));
  const nodes = 4 * unknowns;
  return Float64Array.from({ length: nodes * width }, (_, at) => {
    const [node, v] = [Math.floor(at / width), at % width];
    return lengths[v] * (((node + 1) * root ** -(v + 1)) % 1);
  });
}

/** The smallest distance between different values of one component, of ω and −ω. */
function smallestGap(frequencies: Float64Array, width: number, v: number): number {
  const values: number[] = [];
  for (let at = v; at < frequencies.length; at += width) values.push(frequencies[at], -frequencies[at]);
  values.sort((a, b) => a - b);
  const scale = Math.max(Math.abs(values[0]), values[values.length - 1]);
  const gaps = values.map((value, k) => value - (values[k - 1] ?? value)).filter((gap) => gap > 1e-12 * scale);
  return gaps.length === 0 ? 1 : Math.min(...gaps);
}

/**
 * Least squares of Σ c_ω exp(iω·t) to values at nodes.
 *
 * @param values  shape [batch, nodes]
 */
export function fitSeries(
  frequencies: Float64Array,
  width: number,
  nodes: Float64Array,
  values: Float64Array,
  batch: number,
): FittedCoefficients {
  const count = frequencies.length / width;
  const numNodes = nodes.length / width;
  const phase = (k: number, node: number): number => {
    let sum = 0;
    for (let v = 0; v < width; v++) sum += frequencies[k * width + v] * nodes[node * width + v];
    return sum;
  };
  // Columns 1, then 2 cos and −2 sin of each frequency but 0.
  const columns = [new Float64Array(numNodes).fill(1)];
  for (let k = 1; k < count; k++) {
    columns.push(Float64Array.from({ length: numNodes }, (_, node) => 2 * Math.cos(phase(k, node))));
    columns.push(Float64Array.from({ length: numNodes }, (_, node) => -2 * Math.sin(phase(k, node))));
  }
  const { solve, conditionNumber } = leastSquaresSolver(columns);
  const coefficients = new Float64Array(2 * batch * count);
  let worst = 0;
  for (let b = 0; b < batch; b++) {
    const { x, residual } = solve(values.slice(b * numNodes, (b + 1) * numNodes));
    coefficients[2 * b * count] = x[0];
    coefficients.set(x.subarray(1), 2 * (b * count + 1));
    worst = Math.max(worst, residual / Math.sqrt(numNodes));
  }
  return { coefficients, conditionNumber, residual: worst };
}
