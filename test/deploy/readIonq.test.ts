import { describe, expect, it } from 'vitest';
import { distanceUpToPhase } from '../../circuits/matrix.js';
import { toIonq } from '../../circuits/text/ionq.js';
import { fromIonqJob } from '../../src/deploy/readIonq.js';
import { transpile } from '../../src/transpile/transpile.js';
import { randomCircuit } from '../circuits/randomCircuit.js';
import { circuitUnitary } from '../circuits/unitary.js';

describe('An IonQ job, written and read', () => {
  it.each(['ionq-aria', 'ionq-forte'] as const)('has the same unitary in pulses of %s', (target) => {
    for (let seed = 0; seed < 20; seed++) {
      const { circuit: native } = transpile(randomCircuit(seed, 3, 12, 1), { target });
      const read = fromIonqJob(toIonq(native, { gateset: 'native' }));
      const error = distanceUpToPhase(circuitUnitary(read), circuitUnitary(native));
      expect(error, `seed ${seed}`).toBeLessThan(native.operations.length * 8 * Number.EPSILON);
    }
  });

  it.each([
    [{ gateset: 'pulses' }, 'input.gateset: expected "qis" or "native", got "pulses"'],
    [
      { gateset: 'native', circuit: [{ gate: 'cnot', control: 0, target: 1 }] },
      'input.circuit[0].gate: expected one of gpi gpi2 ms zz, got "cnot"',
    ],
    [
      { gateset: 'native', circuit: [{ gate: 'gpi', target: 0, phase: 'half' }] },
      'input.circuit[0].phase: expected a finite number, got "half"',
    ],
  ])('is refused with the place: %j', (input, message) => {
    expect(() => fromIonqJob(JSON.stringify({ input: { qubits: 2, circuit: [], ...input } }))).toThrow(
      `fromIonqJob: ${message}`,
    );
  });
});
