import type { Circuit } from '../../circuits/circuit.js';

/** How large a circuit is. */
export interface CircuitStatistics {
  readonly operations: number;
  /** Operations on two qubits or more. */
  readonly twoQubit: number;
  /** Layers of operations on qubits of their own. */
  readonly depth: number;
  /** Layers of operations on two qubits or more. */
  readonly twoQubitDepth: number;
}

/** Counts a circuit's operations; a global phase counts as none. Cost: O(operations). */
export function circuitStatistics({ numQubits, operations }: Circuit): CircuitStatistics {
  const all = operations
    .map(({ targets, controls }) => [...targets, ...controls.map(({ qubit }) => qubit)])
    .filter((qubits) => qubits.length > 0);
  const pairs = all.filter((qubits) => qubits.length > 1);
  const depth = (lists: readonly number[][]): number => {
    const free = new Array<number>(numQubits).fill(0);
    for (const qubits of lists) {
      const layer = 1 + Math.max(...qubits.map((qubit) => free[qubit]));
      for (const qubit of qubits) free[qubit] = layer;
    }
    return Math.max(...free);
  };
  return { operations: all.length, twoQubit: pairs.length, depth: depth(all), twoQubitDepth: depth(pairs) };
}
