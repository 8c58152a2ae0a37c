/**
 * How amplitudes move. A backend knows masks, matrices and angles; it knows no gate by name.
 *
 * A state of n qubits is 2ⁿ complex amplitudes, interleaved re, im; bit q of a basis index is qubit q. Batch first.
 */

/** A Pauli word as bit masks: P|z⟩ = i^popcount(x & z) · (−1)^popcount(index & z) |index ⊕ x⟩. */
export interface PauliMasks {
  readonly xMask: number;
  readonly zMask: number;
}

/** An instruction acts on the basis states whose bits under `controlMask` equal `controlValue`. */
export interface Controls {
  readonly controlMask: number;
  readonly controlValue: number;
}

/** exp(iκθ)·exp(−iθP/2), under controls. θ is a constant, or comes from a slot of the angle table. */
export interface Rotate extends Controls, PauliMasks {
  readonly kind: 'rotate';
  /** κ. */
  readonly phase: number;
  readonly angle: { readonly constant: number } | { readonly slot: number };
}

/** A dense matrix on `targets` (`targets[0]` the least significant bit), row-major, interleaved; need not be unitary. */
export interface Apply extends Controls {
  readonly kind: 'matrix';
  readonly targets: readonly number[];
  readonly entries: Float64Array;
}

export type Instruction = Rotate | Apply;

/** A circuit as a backend sees it. */
export interface Program {
  readonly numQubits: number;
  /** Number of angle slots. */
  readonly numSlots: number;
  readonly instructions: readonly Instruction[];
}

/** The angles of a run, in radians: one entry a slot, of length `batch`, or of length 1 if all samples share it. */
export type Angles = readonly Float64Array[];

/** Σ_k coefficient_k · P_k. */
export interface PauliSum {
  readonly terms: readonly (PauliMasks & { readonly coefficient: number })[];
}

/** Statevector simulation of a batch of runs of one program. All arrays are the caller's; nothing is retained. */
export interface Backend {
  readonly name: string;
  readonly precision: 'float32' | 'float64';

  /**
   * Final states, shape [batch, 2ⁿ, 2].
   * @param initial states to start from, shape [batch, 2ⁿ, 2] or [1, 2ⁿ, 2]; |0…0⟩ if absent
   */
  statevector(program: Program, angles: Angles, batch: number, initial?: Float64Array): Float64Array;

  /** ⟨O_k⟩ of each observable in the final states, shape [batch, observables]. */
  expectation(program: Program, angles: Angles, batch: number, observables: readonly PauliSum[]): Float64Array;

  /**
   * ⟨O_k⟩, and the derivative of Σ_k upstream_k ⟨O_k⟩ with respect to every slot, per sample, by the adjoint method.
   * The program's matrices must be unitary.
   * @param upstream  shape [batch, observables]
   * @returns values [batch, observables]; gradients: one Float64Array of length batch a slot
   */
  adjoint(
    program: Program,
    angles: Angles,
    batch: number,
    observables: readonly PauliSum[],
    upstream: Float64Array,
  ): { readonly values: Float64Array; readonly gradients: Float64Array[] };
}
