import { describe, expect, test } from 'vitest';
import type { Values } from '../../src/compile/values.js';
import { Random } from '../../src/foundation/random.js';
import { adjoint } from '../../src/gradient/adjoint.js';
import { finiteDifference } from '../../src/gradient/finiteDifference.js';
import { hessian } from '../../src/gradient/hessian.js';
import { parameterShift } from '../../src/gradient/parameterShift.js';
import { expectation } from '../../src/simulate/simulate.js';
import { largestDifference, randomCircuit, randomObservable, randomValues } from './randomCircuit.js';

type Observables = readonly (readonly (readonly [string, number])[])[];

const BATCH = 3;
const STEP = 1e-5;
const sizes = [
  [1, 1, 20],
  [2, 1, 200],
  [3, 2, 60],
  [4, 3, 40],
  [5, 3, 120],
  [6, 4, 200],
  [7, 5, 60],
  [8, 5, 100],
  [9, 4, 25],
  [10, 2, 10],
].map(([seed, numQubits, length]) => ({ seed, numQubits, length }));

const setUp = ({ seed, numQubits, length }: (typeof sizes)[number]) => {
  const random = new Random(seed);
  const circuit = randomCircuit(random, numQubits, length);
  const values = randomValues(random, circuit, BATCH);
  const observables = [randomObservable(random, numQubits), randomObservable(random, numQubits)];
  return { random, circuit, values, observables };
};

describe.each(sizes)('seed $seed: $length operations on $numQubits qubit(s)', (size) => {
  const { random, circuit, values, observables } = setUp(size);
  const exact = adjoint.jacobian(circuit, observables, values);

  test('adjoint and parameter shift agree within 1e-12, by parameters and by data', () => {
    const shift = parameterShift.jacobian(circuit, observables, values);
    expect(largestDifference(exact.values, shift.values)).toBeLessThan(1e-12);
    expect(Object.keys(shift.jacobian)).toEqual(Object.keys(exact.jacobian));
    for (const [name, column] of Object.entries(exact.jacobian)) {
      expect(column.length).toBe(BATCH * observables.length);
      expect(largestDifference(column, shift.jacobian[name]), name).toBeLessThan(1e-12);
    }
  });

  test('central differences agree within their own error', () => {
    const [fine, coarse] = [STEP, 2 * STEP].map((step) =>
      finiteDifference.jacobian(circuit, observables, values, { step }),
    );
    for (const [name, column] of Object.entries(exact.jacobian)) {
      column.forEach((slope, i) => {
        const [near, far] = [fine.jacobian[name][i], coarse.jacobian[name][i]];
        expect(Math.abs(near - slope), name).toBeLessThan(differenceError(near, far, size.length, observables));
      });
    }
  });

  test('vector-Jacobian products are the contracted Jacobian', () => {
    const upstream = Float64Array.from({ length: BATCH * 2 }, () => random.uniform(-1, 1));
    for (const method of [adjoint, parameterShift]) {
      const products = method.vjp(circuit, observables, values, upstream);
      for (const [name, column] of Object.entries(exact.jacobian)) {
        const contracted = [0, 1, 2].map(
          (b) => upstream[2 * b] * column[2 * b] + upstream[2 * b + 1] * column[2 * b + 1],
        );
        expect(largestDifference(products[name], contracted), `${method.name} ${name}`).toBeLessThan(1e-12);
      }
    }
  });

  test('a batch gives the numbers of its samples, bit for bit', () => {
    for (let b = 0; b < BATCH; b++) {
      const single = Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? value : value[b]]),
      );
      expect(expectation(circuit, observables, single)).toEqual(exact.values.slice(2 * b, 2 * b + 2));
      const { jacobian } = adjoint.jacobian(circuit, observables, single);
      for (const [name, column] of Object.entries(exact.jacobian)) {
        expect(jacobian[name]).toEqual(column.slice(2 * b, 2 * b + 2));
      }
    }
  });
});

describe.each(sizes.filter(({ length }) => length <= 60))('Hessian, seed $seed', (size) => {
  const { circuit, values, observables } = setUp(size);
  const result = hessian(circuit, observables[0], values);
  const count = result.symbols.length;

  test('is symmetric, and comes with the adjoint values and gradient', () => {
    expect(result.hessian.length).toBe(BATCH * count * count);
    const { values: expected, jacobian } = adjoint.jacobian(circuit, [observables[0]], values);
    expect(result.values).toEqual(expected);
    expect(result.gradient).toEqual(jacobian);
    for (let b = 0; b < BATCH; b++) {
      for (let i = 0; i < count; i++) {
        for (let j = 0; j < i; j++) {
          const at = (row: number, column: number) => result.hessian[(b * count + row) * count + column];
          expect(at(i, j)).toBe(at(j, i));
        }
      }
    }
  });

  test('equals the differences of the exact gradient', () => {
    result.symbols.forEach((name, j) => {
      const [fine, coarse] = [STEP, 2 * STEP].map((step) => {
        const [above, below] = [step, -step].map(
          (shift) => adjoint.jacobian(circuit, [observables[0]], moved(values, name, shift)).jacobian,
        );
        return (row: string, b: number): number => (above[row][b] - below[row][b]) / (2 * step);
      });
      result.symbols.forEach((row, i) => {
        for (let b = 0; b < BATCH; b++) {
          const error = differenceError(fine(row, b), coarse(row, b), size.length, observables);
          const entry = result.hessian[(b * count + i) * count + j];
          expect(Math.abs(entry - fine(row, b)), `${row} ${name}`).toBeLessThan(error);
        }
      });
    });
  });
});

/**
 * What a central difference can be off by. Truncation: D(h) = f′ + ch² + O(h⁴), so |D(h) − D(2h)| = 3ch² covers it
 * three times; rounding: about ε an operation, times the size of the observable, over the step.
 */
const differenceError = (fine: number, coarse: number, length: number, observables: Observables): number =>
  Math.abs(fine - coarse) + (length * 1e-15 * norm(observables)) / STEP;

const norm = (observables: Observables): number =>
  Math.max(...observables.map((terms) => terms.reduce((sum, [, coefficient]) => sum + Math.abs(coefficient), 0)));

const moved = (values: Values, name: string, shift: number): Values => {
  const value = values[name];
  return { ...values, [name]: typeof value === 'number' ? value + shift : Float64Array.from(value, (x) => x + shift) };
};
