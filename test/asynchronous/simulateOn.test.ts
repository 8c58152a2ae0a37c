import { expect, test } from 'vitest';
import { circuit, op } from '../../circuits/circuit.js';
import type { AsyncBackend } from '../../kernels/asynchronous.js';
import { referenceBackend } from '../../kernels/reference/statevector.js';
import { simulateOn } from '../../src/asynchronous/simulateOn.js';
import { Random } from '../../src/foundation/random.js';
import { adjoint } from '../../src/gradient/adjoint.js';
import { expectation, probabilities, statevector } from '../../src/simulate/simulate.js';
import { randomCircuit, randomValues } from '../gradient/randomCircuit.js';

/** The reference, answering later. */
const later: AsyncBackend = {
  name: 'later',
  precision: 'float64',
  asynchronous: true,
  statevector: async (...run) => referenceBackend.statevector(...run),
  expectation: async (...run) => referenceBackend.expectation(...run),
  adjoint: async (...run) => referenceBackend.adjoint(...run),
};

test.each([
  ['a backend that answers by promises', later],
  ['a backend that answers at once', referenceBackend],
])('simulates and differentiates on %s as the functions of the same names do', async (_, backend) => {
  const random = new Random(5);
  const simulator = simulateOn(backend);
  for (let round = 0; round < 5; round++) {
    const source = randomCircuit(random, 3, 12);
    const values = randomValues(random, source, 3);
    const observables = ['ZII', 'XYI'];
    const upstream = Float64Array.from({ length: 6 }, () => random.normal());
    expect(await simulator.statevector(source, values)).toEqual(statevector(source, values));
    expect(await simulator.probabilities(source, values)).toEqual(probabilities(source, values));
    expect(await simulator.expectation(source, observables, values)).toEqual(expectation(source, observables, values));
    expect(await simulator.adjoint.jacobian(source, observables, values)).toEqual(
      adjoint.jacobian(source, observables, values),
    );
    expect(await simulator.adjoint.vjp(source, observables, values, upstream)).toEqual(
      adjoint.vjp(source, observables, values, upstream),
    );
    const wrt = source.parameters.slice(0, 1);
    expect(await simulator.adjoint.jacobian(source, 'ZII', values, { wrt })).toEqual(
      adjoint.jacobian(source, 'ZII', values, { wrt }),
    );
  }
});

test('names the function of the simulator where one that answers at once is given a backend that does not', () => {
  const source = circuit({ numQubits: 1, operations: [op('h', [0])] });
  // biome-ignore lint/suspicious/noExplicitAny: what the types refuse
  const backend = later as any;
  for (const call of [
    () => statevector(source, {}, { backend }),
    () => expectation(source, 'Z', {}, { backend }),
    () => adjoint.jacobian(source, 'Z', {}, { backend }),
  ]) {
    expect(call).toThrow(/a backend that answers at once, got "later"\. Call this function of simulateOn\(backend\)\./);
  }
});

test('rejects bad input in the words of the functions of the same names', async () => {
  const source = circuit({ numQubits: 1, operations: [op('ry', [0], 'a')] });
  const simulator = simulateOn(later);
  await expect(simulator.statevector(source)).rejects.toThrow(/^statevector: /);
  await expect(simulator.expectation(source, 'ZZ', { a: 1 })).rejects.toThrow(/^expectation: /);
  await expect(simulator.adjoint.vjp(source, 'Z', { a: 1 }, new Float64Array(2))).rejects.toThrow(
    /^adjoint\.vjp: .*upstream of shape \[batch 1, observables 1\]/,
  );
  // biome-ignore lint/suspicious/noExplicitAny: a mistake that types cannot see in JavaScript
  expect(() => simulateOn(Promise.resolve(later) as any)).toThrow(/simulateOn: expected a backend.*Await it first/);
});
