import type { Operation } from '../../circuits/circuit.js';
import { DaruanError, expected } from '../foundation/errors.js';
import type { Channel } from './channel.js';
import { checkReadout, type ReadoutError } from './readout.js';

/** A channel, and the operations that it follows. Conditions that are absent are met. */
export interface NoiseRule {
  readonly channel: Channel;
  /** Names of gates. */
  readonly gates?: readonly string[];
  /** Names of gates that it does not follow. */
  readonly except?: readonly string[];
  /** Number of qubits of the operation, controls counted. */
  readonly arity?: number;
  /** All qubits that the channel acts on are among these. */
  readonly qubits?: readonly number[];
}

/**
 * Noise of a device. After each operation come the channels of all rules that it meets, in order: a channel of one qubit on
 * each of the operation's qubits, a channel of two on operations of two. Operations without a qubit are free of noise.
 */
export interface NoiseModel {
  readonly rules?: readonly NoiseRule[];
  /** One a qubit; applied to what is sampled, never to states. */
  readonly readout?: readonly ReadoutError[];
}

/** A channel on some qubits. */
export interface PlacedChannel {
  readonly channel: Channel;
  /** `targets[0]` is the channel's least significant bit. */
  readonly targets: readonly number[];
}

/** The channels that follow an operation. */
export function channelsAfter({ rules = [] }: NoiseModel, { gate, targets, controls }: Operation): PlacedChannel[] {
  const touched = [...targets, ...controls.map(({ qubit }) => qubit)];
  return rules.flatMap(({ channel, gates, except, arity, qubits }) => {
    if (arity !== undefined && arity !== touched.length) return [];
    if (gates !== undefined && !gates.includes(gate.name)) return [];
    if (except?.includes(gate.name)) return [];
    const places =
      channel.numQubits === 1 ? touched.map((q) => [q]) : channel.numQubits === touched.length ? [touched] : [];
    return places
      .filter((place) => qubits === undefined || place.every((qubit) => qubits.includes(qubit)))
      .map((place) => ({ channel, targets: place }));
  });
}

/** Throws unless `noise` is a model for so many qubits. */
export function checkNoise(where: string, noise: NoiseModel, numQubits: number): void {
  if (typeof noise !== 'object' || noise === null) throw expected(where, 'a noise model { rules, readout }', noise);
  const { rules = [], readout } = noise;
  if (!Array.isArray(rules)) throw expected(where, 'rules of noise as a list', rules);
  rules.forEach((rule, index) => {
    if (!Array.isArray(rule?.channel?.kraus)) {
      throw new DaruanError(
        where,
        `rule ${index} of the noise has no channel`,
        'Write { channel: depolarising(0.01) }.',
      );
    }
  });
  if (readout !== undefined) checkReadout(where, readout, numQubits);
}

/** The model for a circuit whose qubit k is the device's qubit `layout[k]`. */
export function placeNoise({ rules = [], readout }: NoiseModel, layout: readonly number[]): NoiseModel {
  return {
    rules: rules.map((rule) => ({
      ...rule,
      ...(rule.qubits && { qubits: rule.qubits.flatMap((q) => (layout.includes(q) ? [layout.indexOf(q)] : [])) }),
    })),
    ...(readout && { readout: layout.map((qubit) => readout[qubit]) }),
  };
}
