import { expected } from '../../src/foundation/errors.js';
import type { Circuit } from '../circuit.js';
import { type ObservableLike, observable } from '../pauli.js';
import type { Ansatz } from './ansatz.js';

/**
 * Your own circuit as an ansatz: every parameter becomes an entry of θ, of shape [parameters, 1], whatever `reps` says.
 * Scale the data in the circuit itself, for example by the angle `'w*x + b'`.
 *
 * @param source   a circuit of one data slot; its angles may use x in any gate, on any axis
 * @param readout  the observable, ⟨Z⟩ on qubit 0 by default
 * @throws if the circuit has no data slot, or several
 */
export function customAnsatz(source: Circuit, readout: ObservableLike = 'Z'): Ansatz {
  if (source.data.length !== 1) {
    throw expected(
      'customAnsatz',
      'a circuit of one data slot',
      source.data,
      'Name it in circuit({ data: ["x"], … }).',
    );
  }
  return {
    name: source.name,
    observable: observable(readout),
    thetaShape: () => [source.parameters.length, 1],
    names: () => ({ theta: source.parameters, weights: [], biases: [] }),
    circuit: () => source,
    biasAlwaysTrainable: false,
  };
}
