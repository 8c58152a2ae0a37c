import { describe, expect, test } from 'vitest';
import { circuit, op } from '../../circuits/circuit.js';
import { adjoint } from '../../src/gradient/adjoint.js';
import { finiteDifference } from '../../src/gradient/finiteDifference.js';
import { hessian } from '../../src/gradient/hessian.js';
import type { GradientMethod } from '../../src/gradient/method.js';
import { parameterShift } from '../../src/gradient/parameterShift.js';
import { type SpsaOptions, spsa } from '../../src/gradient/spsa.js';
import { largestDifference } from './randomCircuit.js';

/** ⟨Z⟩ = cos(w·x + b), ⟨X⟩ = sin(w·x + b). */
const source = circuit({ numQubits: 1, data: ['x'], operations: [op('ry', [0], 'w*x + b')] });
const x = [0.3, -1, 2, 0.7];
const [w, b] = [1.7, 0.2];
const values = { x, w, b };
const slopes = { x: () => w, w: (xi: number) => xi, b: () => 1 };

const methods: readonly { method: GradientMethod<SpsaOptions>; tolerance: number }[] = [
  { method: adjoint, tolerance: 1e-14 },
  { method: parameterShift, tolerance: 1e-14 },
  { method: finiteDifference, tolerance: 1e-9 },
];

describe.each(methods)('$method.name', ({ method, tolerance }) => {
  test('gives one derivative a sample and observable, for shared parameters too', () => {
    const { values: found, jacobian } = method.jacobian(source, ['Z', 'X'], values);
    expect(
      largestDifference(
        found,
        x.flatMap((xi) => [Math.cos(w * xi + b), Math.sin(w * xi + b)]),
      ),
    ).toBeLessThan(1e-14);
    for (const [name, slope] of Object.entries(slopes)) {
      const exact = x.flatMap((xi) => [-Math.sin(w * xi + b) * slope(xi), Math.cos(w * xi + b) * slope(xi)]);
      expect(largestDifference(jacobian[name], exact)).toBeLessThan(tolerance);
    }
  });

  test('differentiates by the symbols it is asked for, in that order', () => {
    const { jacobian } = method.jacobian(source, 'Z', values, { wrt: ['x', 'w'] });
    expect(Object.keys(jacobian)).toEqual(['x', 'w']);
    const products = method.vjp(source, 'Z', values, Float64Array.of(1, 1, 1, 1), { wrt: ['b'] });
    expect(Object.keys(products)).toEqual(['b']);
    expect(products.b.length).toBe(4);
  });

  test('is exact or says that it is not', () => {
    expect(method.exact).toBe(tolerance < 1e-12);
  });

  test('an angle that is singular in one symbol can be differentiated by the others', () => {
    const singular = circuit({ numQubits: 1, data: ['x'], operations: [op('rx', [0], 'acos(x)'), op('ry', [0], 'a')] });
    const { jacobian } = method.jacobian(singular, 'Z', { x: 1, a: 0.4 }, { wrt: ['a'] });
    expect(Math.abs(jacobian.a[0] + Math.sin(0.4))).toBeLessThan(tolerance);
  });

  test('a circuit without symbols has values and no derivatives', () => {
    const fixed = circuit({ numQubits: 1, operations: [op('h', [0])] });
    const { values: found, jacobian } = method.jacobian(fixed, 'X');
    expect(found[0]).toBeCloseTo(1, 14);
    expect(jacobian).toEqual({});
  });
});

test('forward differences are of first order', () => {
  const error = (step: number): number => {
    const { jacobian } = finiteDifference.jacobian(source, 'Z', values, { step, stencil: 'forward', wrt: ['b'] });
    return largestDifference(
      jacobian.b,
      x.map((xi) => -Math.sin(w * xi + b)),
    );
  };
  // h/2 · max|f″|, |f″| = |cos| ≤ 1
  expect(error(1e-3)).toBeLessThan(5e-4 * 1.001);
  expect(error(1e-3) / error(1e-4)).toBeCloseTo(10, 1);
});

test('the Hessian of cos(w·x + b) is the closed form, with the second derivative of w·x', () => {
  const { symbols, hessian: found } = hessian(source, 'Z', values);
  expect(symbols).toEqual(['w', 'b', 'x']);
  const exact = x.flatMap((xi) => {
    const [s, c] = [Math.sin(w * xi + b), Math.cos(w * xi + b)];
    return [-c * xi * xi, -c * xi, -c * xi * w - s, -c * xi, -c, -c * w, -c * xi * w - s, -c * w, -c * w * w];
  });
  expect(largestDifference(found, exact)).toBeLessThan(1e-14);
});

test('the Hessian takes a subset of the symbols', () => {
  const { symbols, hessian: found, gradient } = hessian(source, 'Z', values, { wrt: ['x'] });
  expect(symbols).toEqual(['x']);
  expect(Object.keys(gradient)).toEqual(['x']);
  expect(
    largestDifference(
      found,
      x.map((xi) => -Math.cos(w * xi + b) * w * w),
    ),
  ).toBeLessThan(1e-14);
});

test('random directions keep the shapes of the other methods', () => {
  const { jacobian } = spsa.jacobian(source, ['Z', 'X'], values, { seed: 1 });
  expect(Object.values(jacobian).map(({ length }) => length)).toEqual([8, 8, 8]);
  expect(spsa.exact).toBe(false);
});
