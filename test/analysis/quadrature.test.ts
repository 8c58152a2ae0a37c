import { describe, expect, it } from 'vitest';
import { gaussHermite, gaussianRule, type Rule } from '../../src/analysis/quadrature.js';

const average = ({ points, weights }: Rule, f: (z: number) => number) =>
  points.reduce((sum, z, i) => sum + weights[i] * f(z), 0);

describe('Gaussian averages', () => {
  it.each([2, 3, 8, 21, 60, 128, 400])('are exact for polynomials with %s points', (n) => {
    const rule = gaussHermite(n);
    let double = 1; // (2k − 1)!!, the moment of order 2k
    for (let k = 0; k <= Math.min(n - 1, 10); k++) {
      expect(average(rule, (z) => z ** (2 * k)) / double).toBeCloseTo(1, 11);
      expect(Math.abs(average(rule, (z) => z ** (2 * k + 1))) / double).toBeLessThan(1e-11);
      double *= 2 * k + 1;
    }
    expect([...rule.points]).toEqual([...rule.points].sort((a, b) => a - b));
  });

  it('know the characteristic function', () => {
    for (const omega of [0.5, 2, 6]) {
      const wanted = Math.exp((-omega * omega) / 2);
      expect(Math.abs(average(gaussHermite(128), (z) => Math.cos(omega * z)) - wanted)).toBeLessThan(1e-14);
      expect(Math.abs(average(gaussianRule(), (z) => Math.cos(omega * z)) - wanted)).toBeLessThan(1e-14);
    }
  });

  it('see kinks at 0, unlike Gauss-Hermite', () => {
    const wanted = 1 / Math.sqrt(2 * Math.PI); // E[max(0, z)]
    expect(Math.abs(average(gaussianRule(), (z) => Math.max(0, z)) - wanted)).toBeLessThan(1e-15);
    expect(Math.abs(average(gaussianRule({ nodes: 128 }), (z) => Math.max(0, z)) - wanted)).toBeGreaterThan(1e-5);
  });
});
