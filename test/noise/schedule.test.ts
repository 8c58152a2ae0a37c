import { describe, expect, it } from 'vitest';
import { type Circuit, circuit, controlled, type Operation, op } from '../../circuits/circuit.js';
import { distance } from '../../circuits/matrix.js';
import { toQasm3 } from '../../circuits/text/qasm3.js';
import { Random } from '../../src/foundation/random.js';
import { densityMatrix } from '../../src/noise/density.js';
import { exampleProfiles } from '../../src/noise/exampleProfiles.js';
import { noisyExpectation } from '../../src/noise/noisy.js';
import type { DeviceProfile } from '../../src/noise/profile.js';
import { noiseOf } from '../../src/noise/profileNoise.js';
import { scheduleOn } from '../../src/noise/schedule.js';
import { circuitUnitary } from '../circuits/unitary.js';

const [T1, T2] = [1, 0.7]; // microseconds: what decays is seen
/** Three qubits in a row whose gates only relax. */
const device: DeviceProfile = {
  format: 'daruan.device',
  version: 1,
  name: 'restless',
  qubits: [25, 35, 50].map((gateDuration) => ({
    t1: T1,
    t2: T2,
    readout: { p01: 0, p10: 0 },
    gateError: 0,
    gateDuration,
  })),
  couplings: [
    { qubits: [0, 1], gateError: 0, gateDuration: 70 },
    { qubits: [2, 1], gateError: 0, gateDuration: 110 },
  ],
  virtualGates: ['rz'],
};

/** Gates of one qubit, some of them virtual, and of neighbours. */
function randomOperations(seed: number, qubits: readonly number[], length: number): Operation[] {
  const random = new Random(seed);
  return Array.from({ length }, () => {
    const at = random.integer(qubits.length);
    const qubit = qubits[at];
    const other = qubits[at + 1];
    if (other !== undefined && random.uniform() < 0.4) return controlled(op('x', [qubit]), other);
    return op(random.uniform() < 0.3 ? 'rz' : 'ry', [qubit], random.uniform(-3, 3));
  });
}

const waits = ({ operations }: Circuit, qubit: number): number[] =>
  operations.flatMap(({ gate, targets }) =>
    gate.symbol === 'idle' && targets[0] === qubit ? [Number.parseFloat(gate.name.slice(5))] : [],
  );

describe('A circuit in time on a device', () => {
  it.each(['h', 'x'] as const)(
    'lets a qubit that waits after %s decay by T1 and T2, as long as all others take',
    (name) => {
      for (let seed = 0; seed < 10; seed++) {
        const operations = [op(name, [0]), ...randomOperations(seed, [1, 2], 9)];
        const source = circuit({ numQubits: 3, operations });
        const { circuit: timed, noise, duration } = scheduleOn(device, source, { start: 'early' });
        const microseconds = Math.max(duration, 25) / 1000;
        const [z, coherence] = noisyExpectation(timed, ['Z', 'X'], {}, { noise });
        const excited = (name === 'x' ? 1 : 0.5) * Math.exp(-microseconds / T1);
        expect(Math.abs(z - (1 - 2 * excited))).toBeLessThan(1e-13);
        expect(Math.abs(coherence - (name === 'x' ? 0 : Math.exp(-microseconds / T2)))).toBeLessThan(1e-13);
      }
    },
  );

  it('is busy or waiting on no qubit for longer than it takes, and on one all the time', () => {
    const worth = ({ gate, targets, controls }: Operation): number =>
      gate.name === 'rz'
        ? 0
        : controls.length === 0
          ? device.qubits[targets[0]].gateDuration!
          : targets[0] + controls[0].qubit === 1
            ? 70
            : 110;
    for (let seed = 0; seed < 40; seed++) {
      const source = circuit({ numQubits: 3, operations: randomOperations(seed, [0, 1, 2], 12) });
      const totals = (['early', 'late'] as const).map((start) => {
        const { circuit: timed, duration } = scheduleOn(device, source, { start });
        const used = [0, 1, 2].map((qubit) => {
          const own = source.operations.filter(({ targets, controls }) =>
            [...targets, ...controls.map((c) => c.qubit)].includes(qubit),
          );
          return (
            own.reduce((sum, operation) => sum + worth(operation), 0) + waits(timed, qubit).reduce((a, b) => a + b, 0)
          );
        });
        for (const time of used) expect(time, `seed ${seed}`).toBeLessThanOrEqual(duration + 1e-9);
        expect(Math.max(...used), `seed ${seed}`).toBeCloseTo(duration, 9);
        return duration;
      });
      expect(totals[0]).toBeCloseTo(totals[1], 9);
    }
  });

  it('has states of trace 1 and the unitary that it had, and is written as it was', () => {
    for (let seed = 0; seed < 20; seed++) {
      const source = circuit({ numQubits: 3, operations: randomOperations(seed, [0, 1, 2], 12) });
      const { circuit: timed, noise } = scheduleOn(exampleProfiles['typical-transmon-early'], source, {
        layout: [0, 1, 3],
      });
      const density = densityMatrix(timed, {}, { noise });
      const trace = Array.from({ length: 8 }, (_, z) => density[18 * z]).reduce((a, b) => a + b, 0);
      expect(Math.abs(trace - 1)).toBeLessThan(1e-13);
      expect(distance(circuitUnitary(timed), circuitUnitary(source))).toBeLessThan(1e-14);
      expect(toQasm3(timed)).toBe(toQasm3(source));
    }
  });

  it('lets qubits start late, so that they wait in |0⟩', () => {
    const source = circuit({ numQubits: 2, operations: [op('x', [0]), op('ry', [1], 1), op('ry', [1], 1)] });
    expect(waits(scheduleOn(device, source).circuit, 0)).toEqual([]);
    expect(waits(scheduleOn(device, source, { start: 'early' }).circuit, 0)).toEqual([45]);
  });

  it('is what noiseOf says where nothing waits, or nothing decays', () => {
    const source = circuit({
      numQubits: 2,
      data: ['x'],
      operations: [op('ry', [0], 'x'), controlled(op('x', [1]), 0)],
    });
    const { circuit: timed, noise, duration } = scheduleOn(device, source);
    expect([timed, duration]).toEqual([source, 95]);
    const values = { x: [0.3, 1] };
    expect(noisyExpectation(timed, ['ZI', 'IZ'], values, { noise })).toEqual(
      noisyExpectation(source, ['ZI', 'IZ'], values, { noise: noiseOf(device) }),
    );
    const lasting = { ...device, qubits: device.qubits.map(({ t1, t2, ...rest }) => rest) };
    const slow = circuit({ numQubits: 2, operations: randomOperations(1, [0, 1], 9) });
    expect(scheduleOn(lasting, slow, { start: 'early' }).circuit).toEqual(slow);
  });
});
