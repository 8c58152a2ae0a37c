import { checkInteger } from '../../src/foundation/checks.js';
import { type Angle, add, multiply, symbol } from '../angle/expression.js';
import { type Circuit, circuit, type Operation, op } from '../circuit.js';
import { type Observable, observable } from '../pauli.js';

/**
 * A data re-uploading circuit of one qubit as a family in r repetitions, with named parameters:
 * `theta_l_k` (trainable block l, angle k), `w_l` and `b_l` (encoding φ_l = w_l·x + b_l) and the data slot `x`.
 */
export interface Ansatz {
  readonly name: string;
  /** What is read out. */
  readonly observable: Observable;
  /** Shape [rows, columns] of θ for r repetitions: one row a trainable block. */
  readonly thetaShape: (reps: number) => readonly [rows: number, columns: number];
  /** Names of the circuit's parameters: theta row by row, then encoding weights and biases (empty if it has none). */
  readonly names: (reps: number) => AnsatzNames;
  /** The circuit for r repetitions. */
  readonly circuit: (reps: number) => Circuit;
  /** True where the encoding bias is trained whatever the layer's options say. */
  readonly biasAlwaysTrainable: boolean;
  /** How repetitions are appended that leave the function as it is; absent where none do. */
  readonly growth?: Growth;
}

/** Repetitions that do nothing, by the rows that they append to θ (radians). */
export interface Growth {
  /** The row of one repetition that does nothing: whatever its encoding, or with w = b = 0. */
  readonly single?: { readonly row: readonly number[]; readonly encoding: 'any' | 'zero' };
  /** The rows of two repetitions, both with the same w and b, the second of which undoes the first. */
  readonly pair?: readonly (readonly number[])[];
}

export interface AnsatzNames {
  readonly theta: readonly string[];
  readonly weights: readonly string[];
  readonly biases: readonly string[];
}

/** What makes one re-uploading ansatz different from another. */
export interface Reuploading {
  readonly name: string;
  /** Trainable angles a block. */
  readonly columns: number;
  /** The trainable block, from its angles; first operation first. */
  readonly trainable: (theta: readonly Angle[]) => readonly Operation[];
  /** The data gate, from the encoded angle φ = w·x + b. */
  readonly encode: (phi: Angle) => readonly Operation[];
  /** Whether one more trainable block follows the last data gate. */
  readonly closes: boolean;
  readonly biasAlwaysTrainable?: boolean;
  readonly growth: Growth;
}

const range = (length: number): number[] => Array.from({ length }, (_, index) => index);

/** H, then for l = 0 … r − 1 the trainable block l and the data gate of φ_l, then (if it closes) a last trainable block. */
export function reuploading(family: Reuploading): Ansatz {
  const { name, columns, closes, biasAlwaysTrainable = false, growth } = family;
  const rows = (reps: number): number => reps + (closes ? 1 : 0);
  return {
    name,
    observable: observable('Z'),
    biasAlwaysTrainable,
    growth,
    thetaShape: (reps) => [rows(reps), columns],
    names: (reps) => ({
      theta: range(rows(reps)).flatMap((l) => range(columns).map((k) => `theta_${l}_${k}`)),
      weights: range(reps).map((l) => `w_${l}`),
      biases: range(reps).map((l) => `b_${l}`),
    }),
    circuit: (reps) => {
      checkInteger(`ansatz "${name}"`, 'reps', reps, 1);
      const block = (l: number) => family.trainable(range(columns).map((k) => symbol(`theta_${l}_${k}`)));
      const phi = (l: number) => add(multiply(symbol(`w_${l}`), symbol('x')), symbol(`b_${l}`));
      return circuit({
        name: `${name}_${reps}`,
        numQubits: 1,
        data: ['x'],
        operations: [
          op('h', [0]),
          ...range(reps).flatMap((l) => [...block(l), ...family.encode(phi(l))]),
          ...(closes ? block(reps) : []),
        ],
      });
    },
  };
}
