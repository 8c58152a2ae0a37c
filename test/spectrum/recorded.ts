import { type Circuit, circuit, controlled, type Operation, op } from '../../circuits/circuit.js';
import type { spectrumCases } from '../simulate/circuitCases.js';

/** RZ RY RZ on every qubit, then CNOTs in a ring: one for two qubits, none for one. */
function block(theta: readonly (readonly number[])[]): Operation[] {
  const numQubits = theta.length;
  const links = numQubits === 1 ? 0 : numQubits === 2 ? 1 : numQubits;
  return [
    ...theta.flatMap(([a, b, c], qubit) => [op('rz', [qubit], a), op('ry', [qubit], b), op('rz', [qubit], c)]),
    ...Array.from({ length: links }, (_, qubit) => controlled(op('x', [(qubit + 1) % numQubits]), qubit)),
  ];
}

/** The circuit of a recorded spectrum. */
export const recordedCircuit = ({ num_qubits, layers, theta }: (typeof spectrumCases)[number]): Circuit =>
  circuit({
    numQubits: num_qubits,
    data: ['x'],
    operations: theta.flatMap((rows, layer) => [
      ...block(rows),
      ...(layer < layers ? rows.map((_, qubit) => op('rx', [qubit], 'x')) : []),
    ]),
  });
