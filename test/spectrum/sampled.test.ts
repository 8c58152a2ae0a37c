import { describe, expect, it } from 'vitest';
import { circuit, op } from '../../circuits/circuit.js';
import { Random } from '../../src/foundation/random.js';
import { expectation } from '../../src/simulate/simulate.js';
import { circuitSpectrum } from '../../src/spectrum/circuit.js';
import { fourierTransform } from '../../src/spectrum/fft.js';
import { sampledSpectrum } from '../../src/spectrum/sampled.js';
import { largestDifference } from '../gradient/randomCircuit.js';

describe('The transform', () => {
  const random = new Random(21);
  it.each([1, 2, 7, 31, 32, 33, 64, 97, 128, 243, 1000])('of length %i is its sum', (length) => {
    const draw = () => Float64Array.from({ length }, () => random.uniform(-1, 1));
    const [re, im] = [draw(), draw()];
    const found = fourierTransform({ re, im });
    for (const k of [0, 1, length >> 1, length - 1]) {
      let [sumRe, sumIm] = [0, 0];
      for (let j = 0; j < length; j++) {
        const angle = (-2 * Math.PI * ((j * k) % length)) / length;
        sumRe += re[j] * Math.cos(angle) - im[j] * Math.sin(angle);
        sumIm += re[j] * Math.sin(angle) + im[j] * Math.cos(angle);
      }
      // √length numbers of size 1 in either sum, rounded some 3 log₂ length times.
      const tolerance = 2 * Number.EPSILON * length;
      expect(Math.hypot(found.re[k % length] - sumRe, found.im[k % length] - sumIm)).toBeLessThan(tolerance + 1e-15);
    }
  });
});

const cosine =
  (frequency: number, phase = 0) =>
  (x: Float64Array) =>
    x.map((t) => Math.cos(frequency * t + phase));

describe('A function beyond its degree', () => {
  it.each([
    [1, 3],
    [2, 3],
    [3, 4],
    [3, 7],
    [5, 11],
    [20, 21],
  ])('is caught, and its frequency named: degree %i, frequency %i', (degree, frequency) => {
    const report = sampledSpectrum(cosine(frequency, 0.4), [degree], { onAliasing: 'report' });
    expect(report.aliasing.found).toBe(true);
    expect(report.aliasing.leaks.map((leak) => leak.frequency)).toEqual([frequency]);
    const [{ seenAs, amplitude }] = report.aliasing.leaks;
    expect(amplitude).toBeCloseTo(0.5, 12);
    // What a sampler without a check would have taken for a coefficient of the function.
    const size = Math.hypot(report.coefficients[2 * seenAs], report.coefficients[2 * seenAs + 1]);
    expect(size).toBeGreaterThan(0.4);
    expect(() => sampledSpectrum(cosine(frequency, 0.4), [degree])).toThrow(`at frequency ${frequency} for one`);
  });

  it.each([
    [3, 11],
    [3, 15],
    [3, 27],
    [5, 12],
    [5, 100],
  ])('far beyond is caught too: degree %i, frequency %i', (degree, frequency) => {
    const { found, leaks } = sampledSpectrum(cosine(frequency, 0.4), [degree], { onAliasing: 'report' }).aliasing;
    expect(found).toBe(true);
    for (const leak of leaks) expect(leak.frequency).toBeLessThanOrEqual(frequency);
  });

  it('may have several', () => {
    const f = (x: Float64Array) => x.map((t) => Math.cos(t) + 0.3 * Math.sin(6 * t) + 0.1 * Math.cos(10 * t));
    const { leaks } = sampledSpectrum(f, [4], { onAliasing: 'report' }).aliasing;
    expect(leaks.map(({ frequency }) => frequency)).toEqual([6, 10]);
    expect(leaks.map(({ amplitude }) => Number(amplitude.toFixed(12)))).toEqual([0.15, 0.05]);
  });

  it('is a circuit with one encoding more than was thought', () => {
    const source = circuit({ numQubits: 1, data: ['x'], operations: [op('ry', [0], '2*x'), op('ry', [0], 'x')] });
    const f = (x: Float64Array) => expectation(source, 'Z', { x });
    expect(() => sampledSpectrum(f, [2])).toThrow(/frequencies beyond the degrees \[2\], at frequency 3/);
    expect(sampledSpectrum(f, [3]).aliasing.found).toBe(false);
  });

  it('is caught in any direction of several', () => {
    const f = (points: Float64Array) =>
      Float64Array.from({ length: points.length / 2 }, (_, k) => Math.cos(points[2 * k] - 4 * points[2 * k + 1]));
    expect(() => sampledSpectrum(f, [1, 3])).toThrow('beyond the degrees [1, 3]');
    const { coefficients, aliasing } = sampledSpectrum(f, [1, 4]);
    expect(aliasing.residual).toBeLessThan(1e-14);
    expect(coefficients.filter((c) => Math.abs(c - 0.5) < 1e-15).length).toBe(1);
    expect(coefficients.filter((c) => Math.abs(c) < 1e-15).length).toBe(coefficients.length - 1);
  });
});

describe('A function within its degree', () => {
  it('passes, also with other periods', () => {
    const { frequencies, coefficients, aliasing } = sampledSpectrum(cosine(3), [8], { periods: [4 * Math.PI] });
    expect(aliasing.found).toBe(false);
    expect(aliasing.residual).toBeLessThan(aliasing.tolerance);
    expect([...frequencies]).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4]);
    expect(coefficients[12]).toBeCloseTo(0.5, 14);
  });

  it('passes with noise, if the tolerance says so', () => {
    const random = new Random(1);
    const noisy = (x: Float64Array) => x.map((t) => Math.cos(t) + 1e-3 * random.normal());
    expect(() => sampledSpectrum(noisy, [2])).toThrow('if it is noise, the tolerance');
    expect(sampledSpectrum(noisy, [2], { tolerance: 0.01 }).aliasing.found).toBe(false);
  });

  it('has the spectrum of its circuit', () => {
    const source = circuit({
      numQubits: 2,
      data: ['x', 'y'],
      operations: [op('ry', [0], 'x'), op('rxx', [0, 1], 'x + y'), op('ry', [1], 'y')],
    });
    const f = (points: Float64Array) => {
      const [x, y] = [0, 1].map((v) => points.filter((_, at) => at % 2 === v));
      return expectation(source, 'ZZ', { x, y });
    };
    const sampled = sampledSpectrum(f, [2, 2]);
    const exact = circuitSpectrum(source, 'ZZ');
    expect([...sampled.frequencies]).toEqual([...exact.frequencies]);
    expect(largestDifference(sampled.coefficients, exact.coefficients)).toBeLessThan(1e-14);
  });
});
