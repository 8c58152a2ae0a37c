import { checkInteger } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';

/** Which qubits of a device interact. The order of a pair is the direction of a gate that has one. */
export interface Coupling {
  readonly numQubits: number;
  readonly edges: readonly (readonly [number, number])[];
}

/** What a device reports: probabilities of error. What is absent counts as equal for all. */
export interface ErrorRates {
  /** Of the entangling gate on each pair of qubits, in either order. */
  readonly twoQubit?: readonly (readonly [first: number, second: number, error: number])[];
  /** Of reading each qubit; shape [numQubits]. */
  readonly readout?: readonly number[];
  /** Of one-qubit gates; shape [numQubits]. */
  readonly oneQubit?: readonly number[];
}

/** Qubits in a row. */
export const lineCoupling = (numQubits: number): Coupling => {
  checkInteger('lineCoupling', 'numQubits', numQubits, 1);
  return { numQubits, edges: Array.from({ length: numQubits - 1 }, (_, k) => [k, k + 1] as const) };
};

/** Qubits in a ring. */
export const ringCoupling = (numQubits: number): Coupling => {
  checkInteger('ringCoupling', 'numQubits', numQubits, 3);
  return { numQubits, edges: Array.from({ length: numQubits }, (_, k) => [k, (k + 1) % numQubits] as const) };
};

/** Qubits in rows and columns; qubit row · columns + column. */
export const gridCoupling = (rows: number, columns: number): Coupling => {
  checkInteger('gridCoupling', 'rows', rows, 1);
  checkInteger('gridCoupling', 'columns', columns, 1);
  const numQubits = rows * columns;
  const edges = Array.from({ length: numQubits }, (_, k) => {
    const right = (k + 1) % columns === 0 ? [] : [[k, k + 1] as const];
    return k + columns < numQubits ? [...right, [k, k + columns] as const] : right;
  });
  return { numQubits, edges: edges.flat() };
};

/** A coupling map with what routing asks of it. */
export interface Device {
  readonly numQubits: number;
  readonly neighbours: readonly (readonly number[])[];
  readonly hasDirection: (first: number, second: number) => boolean;
  /** −log(1 − error) of an entangling gate on an edge; 1 on all edges where no errors are reported. */
  readonly cost: (first: number, second: number) => number;
  /** The least sum of costs, relative to their mean, from one qubit to another; row-major, [numQubits, numQubits]. */
  readonly distances: Float64Array;
  /** −log(1 − error) of reading a qubit and of the gates on it; 0 where none is reported. */
  readonly qubitCost: (qubit: number) => number;
}

/**
 * Checks a coupling map and the error rates of its device.
 *
 * Cost: O(numQubits³) once.
 * @throws if a qubit is out of range, an edge joins a qubit to itself, or an error is no probability below 1
 */
export function deviceOf({ numQubits, edges }: Coupling, rates: ErrorRates = {}): Device {
  const where = 'transpile: coupling';
  checkInteger(where, 'numQubits', numQubits, 1);
  if (!Array.isArray(edges)) throw expected(where, 'edges to be a list of pairs of qubits', edges);
  const key = (a: number, b: number): number => a * numQubits + b;
  const directed = new Set<number>();
  for (const edge of edges) {
    const [a, b] = Array.isArray(edge) ? edge : [];
    const isQubit = (qubit: unknown): boolean =>
      Number.isInteger(qubit) && (qubit as number) >= 0 && (qubit as number) < numQubits;
    if (!isQubit(a) || !isQubit(b) || a === b) {
      throw expected(where, `pairs of different qubits in 0 … ${numQubits - 1}`, edge, 'Qubits count from 0.');
    }
    directed.add(key(a, b));
  }
  const neighbours = Array.from({ length: numQubits }, (_, a) =>
    Array.from({ length: numQubits }, (_, b) => b).filter((b) => directed.has(key(a, b)) || directed.has(key(b, a))),
  );
  const costs = new Map<number, number>();
  for (const [a, b, error] of rates.twoQubit ?? []) {
    if (!neighbours[a]?.includes(b)) {
      throw new DaruanError(
        'transpile: errors',
        `qubits ${a} and ${b} have an error but no coupling`,
        'Add the pair to the coupling map.',
      );
    }
    const found = lossOf(`that of qubits ${a} and ${b}`, error);
    costs.set(key(a, b), found);
    costs.set(key(b, a), found);
  }
  const mean = [...costs.values()].reduce((sum, cost) => sum + cost, 0) / Math.max(1, costs.size);
  // an edge without a report counts as one of the mean
  const cost = (a: number, b: number): number => (costs.size === 0 ? 1 : (costs.get(key(a, b)) ?? mean));
  const perQubit = (['readout', 'oneQubit'] as const).map((kind) => {
    const list = rates[kind];
    if (list !== undefined && list.length !== numQubits) {
      throw expected('transpile: errors', `${kind} of shape [${numQubits}]`, list.length);
    }
    return list?.map((error, qubit) => lossOf(`${kind} of qubit ${qubit}`, error));
  });
  return {
    numQubits,
    neighbours,
    hasDirection: (a, b) => directed.has(key(a, b)),
    cost,
    distances: shortestPaths(neighbours, (a, b) => (mean > 0 ? 0.5 + 0.5 * (cost(a, b) / mean) : 1)),
    qubitCost: (qubit) => perQubit.reduce((sum, list) => sum + (list?.[qubit] ?? 0), 0),
  };
}

function lossOf(name: string, error: unknown): number {
  if (typeof error === 'number' && error >= 0 && error < 1) return -Math.log1p(-error);
  throw expected('transpile: errors', `${name} to be a probability below 1`, error);
}

/** All distances (Floyd, Warshall). */
function shortestPaths(
  neighbours: readonly (readonly number[])[],
  length: (a: number, b: number) => number,
): Float64Array {
  const n = neighbours.length;
  const distances = new Float64Array(n * n).fill(Number.POSITIVE_INFINITY);
  for (let a = 0; a < n; a++) {
    distances[a * n + a] = 0;
    for (const b of neighbours[a]) distances[a * n + b] = length(a, b);
  }
  for (let via = 0; via < n; via++) {
    for (let a = 0; a < n; a++) {
      const first = distances[a * n + via];
      if (first === Number.POSITIVE_INFINITY) continue;
      for (let b = 0; b < n; b++) {
        const whole = first + distances[via * n + b];
        if (whole < distances[a * n + b]) distances[a * n + b] = whole;
      }
    }
  }
  return distances;
}
