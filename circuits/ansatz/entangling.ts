import { checkInteger } from '../../src/foundation/checks.js';
import { type Circuit, circuit, MAX_QUBITS, type Operation } from '../circuit.js';
import { type Observable, observable } from '../pauli.js';

/**
 * A data re-uploading circuit of several qubits as a family in the number of qubits and of repetitions. Its trainable
 * angles and its data are the circuit's `parameters` and `data`.
 */
export interface EntanglingAnsatz {
  readonly name: string;
  /** The smallest number of qubits that it makes sense for. */
  readonly minQubits: number;
  /** What is read out: ⟨Z⟩ on qubit 0. */
  readonly observable: Observable;
  /**
   * The circuit on `numQubits` qubits with `reps` repetitions of the data.
   *
   * @throws unless numQubits is an integer in minQubits … 30 and reps an integer ≥ 1
   */
  readonly circuit: (numQubits: number, reps: number) => Circuit;
}

/** What makes one entangling ansatz different from another. */
export interface EntanglingFamily {
  readonly name: string;
  readonly minQubits: number;
  /** Names of the data slots. */
  readonly data: (numQubits: number) => readonly string[];
  /** What comes before all repetitions, if anything. */
  readonly start?: (numQubits: number) => readonly Operation[];
  /** Repetition l: trainable gates, entangling gates, data gates. */
  readonly layer: (numQubits: number, l: number) => readonly Operation[];
  /** The last trainable block, number `reps`, without data. */
  readonly close: (numQubits: number, reps: number) => readonly Operation[];
}

/** [0, …, length − 1]. */
export const range = (length: number): number[] => Array.from({ length }, (_, index) => index);

/** The start, then repetitions 0 … reps − 1, then the closing block. */
export function entangling({ name, minQubits, data, start, layer, close }: EntanglingFamily): EntanglingAnsatz {
  return {
    name,
    minQubits,
    observable: observable('Z'),
    circuit: (numQubits, reps) => {
      checkInteger(`ansatz "${name}"`, 'numQubits', numQubits, minQubits, MAX_QUBITS);
      checkInteger(`ansatz "${name}"`, 'reps', reps, 1);
      return circuit({
        name: `${name}_${numQubits}_${reps}`,
        numQubits,
        data: data(numQubits),
        operations: [
          ...(start?.(numQubits) ?? []),
          ...range(reps).flatMap((l) => layer(numQubits, l)),
          ...close(numQubits, reps),
        ],
      });
    },
  };
}
