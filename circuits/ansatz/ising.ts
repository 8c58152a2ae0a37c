import { type Operation, op } from '../circuit.js';
import { entangling, range } from './entangling.js';

/** One step of a transverse-field Ising chain: RZZ(coupling_lq) on neighbours q, q + 1, then RX(field_lq) on each qubit. */
const step = (numQubits: number, l: number): Operation[] => [
  ...range(numQubits - 1).map((q) => op('rzz', [q, q + 1], `coupling_${l}_${q}`)),
  ...range(numQubits).map((q) => op('rx', [q], `field_${l}_${q}`)),
];

/**
 * A function of one variable a qubit, x_0 … x_{n−1}, as the longitudinal field of an Ising chain: H on each qubit; then
 * a Trotter step of the chain and RZ(x_q) on each, again and again; a last step at the end.
 */
export const ising = entangling({
  name: 'ising',
  minQubits: 2,
  data: (numQubits) => range(numQubits).map((q) => `x_${q}`),
  start: (numQubits) => range(numQubits).map((q) => op('h', [q])),
  layer: (numQubits, l) => [...step(numQubits, l), ...range(numQubits).map((q) => op('rz', [q], `x_${q}`))],
  close: step,
});
