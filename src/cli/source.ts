import { ansatze, entanglingAnsatze } from '../../circuits/ansatz/table.js';
import type { Circuit } from '../../circuits/circuit.js';
import type { DynamicCircuit } from '../../circuits/dynamicCircuit.js';
import { DaruanError } from '../foundation/errors.js';
import { readProgram } from './readCircuit.js';

/** How large an ansatz is made. */
export interface Size {
  readonly reps?: number;
  readonly qubits?: number;
}

/** Names that stand for circuits without a file. */
export const ansatzNames: readonly string[] = [...Object.keys(ansatze), ...Object.keys(entanglingAnsatze)];

/** Whether a source names a circuit: a file by its suffix, or an ansatz; else it is a folder. */
export const isCircuit = (source: string): boolean => /\.(json|qasm)$/i.test(source) || ansatzNames.includes(source);

/** The circuit of a file (*.json, *.qasm), or an ansatz by its name. */
export async function circuitOf(source: string, { reps, qubits }: Size): Promise<Circuit | DynamicCircuit> {
  if (Object.hasOwn(entanglingAnsatze, source)) {
    const family = entanglingAnsatze[source as keyof typeof entanglingAnsatze];
    return family.circuit(qubits ?? Math.max(3, family.minQubits), reps ?? 3);
  }
  const refuse = (option: string, owners: string): never => {
    throw new DaruanError(option, `"${source}" has no such size`, `It belongs to an ansatz${owners}.`);
  };
  if (qubits !== undefined) refuse('--qubits', ` of several qubits: ${Object.keys(entanglingAnsatze).join(', ')}`);
  if (Object.hasOwn(ansatze, source)) return ansatze[source as keyof typeof ansatze].circuit(reps ?? 3);
  if (reps !== undefined) refuse('--reps', `: ${ansatzNames.join(', ')}`);
  return readProgram(source);
}
