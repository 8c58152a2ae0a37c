import { describe, expect, test } from 'vitest';
import type { Circuit } from '../../circuits/circuit.js';
import { circuit, controlled, op } from '../../circuits/circuit.js';
import { Random } from '../../src/foundation/random.js';
import { adjoint } from '../../src/gradient/adjoint.js';
import { frequencies } from '../../src/gradient/frequencies.js';
import { parameterShift } from '../../src/gradient/parameterShift.js';
import { largestDifference } from './randomCircuit.js';

const encode = (...operations: ReturnType<typeof op>[]): Circuit => circuit({ numQubits: 3, data: ['x'], operations });

test.each([
  ['a rotation', encode(op('ry', [0], 'x')), [1]],
  ['a two-qubit rotation', encode(op('rxx', [0, 1], 'x')), [1]],
  ['a phase gate', encode(op('p', [0], 'x')), [1]],
  ['a global phase', encode(op('gphase', [], 'x')), []],
  ['a controlled rotation', encode(controlled(op('rx', [0], 'x'), 1)), [0.5, 1]],
  ['a controlled phase', encode(controlled(op('p', [0], 'x'), 1, 2)), [1]],
  ['a controlled global phase', encode(controlled(op('gphase', [], 'x'), 0)), [1]],
  ['u, from its three rotations', encode(op('u', [0], 'x', 'x', 0.3)), [1, 2]],
  ['slopes 1 and 3', encode(op('ry', [0], 'x'), op('rz', [0], '3*x + 1')), [1, 2, 3, 4]],
  ['slopes 2 and −2', encode(op('ry', [0], '2*x'), op('rz', [0], '-2*x')), [2, 4]],
  [
    'slope √2 beside 1',
    encode(op('ry', [0], 'x'), op('rz', [0], 'sqrt(2)*x')),
    [Math.SQRT2 - 1, 1, Math.SQRT2, 1 + Math.SQRT2],
  ],
])('%s reaches the sums of slope · eigenvalue gap', (_, source, expected) => {
  const found = frequencies(source, 'x');
  expect(largestDifference(found, expected)).toBeLessThan(1e-14);
});

test('a slope that is a symbol takes its value', () => {
  const source = encode(op('ry', [0], 'w*x + b'), op('rz', [0], 'x'));
  expect(frequencies(source, 'x', { w: 5 })).toEqual([1, 4, 5, 6]);
  expect(frequencies(source, 'x', { w: 0 })).toEqual([1]);
});

describe('the joint rule', () => {
  const random = new Random(5);
  const dressed = (slopes: readonly string[]): Circuit =>
    circuit({
      numQubits: 2,
      data: ['x'],
      operations: slopes.flatMap((angle, l) => [
        op('u', [0], random.uniform(-3, 3), `t_${l}`, 0.4),
        op('ry', [1], random.uniform(-3, 3)),
        controlled(op('x', [1]), 0),
        op('rx', [l % 2], angle),
        controlled(op('ry', [0], 't_0'), 1),
      ]),
    });
  const cases = [
    ['x', 'x', 'x'],
    ['x', '3*x', '9*x'],
    ['x', '2*x + t_0', '4*x'],
    ['x', 'sqrt(2)*x'],
  ];

  test.each(cases.map((slopes) => ({ slopes })))('agrees with adjoint for encodings $slopes', ({ slopes }) => {
    const source = dressed(slopes);
    const values = {
      ...Object.fromEntries(source.parameters.map((name) => [name, random.uniform(-2, 2)])),
      x: [0.3, -1.2, 2.5],
    };
    const exact = adjoint.jacobian(source, ['ZI', 'XY'], values);
    const joint = parameterShift.jacobian(source, ['ZI', 'XY'], values, { rule: 'joint' });
    for (const [name, column] of Object.entries(exact.jacobian)) {
      expect(largestDifference(joint.jacobian[name], column), name).toBeLessThan(1e-12);
    }
  });

  test('refuses an angle that is not affine, by name', () => {
    const source = encode(op('ry', [0], 'x^2'));
    expect(() => parameterShift.jacobian(source, 'Z', { x: 1 }, { rule: 'joint' })).toThrow(
      'parameterShift.jacobian: the angle x^2 of operation 0 ("ry") is not affine in "x".',
    );
  });

  test('refuses a slope that differs between samples, by name', () => {
    const source = encode(op('ry', [0], 'w*x'));
    const run = () => parameterShift.jacobian(source, 'Z', { x: 1, w: [1, 2] }, { rule: 'joint', wrt: ['x'] });
    expect(run).toThrow('the slope w in operation 0 ("ry") differs between samples, since "w" does');
  });
});
