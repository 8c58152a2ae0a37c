import { DaruanError } from '../src/foundation/errors.js';
import { type Circuit, circuit, type Operation } from './circuit.js';

/** A statement about measured bits: `equal` reads `bits` as an integer, the first its least significant bit. */
export type Condition =
  | { readonly kind: 'equal'; readonly bits: readonly number[]; readonly value: number }
  | { readonly kind: 'not'; readonly operand: Condition }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition };

/** One step of a dynamic circuit. */
export type DynamicStep =
  | { readonly kind: 'gate'; readonly operation: Operation }
  /** Along Z, into a bit; without one the outcome is forgotten. */
  | { readonly kind: 'measure'; readonly qubit: number; readonly bit?: number }
  /** To |0⟩, whatever the state was. */
  | { readonly kind: 'reset'; readonly qubit: number }
  | {
      readonly kind: 'if';
      readonly condition: Condition;
      readonly body: readonly DynamicStep[];
      readonly otherwise: readonly DynamicStep[];
    };

/** A named list of qubits or bits, `start` … `start + size − 1`. */
export interface Register {
  readonly name: string;
  readonly start: number;
  readonly size: number;
}

/** A circuit with measurements, resets and conditions in between: what a quantum program does in time. Bits start at 0. */
export interface DynamicCircuit {
  readonly name: string;
  readonly numQubits: number;
  readonly numBits: number;
  readonly qubitRegisters: readonly Register[];
  readonly bitRegisters: readonly Register[];
  /** Symbols that are data, such as `x`; none if absent. All others are parameters. */
  readonly data?: readonly string[];
  readonly steps: readonly DynamicStep[];
  /** What a reader passed over or had to decide. */
  readonly warnings: readonly string[];
}

/** A measurement at the end of a circuit. */
export interface Measurement {
  readonly qubit: number;
  readonly bit?: number;
}

/**
 * A dynamic circuit as a circuit and the measurements at its end.
 *
 * @throws if it does more: a condition, a reset of a qubit in use, or anything on a qubit that was measured
 */
export function toCircuit(source: DynamicCircuit): { circuit: Circuit; measurements: readonly Measurement[] } {
  const [used, done] = [new Set<number>(), new Set<number>()];
  const measurements: Measurement[] = [];
  const operations: Operation[] = [];
  source.steps.forEach((step, index) => {
    const refuse = (what: string): DaruanError =>
      new DaruanError('toCircuit', `step ${index} of "${source.name}" ${what}`, 'Use sampleDynamic().');
    if (step.kind === 'if') throw refuse('depends on measured bits');
    const qubits = qubitsOf(step);
    const measured = qubits.find((qubit) => done.has(qubit));
    if (measured !== undefined) throw refuse(`acts on qubit ${measured} after its measurement`);
    if (step.kind === 'reset' && used.has(step.qubit)) {
      throw refuse(`resets qubit ${step.qubit}, which is in use`);
    }
    for (const qubit of qubits) used.add(qubit);
    if (step.kind === 'gate') operations.push(step.operation);
    if (step.kind !== 'measure') return;
    measurements.push({ qubit: step.qubit, bit: step.bit });
    done.add(step.qubit);
  });
  const { name, numQubits, data } = source;
  return { circuit: circuit({ name, numQubits, data, operations }), measurements };
}

function qubitsOf(step: Exclude<DynamicStep, { kind: 'if' }>): readonly number[] {
  if (step.kind !== 'gate') return [step.qubit];
  const { targets, controls } = step.operation;
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
