import { describe, expect, test } from 'vitest';
import { circuit, controlled, op } from '../../circuits/circuit.js';
import type { Values } from '../../src/compile/values.js';
import { Random } from '../../src/foundation/random.js';
import { fubiniStudy } from '../../src/gradient/fubiniStudy.js';
import { statevector } from '../../src/simulate/simulate.js';
import { largestDifference, randomCircuit, randomValues } from './randomCircuit.js';

test('one qubit: a quarter of the round metric of the Bloch sphere, diag(1, sin²θ)/4', () => {
  const source = circuit({ numQubits: 1, operations: [op('ry', [0], 'theta'), op('rz', [0], 'phi')] });
  const theta = [0.3, 1.1, 2.9];
  const { symbols, metric } = fubiniStudy(source, { theta, phi: 0.7 });
  expect(symbols).toEqual(['theta', 'phi']);
  const expected = theta.flatMap((t) => [1 / 4, 0, 0, Math.sin(t) ** 2 / 4]);
  expect(largestDifference(metric, expected)).toBeLessThan(1e-15);
});

test('a global phase has no length, a controlled one has', () => {
  const free = circuit({ numQubits: 1, operations: [op('h', [0]), op('gphase', [], 'a')] });
  expect(Math.abs(fubiniStudy(free, { a: 0.4 }).metric[0])).toBeLessThan(1e-15);
  const relative = circuit({ numQubits: 1, operations: [op('h', [0]), controlled(op('gphase', [], 'a'), 0)] });
  expect(fubiniStudy(relative, { a: 0.4 }).metric[0]).toBeCloseTo(0.25, 14);
});

test('angles enter by the chain rule', () => {
  const source = circuit({ numQubits: 1, data: ['x'], operations: [op('ry', [0], 'w*x')] });
  const { metric } = fubiniStudy(source, { w: 3, x: [2, 0.5] });
  // ∂/∂w = x, ∂/∂x = w of one angle with metric 1/4.
  expect(largestDifference(metric, [1, 1.5, 1.5, 2.25, 0.0625, 0.375, 0.375, 2.25])).toBeLessThan(1e-14);
});

describe.each(
  [
    [1, 1, 15],
    [2, 2, 20],
    [3, 3, 30],
    [4, 4, 20],
  ].map(([seed, numQubits, length]) => ({ seed, numQubits, length })),
)('seed $seed', ({ seed, numQubits, length }) => {
  const random = new Random(seed);
  const source = randomCircuit(random, numQubits, length);
  const values = randomValues(random, source, 2);
  const { symbols, metric } = fubiniStudy(source, values);
  const count = symbols.length;

  test('is symmetric and positive semidefinite', () => {
    for (let b = 0; b < 2; b++) {
      for (let i = 0; i < count; i++) {
        for (let j = 0; j < count; j++) {
          const at = (row: number, column: number) => metric[(b * count + row) * count + column];
          expect(Math.abs(at(i, j) - at(j, i))).toBeLessThan(1e-12);
        }
      }
      for (let trial = 0; trial < 50; trial++) {
        const v = symbols.map(() => random.uniform(-1, 1));
        const form = v.reduce(
          (sum, vi, i) => sum + v.reduce((inner, vj, j) => inner + vi * vj * metric[(b * count + i) * count + j], 0),
          0,
        );
        expect(form).toBeGreaterThan(-1e-12);
      }
    }
  });

  test('is the fidelity’s second derivative: 1 − |⟨ψ(t)|ψ(t + δ)⟩|² = δᵀgδ + O(δ³)', () => {
    const direction = symbols.map(() => random.uniform(-1, 1));
    const infidelity = (step: number): Float64Array => {
      const moved: Values = Object.fromEntries(
        symbols.map((name, k) => {
          const value = values[name];
          const shift = step * direction[k];
          return [name, typeof value === 'number' ? value + shift : Float64Array.from(value, (x) => x + shift)];
        }),
      );
      return distances(statevector(source, values), statevector(source, moved), 2);
    };
    // Mean of ±δ leaves an error of O(δ⁴), which halving δ estimates.
    const estimate = (step: number) => infidelity(step).map((f, b) => (f + infidelity(-step)[b]) / (2 * step * step));
    const [fine, coarse] = [estimate(1e-4), estimate(2e-4)];
    for (let b = 0; b < 2; b++) {
      const form = direction.reduce(
        (sum, vi, i) => sum + direction.reduce((s, vj, j) => s + vi * vj * metric[(b * count + i) * count + j], 0),
        0,
      );
      expect(Math.abs(fine[b] - form)).toBeLessThan(Math.abs(fine[b] - coarse[b]) + 1e-6);
    }
  });
});

/** 1 − |⟨a|b⟩|² per sample, without cancellation: the squared norm of b − a⟨a|b⟩. */
function distances(a: Float64Array, b: Float64Array, batch: number): Float64Array {
  const length = a.length / batch;
  return Float64Array.from({ length: batch }, (_, sample) => {
    const [left, right] = [a, b].map((states) => states.subarray(sample * length, (sample + 1) * length));
    let [re, im, rest] = [0, 0, 0];
    for (let i = 0; i < length; i += 2) {
      re += left[i] * right[i] + left[i + 1] * right[i + 1];
      im += left[i] * right[i + 1] - left[i + 1] * right[i];
    }
    for (let i = 0; i < length; i += 2) {
      rest += (right[i] - (left[i] * re - left[i + 1] * im)) ** 2;
      rest += (right[i + 1] - (left[i] * im + left[i + 1] * re)) ** 2;
    }
    return rest;
  });
}
