import { DaruanError } from '../src/foundation/errors.js';
import { type Circuit, circuit, type Operation } from './circuit.js';

/** A statement about measured bits: `equal` reads `bits` as an integer, the first its least significant bit. */
export type Condition =
  | { readonly kind: 'equal'; readonly bits: readonly number[]; readonly value: number }
  | { readonly kind: 'not'; readonly operand: Condition }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition };

/** One thing that a program does. */
export type Instruction =
  | { readonly kind: 'gate'; readonly operation: Operation }
  /** Along Z, into a bit; without one the outcome is forgotten. */
  | { readonly kind: 'measure'; readonly qubit: number; readonly bit?: number }
  /** To |0⟩, whatever the state was. */
  | { readonly kind: 'reset'; readonly qubit: number }
  | {
      readonly kind: 'if';
      readonly condition: Condition;
      readonly body: readonly Instruction[];
      readonly otherwise: readonly Instruction[];
    };

/** A named list of qubits or bits, `start` … `start + size − 1`. */
export interface Register {
  readonly name: string;
  readonly start: number;
  readonly size: number;
}

/** What a quantum program does in time: a circuit, and measurements, resets and conditions in between. Bits start at 0. */
export interface Program {
  readonly name: string;
  readonly numQubits: number;
  readonly numBits: number;
  readonly qubitRegisters: readonly Register[];
  readonly bitRegisters: readonly Register[];
  readonly instructions: readonly Instruction[];
  /** What a reader passed over or had to decide. */
  readonly warnings: readonly string[];
}

/** A measurement at the end of a circuit. */
export interface Measurement {
  readonly qubit: number;
  readonly bit?: number;
}

/**
 * The program as a circuit and the measurements at its end.
 *
 * @throws if the program does more: a condition, a reset of a qubit in use, or anything on a qubit that was measured
 */
export function toCircuit(program: Program): { circuit: Circuit; measurements: readonly Measurement[] } {
  const used = new Set<number>();
  const measurements: Measurement[] = [];
  const operations: Operation[] = [];
  program.instructions.forEach((instruction, index) => {
    const refuse = (what: string): DaruanError =>
      new DaruanError('toCircuit', `instruction ${index} of "${program.name}" ${what}`, 'Simulate the program itself.');
    if (instruction.kind === 'if') throw refuse('depends on measured bits');
    const qubits = qubitsOf(instruction);
    const measured = qubits.find((qubit) => measurements.some((found) => found.qubit === qubit));
    if (measured !== undefined) throw refuse(`acts on qubit ${measured} after its measurement`);
    if (instruction.kind === 'reset' && used.has(instruction.qubit)) {
      throw refuse(`resets qubit ${instruction.qubit}, which is in use`);
    }
    for (const qubit of qubits) used.add(qubit);
    if (instruction.kind === 'gate') operations.push(instruction.operation);
    if (instruction.kind === 'measure') measurements.push({ qubit: instruction.qubit, bit: instruction.bit });
  });
  return { circuit: circuit({ name: program.name, numQubits: program.numQubits, operations }), measurements };
}

function qubitsOf(instruction: Exclude<Instruction, { kind: 'if' }>): readonly number[] {
  if (instruction.kind !== 'gate') return [instruction.qubit];
  const { targets, controls } = instruction.operation;
  return [...targets, ...controls.map(({ qubit }) => qubit)];
}

/** Whether a condition holds for these bits. */
export function holds(condition: Condition, bits: ArrayLike<number>): boolean {
  switch (condition.kind) {
    case 'equal':
      return (
        condition.value < 2 ** condition.bits.length &&
        condition.bits.every((bit, k) => bits[bit] === Math.floor(condition.value / 2 ** k) % 2)
      );
    case 'not':
      return !holds(condition.operand, bits);
    case 'and':
      return holds(condition.left, bits) && holds(condition.right, bits);
    case 'or':
      return holds(condition.left, bits) || holds(condition.right, bits);
  }
}
