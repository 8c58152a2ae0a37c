import { type Operation, op } from '../circuit.js';
import { entangling, range } from './entangling.js';

/** RY(θ_lq0) RZ(θ_lq1) on each qubit, then RZZ(coupling_lq) on the pairs (q, q + 1) with q even, or odd where l is odd. */
const block = (numQubits: number, l: number): Operation[] => [
  ...range(numQubits).flatMap((q) => [op('ry', [q], `theta_${l}_${q}_0`), op('rz', [q], `theta_${l}_${q}_1`)]),
  ...range(numQubits - 1)
    .filter((q) => q % 2 === (numQubits === 2 ? 0 : l % 2))
    .map((q) => op('rzz', [q, q + 1], `coupling_${l}_${q}`)),
];

/**
 * Brickwork: the block of layer l, then RX(w_lq·x) on each qubit with its own trainable frequency; at the end RY RZ on each
 * qubit. Depth grows with reps alone, and every gate acts on neighbours.
 */
export const brick = entangling({
  name: 'brick',
  minQubits: 2,
  data: () => ['x'],
  layer: (numQubits, l) => [...block(numQubits, l), ...range(numQubits).map((q) => op('rx', [q], `w_${l}_${q}*x`))],
  close: (numQubits, reps) => block(numQubits, reps).filter(({ gate }) => gate.numTargets === 1),
});
