import type { DeviceProfile } from '../noise/profile.js';
import type { Coupling, ErrorRates } from './coupling.js';

/** What transpiling takes from a device profile: its couplings, and the errors by which it chooses qubits and ways. */
export function couplingOfProfile(profile: DeviceProfile): { coupling: Coupling; errors: ErrorRates } {
  const { qubits, couplings } = profile;
  return {
    coupling: { numQubits: qubits.length, edges: couplings.map((found) => found.qubits) },
    errors: {
      twoQubit: couplings.map((found) => [...found.qubits, found.gateError] as const),
      readout: qubits.map(({ readout: { p01, p10 } }) => (p01 + p10) / 2),
      oneQubit: qubits.map(({ gateError }) => gateError),
    },
  };
}
