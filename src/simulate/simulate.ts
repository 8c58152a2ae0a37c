import type { Circuit } from '../../circuits/circuit.js';
import type { CompiledCircuit } from '../compile/compile.js';
import { compileObservables, type Observables } from '../compile/observables.js';
import type { Values } from '../compile/values.js';
import { prepare, type SimulationOptions } from './run.js';

/**
 * The final states of a circuit started in |0…0⟩.
 *
 * @param values  one number (shared) or [batch] numbers for each symbol of the circuit, angles in radians
 * @returns amplitudes, shape [batch, 2ⁿ, 2] (re, im); bit q of a basis index is qubit q
 * @throws if values are missing, unknown, not finite, or of different lengths
 * Cost: O(batch · operations · 2ⁿ).
 * @example statevector(circuit({ numQubits: 1, operations: [op('ry', [0], 'theta')] }), { theta: [0, Math.PI] })
 */
export function statevector(
  circuit: Circuit | CompiledCircuit,
  values: Values = {},
  options: SimulationOptions = {},
): Float64Array {
  const { compiled, bound, angles, backend } = prepare('statevector', circuit, values, options);
  return backend.statevector(compiled.program, angles, bound.batch);
}

/**
 * Probabilities p_z = |⟨z|ψ⟩|² of all basis states.
 *
 * @param values  one number (shared) or [batch] numbers for each symbol, radians
 * @returns shape [batch, 2ⁿ]; bit q of a basis index is qubit q
 * @throws as `statevector`
 * Cost: O(batch · operations · 2ⁿ).
 * @example probabilities(circuit({ numQubits: 1, operations: [op('h', [0])] }))    // [0.5, 0.5]
 */
export function probabilities(
  circuit: Circuit | CompiledCircuit,
  values: Values = {},
  options: SimulationOptions = {},
): Float64Array {
  const { compiled, bound, angles, backend } = prepare('probabilities', circuit, values, options);
  return squaredModuli(backend.statevector(compiled.program, angles, bound.batch));
}

/** |amplitude|² of interleaved amplitudes. */
export function squaredModuli(amplitudes: Float64Array): Float64Array {
  const result = new Float64Array(amplitudes.length / 2);
  for (let i = 0; i < result.length; i++) result[i] = amplitudes[2 * i] ** 2 + amplitudes[2 * i + 1] ** 2;
  return result;
}

/**
 * Expectation values ⟨ψ|O_k|ψ⟩, physical: ⟨Z⟩ = |α|² − |β|².
 *
 * @param observables  one observable or a list: Pauli words (letter j on qubit j) or weighted sums of them
 * @param values  one number (shared) or [batch] numbers for each symbol, radians
 * @returns shape [batch, observables]
 * @throws as `statevector`; if a word is longer than the circuit
 * Cost: O(batch · (operations + terms) · 2ⁿ).
 * @example expectation(circuit({ numQubits: 1, operations: [op('ry', [0], 'theta')] }), ['Z', 'X'], { theta: 0.3 })
 */
export function expectation(
  circuit: Circuit | CompiledCircuit,
  observables: Observables,
  values: Values = {},
  options: SimulationOptions = {},
): Float64Array {
  const { compiled, bound, angles, backend } = prepare('expectation', circuit, values, options);
  const sums = compileObservables('expectation', observables, compiled.numQubits);
  return backend.expectation(compiled.program, angles, bound.batch, sums);
}
