import { type Circuit, circuit, type Operation, op } from '../../circuits/circuit.js';
import { gates } from '../../circuits/gates.js';
import { distanceUpToPhase, type Matrix } from '../../circuits/matrix.js';
import type { Random } from '../../src/foundation/random.js';
import type { Layout, Transpiled } from '../../src/transpile/transpile.js';
import { applyOperation, circuitUnitary, type Values } from '../circuits/unitary.js';

/** Where the bits of `index` are once qubit q is at `places[q]`. */
const spread = (index: number, places: readonly number[]): number =>
  places.reduce((sum, place, qubit) => sum | (((index >> qubit) & 1) << place), 0);

/** What a transpiled circuit does to the qubits of its source: all others start, and must end, in |0⟩. */
export function unitaryThrough(source: Circuit, { initial, final }: Layout, values: Values = {}): Matrix {
  const [size, whole] = [2 ** initial.length, 2 ** source.numQubits];
  const start = new Float64Array(2 * whole * size);
  for (let index = 0; index < size; index++) start[2 * (spread(index, initial) * size + index)] = 1;
  const end = source.operations.reduce<Matrix>(
    (columns, operation) => applyOperation(operation, columns, source.numQubits, values),
    start,
  );
  const result = new Float64Array(2 * size * size);
  for (let row = 0; row < size; row++) {
    const from = 2 * spread(row, final) * size;
    result.set(end.subarray(from, from + 2 * size), 2 * row * size);
  }
  return result;
}

/** max |A − e^(iγ)B| between a circuit and what it was transpiled to. */
export const difference = (source: Circuit, { circuit: made, layout }: Transpiled, values: Values = {}): number =>
  distanceUpToPhase(unitaryThrough(made, layout, values), circuitUnitary(source, values));

/** Angles at which decompositions degenerate. */
export const specialAngles: readonly number[] = [
  ...[0, Math.PI / 2, -Math.PI / 2, Math.PI, 2 * Math.PI, 1e-9, -1e-9],
  ...[Math.PI / 4, Math.PI / 2 + 1e-9, Math.PI - 1e-9, 1e-15],
];

/** A random unitary of two qubits as operations; with `special`, of special angles and often without one-qubit gates. */
export function randomPair(random: Random, special: boolean): Circuit {
  const angle = (): number =>
    special ? specialAngles[random.integer(specialAngles.length)] : random.uniform(-2 * Math.PI, 2 * Math.PI);
  const one = (qubit: number): Operation[] =>
    special && random.uniform() < 0.5 ? [] : [op('u', [qubit], angle(), angle(), angle())];
  const operations = [
    ...one(0),
    ...one(1),
    ...(['rxx', 'ryy', 'rzz'] as const).map((gate) => op(gate, [0, 1], angle())),
    ...one(0),
    ...one(1),
  ];
  return circuit({ numQubits: 2, operations });
}

/** A random unitary of one qubit. */
export function randomTurn(random: Random, special: boolean): Circuit {
  const angle = (): number =>
    special ? specialAngles[random.integer(specialAngles.length)] : random.uniform(-2 * Math.PI, 2 * Math.PI);
  return circuit({
    numQubits: 1,
    operations: [op(gates.u, [0], angle(), angle(), angle()), op('rx', [0], angle()), op('h', [0])],
  });
}
