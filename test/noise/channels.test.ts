import { describe, expect, it } from 'vitest';
import { circuit, op } from '../../circuits/circuit.js';
import { conjugateTranspose, distance, identity, matrix, product, sum } from '../../circuits/matrix.js';
import { averageInfidelity, besideChannels, type Channel, channel, composeChannels } from '../../src/noise/channel.js';
import {
  amplitudeDamping,
  bitFlip,
  depolarising,
  phaseDamping,
  phaseFlip,
  thermalRelaxation,
} from '../../src/noise/channels.js';
import { noisyExpectation } from '../../src/noise/noisy.js';
import { confuse } from '../../src/noise/readout.js';

const all: Record<string, Channel> = {
  depolarising: depolarising(0.2),
  'depolarising of two qubits': depolarising(0.2, 2),
  'the strongest depolarising': depolarising(4 / 3),
  'bit flip': bitFlip(0.3),
  'phase flip': phaseFlip(0.3),
  'amplitude damping': amplitudeDamping(0.25),
  'phase damping': phaseDamping(0.36),
  'thermal relaxation': thermalRelaxation(0.5, 2, 3),
  'relaxation without dephasing': thermalRelaxation(0.5, 2, 4),
  'a composition': composeChannels(bitFlip(0.1), amplitudeDamping(0.2)),
  'a pair': besideChannels(bitFlip(0.1), amplitudeDamping(0.2)),
};

/** ⟨X⟩, ⟨Y⟩, ⟨Z⟩ after the channel, from the state that `prepare` makes. */
function bloch(prepared: 'x' | 'h' | 'sx', noise: Channel): number[] {
  const source = circuit({ numQubits: 1, operations: [op(prepared, [0])] });
  return [...noisyExpectation(source, ['X', 'Y', 'Z'], {}, { noise: { rules: [{ channel: noise }] } })];
}
const expectClose = (found: number[], wanted: number[]) =>
  wanted.forEach((value, k) => {
    expect(Math.abs(found[k] - value)).toBeLessThan(1e-14);
  });

describe('A channel', () => {
  it.each(Object.entries(all))('keeps the trace: %s', (_, { kraus, numQubits }) => {
    const total = kraus.map((k) => product(conjugateTranspose(k), k)).reduce(sum);
    expect(distance(total, identity(2 ** numQubits))).toBeLessThan(1e-15 * kraus.length);
  });

  it('does to the Bloch vector what its definition says', () => {
    expectClose(bloch('x', depolarising(0.2)), [0, 0, -0.8]);
    expectClose(bloch('h', depolarising(0.2)), [0.8, 0, 0]);
    expectClose(bloch('x', depolarising(4 / 3)), [0, 0, 1 / 3]);
    expectClose(bloch('x', bitFlip(0.3)), [0, 0, -0.4]);
    expectClose(bloch('h', bitFlip(0.3)), [1, 0, 0]);
    expectClose(bloch('h', phaseFlip(0.3)), [0.4, 0, 0]);
    expectClose(bloch('sx', phaseFlip(0.3)), [0, -0.4, 0]);
    expectClose(bloch('x', amplitudeDamping(0.25)), [0, 0, -0.5]);
    expectClose(bloch('h', amplitudeDamping(0.36)), [0.8, 0, 0.36]);
    expectClose(bloch('h', phaseDamping(0.36)), [0.8, 0, 0]);
    expectClose(bloch('x', thermalRelaxation(0.5, 2, 3)), [0, 0, 1 - 2 * Math.exp(-0.25)]);
    expectClose(bloch('h', thermalRelaxation(0.5, 2, 3)), [Math.exp(-0.5 / 3), 0, 1 - Math.exp(-0.25)]);
  });

  it('has the average infidelity of the closed forms', () => {
    expect(averageInfidelity(depolarising(0.2))).toBeCloseTo(0.1, 14);
    expect(averageInfidelity(depolarising(0.2, 2))).toBeCloseTo(0.15, 14);
    expect(averageInfidelity(thermalRelaxation(0.5, 2, 3))).toBeCloseTo(
      0.5 - Math.exp(-0.25) / 6 - Math.exp(-0.5 / 3) / 3,
      14,
    );
  });

  it('composes and stands beside another', () => {
    expectClose(bloch('x', composeChannels(bitFlip(0.1), amplitudeDamping(0.5))), [0, 0, 0.1]);
    expect(averageInfidelity(besideChannels(depolarising(1), depolarising(1)))).toBeCloseTo(
      averageInfidelity(depolarising(1, 2)),
      14,
    );
  });

  it('of your own is checked for its trace', () => {
    const operators = [0.9, 0.1].map((p, k) =>
      matrix([
        [Math.sqrt(p), 0],
        [0, (k === 0 ? 1 : -1) * Math.sqrt(p)],
      ]),
    );
    expect(averageInfidelity(channel(operators))).toBeCloseTo(averageInfidelity(phaseFlip(0.1)), 15);
    expect(() => channel(operators.slice(1))).toThrow('Σ K†K differs from the identity by 0.90');
  });
});

describe('A confusion matrix', () => {
  it('acts on its own qubit, in the order of bits', () => {
    const errors = [
      { p01: 0.1, p10: 0.2 },
      { p01: 0.3, p10: 0.4 },
    ];
    const found = [...confuse(Float64Array.of(0, 1, 0, 0), errors)]; // qubit 0 is 1, qubit 1 is 0
    expectClose(found, [0.2 * 0.7, 0.8 * 0.7, 0.2 * 0.3, 0.8 * 0.3]);
  });
});
