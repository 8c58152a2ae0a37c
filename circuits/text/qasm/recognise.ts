import { op } from '../../circuit.js';
import { type Gate, gates } from '../../gates.js';
import { distance, distanceUpToPhase } from '../../matrix.js';
import { unitaryOf } from '../../unitary.js';
import { rowDefinition } from './library.js';
import type { GateDefinition } from './scope.js';

const samples = [0.7, -1.9, 2.3];

/**
 * The row of the gate table that a definition repeats: of its name, perhaps after `daruan_`, and of the same unitary at
 * angles without any symmetry. So a circuit that was written with definitions is read as it was.
 */
export function recognised(name: string, definition: GateDefinition, upToPhase: boolean): GateDefinition | undefined {
  const row = (gates as Readonly<Record<string, Gate>>)[name.replace(/^daruan_/, '')];
  if (!Object.hasOwn(gates, name.replace(/^daruan_/, ''))) return undefined;
  const { numParameters, numQubits, expand } = definition;
  if (row.numTargets !== numQubits || row.parameters.length !== numParameters) return undefined;
  const [angles, qubits] = [samples.slice(0, numParameters), [0, 1].slice(0, numQubits)];
  const body = unitaryOf(expand(angles, qubits, { line: 0, column: 0 }), numQubits);
  const measure = upToPhase ? distanceUpToPhase : distance;
  return measure(body, unitaryOf([op(row, qubits, ...angles)], numQubits)) < 1e-12 ? rowDefinition(row) : undefined;
}
