import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { complementaryError } from '../../src/basis/errorFunction.js';
import {
  errorFunction,
  exponential,
  sigmoid,
  silu,
  siluCurvature,
  siluSlope,
  softmax,
  tanh,
} from '../../src/tf/smooth.js';
import { useBackend } from './environment.js';

const points = [-2.3, -0.4, 0, 0.7, 1.9];
const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/** Value and derivatives up to the third. */
const functions: Record<string, [(x: tf.Tensor) => tf.Tensor, ((x: number) => number)[]]> = {
  exponential: [exponential, [Math.exp, Math.exp, Math.exp, Math.exp]],
  sigmoid: [
    sigmoid,
    [
      logistic,
      (x) => logistic(x) * (1 - logistic(x)),
      (x) => logistic(x) * (1 - logistic(x)) * (1 - 2 * logistic(x)),
      (x) => logistic(x) * (1 - logistic(x)) * (1 - 6 * logistic(x) + 6 * logistic(x) ** 2),
    ],
  ],
  tanh: [
    tanh,
    [
      Math.tanh,
      (x) => 1 - Math.tanh(x) ** 2,
      (x) => -2 * Math.tanh(x) * (1 - Math.tanh(x) ** 2),
      (x) => (1 - Math.tanh(x) ** 2) * (6 * Math.tanh(x) ** 2 - 2),
    ],
  ],
  errorFunction: [
    errorFunction,
    [
      (x) => 1 - complementaryError(x),
      (x) => (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x),
      (x) => (-4 / Math.sqrt(Math.PI)) * x * Math.exp(-x * x),
      (x) => (4 / Math.sqrt(Math.PI)) * (2 * x * x - 1) * Math.exp(-x * x),
    ],
  ],
  silu: [
    silu,
    [
      (x) => x * logistic(x),
      (x) => logistic(x) * (1 + x * (1 - logistic(x))),
      (x) => logistic(x) * (1 - logistic(x)) * (2 + x * (1 - 2 * logistic(x))),
    ],
  ],
};

beforeAll(() => useBackend('cpu'));

describe.each(Object.entries(functions))('%s', (_, [own, wanted]) => {
  it.each(wanted.map((f, order) => [order, f] as const))('derivative %i is the analytic one', (order, f) => {
    let derivative = own;
    for (let k = 0; k < order; k++) {
      const former = derivative;
      derivative = (x) => tf.grad((t) => tf.sum(former(t)))(x);
    }
    const got = derivative(tf.tensor1d(points)).dataSync();
    points.forEach((x, k) => {
      expect(Math.abs(got[k] - f(x))).toBeLessThan(2e-6 * Math.max(1, Math.abs(f(x))));
    });
  });
});

it('the derivatives of silu as formulas are those', () => {
  const [, [, slope, curvature]] = functions.silu;
  const x = tf.tensor1d(points);
  const [first, second] = [siluSlope(x).dataSync(), siluCurvature(x).dataSync()];
  points.forEach((at, k) => {
    expect(Math.abs(first[k] - slope(at))).toBeLessThan(1e-6);
    expect(Math.abs(second[k] - curvature(at))).toBeLessThan(1e-6);
  });
});

it('softmax has the second derivatives of exponentials over their sum', () => {
  const plain = (x: tf.Tensor) => tf.div(exponential(x), tf.sum(exponential(x), -1, true));
  const x = tf.tensor2d([0.3, -1.2, 0.8, 2, 0.1, -0.5], [2, 3]);
  const weights = tf.tensor2d([1, 2, -1, 0.5, 3, 1], [2, 3]);
  const second = (f: (x: tf.Tensor) => tf.Tensor) => {
    const first = tf.grad((t) => tf.sum(tf.mul(tf.sin(f(t)), weights)));
    return tf
      .grad((t) => tf.sum(tf.mul(tf.square(first(t)), weights)))(x)
      .dataSync();
  };
  const [own, wanted] = [second(softmax), second(plain)];
  own.forEach((value, k) => {
    expect(Math.abs(value - wanted[k])).toBeLessThan(1e-6);
  });
});
