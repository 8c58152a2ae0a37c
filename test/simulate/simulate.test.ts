import { describe, expect, test } from 'vitest';
import { circuit, controlled, op } from '../../circuits/circuit.js';
import { observable } from '../../circuits/pauli.js';
import { compile } from '../../src/compile/compile.js';
import { Random } from '../../src/foundation/random.js';
import { expectation, probabilities, statevector } from '../../src/simulate/simulate.js';
import { largestDifference, randomCircuit, randomValues } from '../gradient/randomCircuit.js';

const bell = circuit({ numQubits: 2, operations: [op('h', [0]), controlled(op('x', [1]), 0)] });

test('qubit 0 is the least significant bit', () => {
  const source = circuit({ numQubits: 3, operations: [op('x', [0])] });
  expect(probabilities(source)).toEqual(Float64Array.of(0, 1, 0, 0, 0, 0, 0, 0));
});

test('a Bell pair has amplitudes 1/√2 on 00 and 11', () => {
  const R = Math.SQRT1_2;
  expect(largestDifference(statevector(bell), [R, 0, 0, 0, 0, 0, R, 0])).toBeLessThan(1e-15);
});

test('expectations are physical: ⟨Z⟩ = cos θ after RY(θ)', () => {
  const source = circuit({ numQubits: 1, operations: [op('ry', [0], 'theta')] });
  const theta = [0, 0.4, Math.PI / 2, 3];
  expect(largestDifference(expectation(source, 'Z', { theta }), theta.map(Math.cos))).toBeLessThan(1e-15);
});

test('a list of observables gives [batch, observables]; a list of pairs is one observable', () => {
  const source = circuit({ numQubits: 2, data: ['x'], operations: [op('ry', [0], 'x'), op('ry', [1], 'a')] });
  const values = { a: 0.5, x: [0.1, 0.2, 0.3] };
  const many = expectation(
    source,
    [
      'Z',
      [['IZ', 2]],
      observable([
        ['X', 1],
        ['Z', 3],
      ]),
    ],
    values,
  );
  const rows = values.x.map((x) => [Math.cos(x), 2 * Math.cos(0.5), Math.sin(x) + 3 * Math.cos(x)]);
  expect(largestDifference(many, rows.flat())).toBeLessThan(1e-14);
  const one = expectation(
    source,
    [
      ['Z', 1],
      ['IZ', 2],
    ],
    values,
  );
  expect(
    largestDifference(
      one,
      rows.map(([first, second]) => first + second),
    ),
  ).toBeLessThan(1e-14);
});

describe('batches', () => {
  const random = new Random(2);
  const source = randomCircuit(random, 3, 40);
  const values = randomValues(random, source, 4);

  test('states and probabilities come per sample', () => {
    const states = statevector(source, values);
    const chances = probabilities(source, values);
    expect(states.length).toBe(4 * 8 * 2);
    expect(chances.length).toBe(4 * 8);
    for (let b = 0; b < 4; b++) {
      const row = chances.subarray(8 * b, 8 * b + 8);
      expect(Math.abs(row.reduce((sum, p) => sum + p, 0) - 1)).toBeLessThan(1e-13);
      row.forEach((p, z) => {
        expect(p).toBe(states[2 * (8 * b + z)] ** 2 + states[2 * (8 * b + z) + 1] ** 2);
      });
    }
  });

  test('a number, an array of length 1 and a repeated array are the same', () => {
    const number = statevector(source, { ...values, a: 0.7 });
    expect(statevector(source, { ...values, a: [0.7] })).toEqual(number);
    expect(statevector(source, { ...values, a: new Float32Array([0.7]) })).not.toEqual(number);
    expect(statevector(source, { ...values, a: [0.7, 0.7, 0.7, 0.7] })).toEqual(number);
  });

  test('a compiled circuit gives the same numbers as the circuit', () => {
    expect(statevector(compile(source), values)).toEqual(statevector(source, values));
  });
});

test('a declared data symbol that no angle uses still sets the batch', () => {
  const source = circuit({ numQubits: 1, data: ['x'], operations: [op('h', [0])] });
  expect(expectation(source, 'X', { x: [1, 2, 3] }).length).toBe(3);
});
