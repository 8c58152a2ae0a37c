import { averageInfidelity, besideChannels, type Channel } from './channel.js';
import { depolarising, thermalRelaxation } from './channels.js';
import type { NoiseModel, NoiseRule } from './model.js';
import type { DeviceProfile, QubitProfile } from './profile.js';

/** What a qubit suffers for a time in nanoseconds; nothing where T1 or the time is not known. */
export function relaxation({ t1, t2 }: QubitProfile, duration = 0): Channel | undefined {
  if (duration === 0 || (t1 === undefined && t2 === undefined)) return undefined;
  const decay = t1 ?? 1e12;
  return thermalRelaxation(duration / 1000, decay, Math.min(t2 ?? 2 * decay, 2 * decay));
}

/**
 * Relaxation, and as much depolarising as the stated error leaves: after a channel of average fidelity F, depolarising of
 * strength p gives (1 − p) F + p/d. Where relaxation alone exceeds the stated error there is none.
 */
function gateChannels(error: number, numQubits: 1 | 2, relax: Channel | undefined): Channel[] {
  const fidelity = relax ? 1 - averageInfidelity(relax) : 1;
  const p = Math.min(1, Math.max(0, (fidelity - (1 - error)) / (fidelity - 2 ** -numQubits)));
  return [...(relax ? [relax] : []), ...(p > 0 ? [depolarising(p, numQubits)] : [])];
}

/**
 * The noise of a device by its profile: after each gate thermal relaxation for its duration and depolarising, together of the
 * stated average infidelity; readout errors at the end. Virtual gates are free. Qubits that wait decay in
 * `scheduleOn`; neighbours do not disturb each other: profiles do not tell. Gates of three qubits and more are free of noise, so lower them first.
 *
 * @example noiseOf(exampleProfiles['typical-transmon'])
 */
export function noiseOf({ qubits, couplings, virtualGates = [] }: DeviceProfile): NoiseModel {
  const single = qubits.flatMap((qubit, index): NoiseRule[] =>
    gateChannels(qubit.gateError, 1, relaxation(qubit, qubit.gateDuration)).map((channel) => ({
      channel,
      arity: 1,
      qubits: [index],
      except: virtualGates,
    })),
  );
  const pairs = couplings.flatMap(({ qubits: [a, b], gateError, gateDuration }): NoiseRule[] => {
    const [low, high] = [relaxation(qubits[a], gateDuration), relaxation(qubits[b], gateDuration)];
    const relax = low && high && besideChannels(low, high);
    return gateChannels(gateError, 2, relax).map((channel) => ({ channel, arity: 2, qubits: [a, b] }));
  });
  return { rules: [...single, ...pairs], readout: qubits.map(({ readout }) => readout) };
}
