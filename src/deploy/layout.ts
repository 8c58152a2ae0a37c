import type { DeviceProfile } from '../noise/profile.js';

/**
 * A device's qubits, the best first: by the chance that one run of a one-qubit circuit goes wrong,
 * (p01 + p10)/2 + gates · gateError.
 *
 * @param gates  in the circuit, virtual ones not counted
 * @example rankQubits(exampleProfiles['typical-transmon'], 6).slice(0, 4)
 */
export function rankQubits({ qubits }: DeviceProfile, gates: number): number[] {
  const score = scores(qubits, gates);
  return [...score.keys()].sort((a, b) => score[a] - score[b] || a - b);
}

const scores = (qubits: DeviceProfile['qubits'], gates: number): number[] =>
  qubits.map(({ readout: { p01, p10 }, gateError }) => (p01 + p10) / 2 + gates * gateError);

/** Qubits of at most twice the score of the median: what is packed unless said otherwise. */
export function goodQubits(profile: DeviceProfile, gates: number): number[] {
  const score = scores(profile.qubits, gates);
  const ranked = rankQubits(profile, gates);
  const median = score[ranked[Math.floor((ranked.length - 1) / 2)]];
  return ranked.filter((qubit) => score[qubit] <= 2 * median);
}
