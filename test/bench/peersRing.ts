import { type Circuit, circuit, controlled, op } from '../../circuits/circuit.js';

/** RX and RZ angles of every qubit, so that no two are alike. */
export const angleX = (qubit: number): number => Math.sin(1.7 * qubit + 0.3);
export const angleZ = (qubit: number): number => Math.cos(2.3 * qubit + 0.1);

/** One layer: RX and RZ on every qubit, all angles symbols, then a ring of CNOTs (none for one qubit). */
export function ringCircuit(numQubits: number): Circuit {
  const qubits = Array.from({ length: numQubits }, (_, q) => q);
  return circuit({
    numQubits,
    operations: [
      ...qubits.flatMap((q) => [op('rx', [q], `a${q}`), op('rz', [q], `b${q}`)]),
      ...(numQubits > 1 ? qubits.map((q) => controlled(op('x', [(q + 1) % numQubits]), q)) : []),
    ],
  });
}

export const ringValues = (numQubits: number): Record<string, number> =>
  Object.fromEntries(
    Array.from({ length: numQubits }, (_, q) => [
      [`a${q}`, angleX(q)],
      [`b${q}`, angleZ(q)],
    ]).flat(),
  );
