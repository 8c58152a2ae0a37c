import { type CompiledAngle, compileAngle } from '../../circuits/angle/differentiate.js';
import type { Angle } from '../../circuits/angle/expression.js';
import { type Circuit, type Operation, placeStep } from '../../circuits/circuit.js';
import { masks } from '../../circuits/pauli.js';
import type { Apply, Controls, Instruction, Program, Rotate } from '../../kernels/backend.js';
import { DaruanError, expected } from '../foundation/errors.js';
import { checkGate } from './ownGate.js';

/** One angle that is not a constant: it belongs to exactly one rotation of the program. */
export interface Slot {
  /** The rotation that this slot turns. */
  readonly rotation: Rotate;
  readonly expression: Angle;
  /** The expression over the values of the circuit's symbols, in their order. */
  readonly angle: CompiledAngle;
  /** Where the angle stands in the circuit, for errors: `operation 3 ("rz")`. */
  readonly label: string;
}

/** A circuit as masks and numbers. Compile once where the same circuit is run many times. */
export interface CompiledCircuit {
  readonly numQubits: number;
  /** The circuit's symbols: parameters, then data. */
  readonly symbols: readonly string[];
  readonly program: Program;
  /** What fills the program's angle table, slot by slot. */
  readonly slots: readonly Slot[];
  /** For each operation of the circuit, how many instructions there are up to its end: where noise comes in. */
  readonly ends: readonly number[];
}

/**
 * Turns every operation into instructions: a generator into a rotation (its angle a constant or a slot), a gate with
 * constant angles into its matrix, any other gate into its decomposition.
 *
 * Cost: O(operations), once; nothing of size 2ⁿ.
 * @throws if a gate with angles that are not numbers has neither generator nor decomposition; if a gate that is not of
 *         the table is not unitary or contradicts its generator
 * @example compile(circuit({ numQubits: 1, operations: [op('h', [0]), op('rz', [0], 'w*x')], data: ['x'] }))
 */
export function compile(source: Circuit | CompiledCircuit, where = 'compile'): CompiledCircuit {
  if (typeof source !== 'object' || source === null) throw expected(where, 'a circuit', source);
  if ('program' in source) return source;
  if (!Array.isArray(source.operations) || !Array.isArray(source.parameters)) {
    throw expected(where, 'a circuit', source, 'Make one with circuit({ numQubits, operations }).');
  }
  const symbols = [...source.parameters, ...source.data];
  const instructions: Instruction[] = [];
  const slots: Slot[] = [];
  const ends: number[] = [];
  source.operations.forEach((operation, index) => {
    const label = `operation ${index} ("${operation.gate.name}")`;
    checkGate(where, label, operation.gate);
    emit(operation, label);
    ends.push(instructions.length);
  });
  const program: Program = { numQubits: source.numQubits, numSlots: slots.length, instructions };
  return { numQubits: source.numQubits, symbols, program, slots, ends };

  function emit(operation: Operation, label: string): void {
    const { gate, targets, angles } = operation;
    const constant = angles.every((angle) => typeof angle === 'number');
    if (gate.generator) {
      const { word, phase } = gate.generator;
      const [expression] = angles;
      const angle = typeof expression === 'number' ? { constant: expression } : { slot: slots.length };
      const rotation: Rotate = { kind: 'rotate', ...masks(word, targets), ...controlsOf(operation), phase, angle };
      instructions.push(rotation);
      if ('slot' in angle) {
        slots.push({ rotation, expression, angle: compileAngle(expression, symbols), label });
      }
    } else if (constant) {
      const entries = gate.matrix(...(angles as number[]));
      instructions.push({ kind: 'matrix', targets, entries, ...controlsOf(operation) } satisfies Apply);
    } else if (gate.decomposition) {
      for (const step of gate.decomposition(...angles)) emit(placeStep(step, operation), label);
    } else {
      throw new DaruanError(
        where,
        `${label} has angles that are not numbers, but its gate has neither generator nor decomposition`,
        'Bind its angles to numbers, or give the gate a decomposition.',
      );
    }
  }
}

function controlsOf({ controls }: Operation): Controls {
  let [controlMask, controlValue] = [0, 0];
  for (const { qubit, value } of controls) {
    controlMask |= 1 << qubit;
    controlValue |= value << qubit;
  }
  return { controlMask, controlValue };
}
