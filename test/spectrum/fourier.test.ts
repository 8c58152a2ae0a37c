import { describe, expect, test } from 'vitest';
import { circuit, controlled, op } from '../../circuits/circuit.js';
import { Random } from '../../src/foundation/random.js';
import { expectation } from '../../src/simulate/simulate.js';
import { fourierCoefficients } from '../../src/spectrum/fourier.js';
import { largestDifference } from '../gradient/randomCircuit.js';
import { spectrumCases } from '../simulate/circuitCases.js';
import { recordedCircuit } from './recorded.js';

test.each(spectrumCases)('$num_qubits qubit(s), $layers layers have the recorded coefficients', (recorded) => {
  const { degree, coefficients } = fourierCoefficients(recordedCircuit(recorded), 'Z');
  expect(degree).toBe(recorded.degree);
  const expected = recorded.coefficients.flatMap(([, re, im]) => [re, im]);
  expect(largestDifference(coefficients, expected)).toBeLessThan(1e-13);
});

describe('a series', () => {
  const random = new Random(9);
  const source = circuit({
    numQubits: 2,
    data: ['x'],
    operations: [
      op('h', [0]),
      op('ry', [1], 'a'),
      op('rx', [0], 'x + b'),
      controlled(op('ry', [0], 0.7), 1),
      op('rz', [0], '2*x'),
      op('rxx', [0, 1], 'b'),
      op('ry', [1], '-3*x'),
      op('p', [0], 'x'),
      op('rx', [0], 'a*b'),
    ],
  });
  const values = { a: [0.3, 1.9, -1], b: 0.8 };
  const { degree, coefficients } = fourierCoefficients(
    source,
    [
      ['ZX', 0.5],
      ['Y', 1],
    ],
    values,
  );
  const at = (b: number, k: number) =>
    coefficients.subarray(2 * (b * (degree + 1) + k), 2 * (b * (degree + 1) + k) + 2);

  test('reproduces the function at any x, for each sample of the batch', () => {
    expect(degree).toBe(7);
    expect(coefficients.length).toBe(3 * (degree + 1) * 2);
    for (let trial = 0; trial < 10; trial++) {
      const x = random.uniform(-10, 10);
      const f = expectation(
        source,
        [
          [
            ['ZX', 0.5],
            ['Y', 1],
          ],
        ],
        { ...values, x },
      );
      for (let b = 0; b < 3; b++) {
        let sum = at(b, 0)[0];
        for (let k = 1; k <= degree; k++) {
          sum += 2 * (at(b, k)[0] * Math.cos(k * x) - at(b, k)[1] * Math.sin(k * x));
        }
        expect(Math.abs(sum - f[b])).toBeLessThan(1e-13);
      }
    }
  });

  test('has a real constant, and the same coefficients with zeros beyond at a higher degree', () => {
    const higher = fourierCoefficients(
      source,
      [
        ['ZX', 0.5],
        ['Y', 1],
      ],
      values,
      { degree: 10 },
    );
    expect(higher.degree).toBe(10);
    for (let b = 0; b < 3; b++) {
      expect(Math.abs(at(b, 0)[1])).toBe(0);
      for (let k = 0; k <= 10; k++) {
        const entry = higher.coefficients.subarray(2 * (b * 11 + k), 2 * (b * 11 + k) + 2);
        expect(largestDifference(entry, k <= degree ? at(b, k) : [0, 0])).toBeLessThan(1e-14);
      }
    }
  });
});

test('slopes that are symbols take their values', () => {
  const source = circuit({ numQubits: 1, data: ['x'], operations: [op('ry', [0], 'w*x')] });
  const { degree, coefficients } = fourierCoefficients(source, 'Z', { w: 3 });
  expect(degree).toBe(3);
  expect(largestDifference(coefficients, [0, 0, 0, 0, 0, 0, 0.5, 0])).toBeLessThan(1e-15);
});

test('a circuit without x in its angles is a constant', () => {
  const source = circuit({ numQubits: 1, data: ['x'], operations: [op('ry', [0], 'a')] });
  expect(fourierCoefficients(source, 'Z', { a: 0 })).toEqual({ degree: 0, coefficients: Float64Array.of(1, 0) });
});

describe('it refuses', () => {
  const encoded = (...angles: string[]) =>
    circuit({ numQubits: 1, data: ['x'], operations: angles.map((angle) => op('ry', [0], angle)) });
  test.each([
    [
      'a fractional frequency',
      () => fourierCoefficients(encoded('x/2'), 'Z'),
      'expected integer frequencies in "x", got 0.5',
    ],
    [
      'a curved angle',
      () => fourierCoefficients(encoded('acos(x)'), 'Z'),
      'acos(x) of operation 0 ("ry") is not affine in "x"',
    ],
    [
      'a degree that aliases',
      () => fourierCoefficients(encoded('x', '2*x'), 'Z', {}, { degree: 2 }),
      'expected degree ≥ 3',
    ],
    [
      'a value for x',
      () => fourierCoefficients(encoded('x'), 'Z', { x: 1 }),
      '"x" has a value, but the series is in "x"',
    ],
    [
      'a circuit without data',
      () => fourierCoefficients(circuit({ numQubits: 1, operations: [] }), 'Z'),
      'the circuit has 0 data symbols',
    ],
    ['a missing value', () => fourierCoefficients(encoded('x + a'), 'Z'), 'no value for "a"'],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(message);
  });
});
