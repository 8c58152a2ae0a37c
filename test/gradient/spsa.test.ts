import { expect, test } from 'vitest';
import { Random } from '../../src/foundation/random.js';
import { adjoint } from '../../src/gradient/adjoint.js';
import { spsa } from '../../src/gradient/spsa.js';
import { largestDifference, randomCircuit, randomObservable, randomValues } from './randomCircuit.js';

const random = new Random(12);
const circuit = randomCircuit(random, 3, 30);
const values = randomValues(random, circuit, 2);
const observables = [randomObservable(random, 3), randomObservable(random, 3)];
const exact = adjoint.jacobian(circuit, observables, values);

test('the mean over many directions is the gradient, within 5 standard errors, and the variance is Σ of the others', () => {
  const directions = 2000;
  const step = 1e-3;
  const { jacobian } = spsa.jacobian(circuit, observables, values, { seed: 3, directions, step });
  const names = Object.keys(exact.jacobian);
  let squares = 0;
  for (const name of names) {
    for (let i = 0; i < 4; i++) {
      const variance = names.reduce((sum, other) => sum + (other === name ? 0 : exact.jacobian[other][i] ** 2), 0);
      const deviation = (jacobian[name][i] - exact.jacobian[name][i]) / Math.sqrt(variance / directions + 1e-12);
      expect(Math.abs(deviation), name).toBeLessThan(5);
      squares += deviation ** 2;
    }
  }
  // The 20 standardised deviations have mean square 1, with standard error √(2/20) ≈ 0.32 or less per independent one.
  const mean = squares / (4 * names.length);
  expect(mean).toBeGreaterThan(0.2);
  expect(mean).toBeLessThan(2.5);
});

test('one direction of one symbol is the central difference, whatever the sign', () => {
  const { jacobian } = spsa.jacobian(circuit, observables, values, { seed: 8, step: 1e-4, wrt: ['x'] });
  expect(Object.keys(jacobian)).toEqual(['x']);
  expect(largestDifference(jacobian.x, exact.jacobian.x)).toBeLessThan(1e-4);
});

test('the same seed gives the same bits, another seed others', () => {
  const of = (seed: number) => spsa.jacobian(circuit, observables, values, { seed }).jacobian.x;
  expect(of(1)).toEqual(of(1));
  expect(of(1)).not.toEqual(of(2));
});

test('a generator is advanced, so that repeated calls differ', () => {
  const seed = new Random(1);
  const first = spsa.jacobian(circuit, observables, values, { seed }).jacobian.x;
  expect(spsa.jacobian(circuit, observables, values, { seed }).jacobian.x).not.toEqual(first);
});

test('without a seed it refuses to run', () => {
  expect(() => spsa.jacobian(circuit, observables, values)).toThrow('spsa.jacobian: no seed is given.');
});
