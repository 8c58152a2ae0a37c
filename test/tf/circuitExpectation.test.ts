import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { circuit, controlled, op } from '../../circuits/circuit.js';
import { adjoint } from '../../src/gradient/adjoint.js';
import { circuitExpectation } from '../../src/tf/circuitExpectation.js';
import { relativeError, useBackend } from './environment.js';

beforeAll(() => useBackend('cpu'));

const entangled = circuit({
  numQubits: 3,
  data: ['x'],
  operations: [
    op('ry', [0], 'x'),
    op('h', [1]),
    controlled(op('rx', [2], '2*a + x'), 0),
    op('rzz', [0, 1], 'b*x'),
    op('u', [1], 'a', 'b', 0.3),
    op('ry', [2], 'x/2'),
  ],
});
const words = ['ZII', 'IZX'];
const x = [0.1, -0.7, 1.9, 2.2];

describe('circuitExpectation', () => {
  it('has values and gradients of the adjoint method, shared symbols summed over the batch', () => {
    const values = { a: tf.scalar(0.4), b: tf.scalar(-1.1), x: tf.tensor1d(x) };
    const float = { a: Math.fround(0.4), b: Math.fround(-1.1), x: x.map(Math.fround) };
    const wanted = adjoint.jacobian(entangled, words, float);
    const y = circuitExpectation(entangled, words, values);
    expect(y.shape).toEqual([4, 2]);
    expect(relativeError(y.dataSync(), wanted.values)).toBeLessThan(1e-7);

    const upstream = tf.tensor2d([1, 2, -1, 0.5, 0.25, 3, -2, 1], [4, 2]);
    const [a, b, gradX] = tf
      .grads((p, q, r) => tf.sum(tf.mul(circuitExpectation(entangled, words, { a: p, b: q, x: r }), upstream)))([
        values.a,
        values.b,
        values.x,
      ])
      .map((gradient) => gradient.dataSync());
    const factors = upstream.dataSync();
    const perSample = (name: string) =>
      x.map((_, s) => [0, 1].reduce((sum, k) => sum + factors[2 * s + k] * wanted.jacobian[name][2 * s + k], 0));
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
    expect(relativeError(gradX, perSample('x'))).toBeLessThan(1e-6);
    expect(Math.abs(a[0] - sum(perSample('a')))).toBeLessThan(1e-6);
    expect(Math.abs(b[0] - sum(perSample('b')))).toBeLessThan(1e-6);
  });

  it('refuses a missing tensor, and a second derivative, by name', () => {
    expect(() => circuitExpectation(entangled, 'Z', { a: tf.scalar(1), b: tf.scalar(1) })).toThrow(
      'circuitExpectation: symbol "x" has no tensor. Pass a, b, x.',
    );
    const f = (t: tf.Tensor) => tf.sum(circuitExpectation(entangled, 'Z', { a: t, b: tf.scalar(1), x: tf.scalar(1) }));
    expect(() => tf.grad((t) => tf.sum(tf.grad(f)(t)))(tf.scalar(1))).toThrow(/first derivatives only/);
  });
});
