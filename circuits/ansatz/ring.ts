import { controlled, type Operation, op } from '../circuit.js';
import { entangling, range } from './entangling.js';

/** RZ(θ_lq0) RY(θ_lq1) RZ(θ_lq2) on each qubit q, then a ring of CNOTs q → q + 1 (one alone for two qubits). */
const block = (numQubits: number, l: number): Operation[] => [
  ...range(numQubits).flatMap((q) => [
    op('rz', [q], `theta_${l}_${q}_0`),
    op('ry', [q], `theta_${l}_${q}_1`),
    op('rz', [q], `theta_${l}_${q}_2`),
  ]),
  ...range(numQubits === 2 ? 1 : numQubits)
    .filter(() => numQubits > 1)
    .map((q) => controlled(op('x', [(q + 1) % numQubits]), q)),
];

/**
 * Strongly entangling layers: the block of θ_l, then RX(x) on each qubit; the block of θ_r at the end. Frequencies of x:
 * the integers up to reps · numQubits.
 *
 * @see Schuld, Sweke, Meyer, arXiv:2008.08605
 */
export const ring = entangling({
  name: 'ring',
  minQubits: 1,
  data: () => ['x'],
  layer: (numQubits, l) => [...block(numQubits, l), ...range(numQubits).map((q) => op('rx', [q], 'x'))],
  close: block,
});
