import { describe, expect, it } from 'vitest';
import { op } from '../../circuits/circuit.js';
import { averageInfidelity, composeChannels } from '../../src/noise/channel.js';
import { exampleProfiles } from '../../src/noise/exampleProfiles.js';
import { channelsAfter, placeNoise } from '../../src/noise/model.js';
import { type DeviceProfile, readProfile } from '../../src/noise/profile.js';
import { noiseOf } from '../../src/noise/profileNoise.js';

const examples = Object.entries<DeviceProfile>(exampleProfiles);

describe('A device profile', () => {
  it.each(examples)('%s reads back from its file, and says that it is invented', (name, profile) => {
    expect(readProfile(JSON.stringify(profile))).toEqual(profile);
    expect(profile.name).toBe(name);
    expect(profile.note).toMatch(/invented/i);
  });

  it.each(examples)('%s becomes noise of the stated infidelity, gate by gate', (_, profile) => {
    const noise = noiseOf(profile);
    profile.qubits.forEach(({ gateError }, q) => {
      const channels = channelsAfter(noise, op('sx', [q])).map(({ channel }) => channel);
      expect(averageInfidelity(channels.reduce(composeChannels))).toBeCloseTo(gateError, 12);
      expect(channelsAfter(noise, op('rz', [q], 0.3))).toEqual([]);
    });
    for (const { qubits, gateError } of profile.couplings.slice(0, 3)) {
      const channels = channelsAfter(noise, op('iswap', [qubits[1], qubits[0]])).map(({ channel }) => channel);
      expect(averageInfidelity(channels.reduce(composeChannels))).toBeCloseTo(gateError, 12);
    }
    expect(noise.readout).toEqual(profile.qubits.map(({ readout }) => readout));
  });

  it('does not add depolarising where relaxation alone exceeds the stated error', () => {
    const weak: DeviceProfile = {
      ...exampleProfiles['typical-transmon'],
      qubits: [{ readout: { p01: 0, p10: 0 }, gateError: 1e-6, gateDuration: 1000, t1: 10 }],
      couplings: [],
    };
    const channels = channelsAfter(noiseOf(weak), op('x', [0])).map(({ channel }) => channel.name);
    expect(channels).toEqual(['thermalRelaxation']);
  });

  it('follows the qubits of a layout', () => {
    const noise = noiseOf(exampleProfiles['typical-transmon']);
    const placed = placeNoise(noise, [7, 3]);
    expect(placed.readout).toEqual([7, 3].map((q) => exampleProfiles['typical-transmon'].qubits[q].readout));
    const names = (found: ReturnType<typeof channelsAfter>) => found.map(({ channel }) => channel);
    expect(names(channelsAfter(placed, op('x', [0])))).toEqual(names(channelsAfter(noise, op('x', [7]))));
    expect(names(channelsAfter(placed, op('x', [1])))).toEqual(names(channelsAfter(noise, op('x', [3]))));
    expect(names(channelsAfter(placed, op('x', [1])))).not.toEqual([]);
  });
});
