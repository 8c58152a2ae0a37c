import { type Circuit, type Control, circuit, type Operation, op } from '../../circuits/circuit.js';
import { type Gate, gates } from '../../circuits/gates.js';
import { Random } from '../../src/foundation/random.js';

/** The rows of the gate table, as a list. */
export const rows: readonly Gate[] = Object.values(gates);

/** One random operation: any row, random qubits, angles in (−2π, 2π), up to `maxControls` controls of either value. */
export function randomOperation(random: Random, numQubits: number, maxControls: number): Operation {
  const fitting = rows.filter((gate) => gate.numTargets <= numQubits);
  const gate = fitting[random.integer(fitting.length)];
  const qubits = [...random.permutation(numQubits)];
  const angles = gate.parameters.map(() => random.uniform(-2 * Math.PI, 2 * Math.PI));
  const free = Math.min(maxControls, numQubits - gate.numTargets);
  const controls = qubits
    .slice(gate.numTargets, gate.numTargets + random.integer(free + 1))
    .map((qubit): Control => ({ qubit, value: random.sign() === 1 ? 1 : 0 }));
  return { ...op(gate, qubits.slice(0, gate.numTargets), ...angles), controls };
}

/** A seeded random circuit. */
export function randomCircuit(seed: number, numQubits: number, length: number, maxControls = 2): Circuit {
  const random = new Random(seed);
  const operations = Array.from({ length }, () => randomOperation(random, numQubits, maxControls));
  return circuit({ name: `random_${seed}`, numQubits, operations });
}
