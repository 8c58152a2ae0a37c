import type { Random } from '../../src/foundation/random.js';
import {
  amplitudeDamping,
  bitFlip,
  depolarising,
  phaseDamping,
  phaseFlip,
  thermalRelaxation,
} from '../../src/noise/channels.js';
import type { NoiseModel } from '../../src/noise/model.js';

/** Every channel at once, on some gates and qubits, strong enough to be seen. */
export function randomNoise(random: Random, numQubits: number): NoiseModel {
  const p = () => random.uniform(0.01, 0.1);
  return {
    rules: [
      { channel: depolarising(p()), arity: 1 },
      { channel: depolarising(p(), 2), arity: 2 },
      { channel: amplitudeDamping(p()), qubits: [0] },
      { channel: phaseDamping(p()), except: ['h'] },
      { channel: bitFlip(p()), gates: ['rx', 'x', 'u'] },
      { channel: phaseFlip(p()), qubits: [numQubits - 1] },
      { channel: thermalRelaxation(p(), 1, 1.3), arity: 1 },
    ],
    readout: Array.from({ length: numQubits }, () => ({ p01: p(), p10: p() })),
  };
}
