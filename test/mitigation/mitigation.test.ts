import { describe, expect, it } from 'vitest';
import { circuit, op } from '../../circuits/circuit.js';
import { distanceUpToPhase } from '../../circuits/matrix.js';
import { Random } from '../../src/foundation/random.js';
import { extrapolate } from '../../src/mitigation/extrapolate.js';
import { fold } from '../../src/mitigation/fold.js';
import { mitigateReadout } from '../../src/mitigation/readout.js';
import { onSimplex } from '../../src/mitigation/simplex.js';
import { depolarising } from '../../src/noise/channels.js';
import { noisyExpectation } from '../../src/noise/noisy.js';
import { confuse } from '../../src/noise/readout.js';
import { randomCircuit } from '../circuits/randomCircuit.js';
import { circuitUnitary } from '../circuits/unitary.js';

/** Probabilities, some of them 0, and errors of n qubits. */
function problem(seed: number, n: number) {
  const random = new Random(seed);
  const weights = Float64Array.from({ length: 2 ** n }, () => Math.max(0, random.uniform(-0.5, 1)));
  const total = weights.reduce((sum, w) => sum + w, 0);
  const errors = Array.from({ length: n }, () => ({ p01: random.uniform(0, 0.1), p10: random.uniform(0, 0.2) }));
  return { random, p: weights.map((w) => w / total), errors };
}
const largest = (values: Float64Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const minus = (a: Float64Array, b: Float64Array) => a.map((value, k) => value - b[k]);

describe('Readout mitigation', () => {
  it.each([1, 2, 3])('undoes the confusion of 4 qubits by every method (seed %i)', (seed) => {
    const { p, errors } = problem(seed, 4);
    const q = confuse(p, errors);
    expect(largest(minus(mitigateReadout(q, errors), p))).toBeLessThan(1e-14);
    expect(largest(minus(mitigateReadout(q, errors, { method: 'nearest' }), p))).toBeLessThan(1e-14);
    expect(largest(minus(mitigateReadout(q, errors, { method: 'leastSquares' }), p))).toBeLessThan(1e-12);
  });

  it.each([1, 2])(
    'by least squares meets the conditions of the optimum where frequencies fluctuate (seed %i)',
    (seed) => {
      const { random, p, errors } = problem(seed, 3);
      const noisy = confuse(p, errors).map((value) => Math.max(0, value + random.uniform(-0.05, 0.05)));
      const total = noisy.reduce((sum, value) => sum + value, 0);
      const q = noisy.map((value) => value / total);
      expect(Math.min(...mitigateReadout(q, errors))).toBeLessThan(-1e-3);
      const found = mitigateReadout(q, errors, { method: 'leastSquares' });
      expect(Math.min(...found)).toBeGreaterThanOrEqual(0);
      expect(found.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 14);
      // ∇ is one number where p > 0, and no smaller where p = 0
      const residual = minus(confuse(found, errors), q);
      const gradient = found.map((_, z) => {
        const unit = new Float64Array(8);
        unit[z] = 1;
        return confuse(unit, errors).reduce((sum, value, k) => sum + value * residual[k], 0);
      });
      const level = gradient.filter((_, z) => found[z] > 1e-9);
      expect(Math.max(...level) - Math.min(...level)).toBeLessThan(1e-10);
      found.forEach((value, z) => {
        if (value <= 1e-9) expect(gradient[z]).toBeGreaterThan(Math.min(...level) - 1e-10);
      });
    },
  );

  it('projects onto the nearest probabilities', () => {
    expect([...onSimplex(Float64Array.of(0.7, 0.5, -0.2), 1)].map((v) => +v.toFixed(12))).toEqual([0.6, 0.4, 0]);
    expect([...onSimplex(Float64Array.of(2, 0), 1)]).toEqual([1, 0]);
  });
});

describe('Folding', () => {
  it.each(['global', 'local'] as const)('%s keeps the unitary and scales the number of gates', (method) => {
    const source = randomCircuit(5, 3, 10);
    const wanted = circuitUnitary(source);
    for (const [scale, gates] of [
      [1, 10],
      [1.4, 14],
      [3, 30],
      [4.2, 42],
    ]) {
      const folded = fold(source, scale, method);
      // the inverse of a gate may be several, so only a lower bound is exact
      expect(folded.operations.length).toBeGreaterThanOrEqual(gates);
      expect(distanceUpToPhase(circuitUnitary(folded), wanted)).toBeLessThan(1e-12);
    }
    const simple = circuit({ numQubits: 1, operations: [op('h', [0]), op('t', [0]), op('rx', [0], 0.3)] });
    expect([1, 5 / 3, 3, 5].map((scale) => fold(simple, scale, method).operations.length)).toEqual([3, 5, 9, 15]);
  });
});

describe('Extrapolation', () => {
  it('is exact on what it assumes', () => {
    const at = (f: (s: number) => number, scales = [1, 2, 3, 5]) => [scales, scales.map(f)] as const;
    expect(extrapolate(...at((s) => 0.9 - 0.1 * s), 'linear').value).toBeCloseTo(0.9, 14);
    expect(extrapolate(...at((s) => 0.9 - 0.1 * s + 0.03 * s ** 2 - 0.002 * s ** 3), 'richardson').value).toBeCloseTo(
      0.9,
      13,
    );
    expect(extrapolate(...at((s) => -0.9 * Math.exp(-0.2 * s)), 'exponential').value).toBeCloseTo(-0.9, 14);
    const shifted = at((s) => 0.1 + 0.8 * Math.exp(-0.2 * s));
    expect(extrapolate(...shifted, 'exponential', { asymptote: 0.1 }).value).toBeCloseTo(0.9, 14);
  });

  it.each(['linear', 'richardson', 'exponential'] as const)(
    '%s states the spread that normal errors cause',
    (method) => {
      const random = new Random(3);
      const scales = [1, 3, 5];
      const errors = [0.004, 0.006, 0.01];
      const found = Array.from({ length: 3000 }, () => {
        const values = scales.map((s, k) => 0.9 * Math.exp(-0.05 * s) + random.normal(0, errors[k]));
        return extrapolate(scales, values, method, { errors });
      });
      const mean = found.reduce((sum, { value }) => sum + value, 0) / 3000;
      const spread = Math.sqrt(found.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / 2999);
      expect(Math.abs(found[0].standardError / spread - 1)).toBeLessThan(5 / Math.sqrt(2 * 2999) + 0.03);
    },
  );

  it.each(['global', 'local'] as const)('of %s folds removes most of the error of gates', (method) => {
    const operations = Array.from({ length: 6 }, (_, k) => [op('ry', [0], 0.3 * k), op('rz', [0], 0.2 + k)]).flat();
    const source = circuit({ numQubits: 1, operations });
    const noise = { rules: [{ channel: depolarising(0.01) }] };
    const value = (scale: number) => noisyExpectation(fold(source, scale, method), 'Z', {}, { noise })[0];
    const exact = noisyExpectation(source, 'Z')[0];
    const error = (found: number) => Math.abs(found - exact);
    const values = [1, 3, 5].map(value);
    expect(error(extrapolate([1, 3, 5], values, 'linear').value)).toBeLessThan(error(values[0]) / 2);
    expect(error(extrapolate([1, 3, 5], values, 'richardson').value)).toBeLessThan(error(values[0]) / 20); // 1·3·5 x³/6 of x, x = 0.12
    expect(error(extrapolate([1, 3, 5], values, 'exponential').value)).toBeLessThan(1e-13);
  });
});
