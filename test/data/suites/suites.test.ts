import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readIdx } from '../../../src/data/idx.js';
import { besselI, besselJ, besselK, besselY } from '../../../src/data/special/bessel.js';
import { ellipticE, ellipticF, ellipticSine } from '../../../src/data/special/elliptic.js';
import { legendreP } from '../../../src/data/special/legendre.js';
import { booleanDataset } from '../../../src/data/suites/boolean.js';
import { feynmanSuite } from '../../../src/data/suites/feynman.js';
import { findError, findPoints, findSuite } from '../../../src/data/suites/find.js';
import { fourierClassTask } from '../../../src/data/suites/fourierClass.js';
import { modularAddition, offDiagonalRatio, spectralConcentration } from '../../../src/data/suites/modular.js';
import { specialSuite } from '../../../src/data/suites/special.js';
import { sampleTask } from '../../../src/data/suites/task.js';
import { toySuite } from '../../../src/data/suites/toy.js';

interface Fixtures {
  readonly feynman: Record<
    string,
    { ranges: number[][]; points: number[][]; values: number[]; mc_std: number; mc_mean: number }
  >;
  readonly special: Record<string, [[number, number], number][]>;
}
const fixtures: Fixtures = JSON.parse(
  readFileSync(new URL('../../fixtures/kan-fixtures.json', import.meta.url), 'utf8'),
);

describe('the suites', () => {
  it.each(feynmanSuite())('give Feynman $name its published ranges, values and spread', (task) => {
    const { ranges, points, values, mc_std } = fixtures.feynman[task.name];
    expect(task.ranges).toEqual(ranges);
    points.forEach((point, k) => {
      expect(task.f(point)).toBeCloseTo(values[k], 12);
    });
    const { y } = sampleTask(task, { trainSamples: 4000, testSamples: 0, seed: 1 }).train;
    const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
    const deviation = Math.sqrt(y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / y.length);
    // heavy tails vary more than the 1/√(2·4000) of a normal distribution
    const tolerance = ['I.10.7', 'I.15.3x'].includes(task.name) ? 0.2 : 0.09;
    expect(Math.abs(deviation / mc_std - 1)).toBeLessThan(tolerance);
  });

  it('have all 26 formulas of Feynman, seven of them trigonometric', () => {
    expect(feynmanSuite().map(({ name }) => name)).toEqual(Object.keys(fixtures.feynman));
    expect(feynmanSuite().filter(({ trigonometric }) => trigonometric)).toHaveLength(7);
  });

  const functions: Record<string, (a: number, b: number) => number> = {
    jv: besselJ,
    yv: besselY,
    kv: besselK,
    iv: besselI,
    ellipkinc: ellipticF,
    ellipeinc: ellipticE,
    ellipj_sn: ellipticSine,
    lpmv0: (degree, x) => legendreP(degree, 0, x),
    lpmv1: (degree, x) => legendreP(degree, 1, x),
    lpmv2: (degree, x) => legendreP(degree, 2, x),
  };
  it.each(Object.entries(fixtures.special))('compute %s to 1e-12', (name, cases) => {
    for (const [[a, b], value] of cases) expect(Math.abs(functions[name](a, b) - value)).toBeLessThan(1e-12);
  });

  it.each([...specialSuite(), ...toySuite()])('give $name finite values on its range, with some spread', (task) => {
    const { train } = sampleTask(task, { trainSamples: 50, testSamples: 0, seed: 3 });
    const [low, high] = [Math.min(...train.y), Math.max(...train.y)];
    expect(train.x.every((t) => Math.abs(t) <= 1)).toBe(true);
    expect(high - low).toBeGreaterThan(0.01);
  });

  it('take parity for the cosine of π times the number of bits', () => {
    const { x, y, numSamples } = booleanDataset('parity', 5);
    for (let s = 0; s < numSamples; s++) {
      const ones = x.subarray(5 * s, 5 * s + 5).filter((value) => value < 0).length;
      expect(y[s]).toBe(Math.round(Math.cos(Math.PI * ones)));
    }
    expect(booleanDataset('majority', 3).y).toEqual(Float64Array.of(1, 1, 1, -1, 1, -1, -1, -1));
  });

  it('draw functions of the Fourier class with their period and no frequency above the highest', () => {
    const { f } = fourierClassTask({ frequencies: 4, halfPeriod: 5, seed: 2 });
    expect(f([-3.3])).toBeCloseTo(f([6.7]), 12);
    const values = Float64Array.from({ length: 40 }, (_, k) => f([-5 + k / 4]));
    const amplitude = (k: number) =>
      Math.hypot(
        ...['cos', 'sin'].map((part) =>
          values.reduce((sum, value, n) => sum + value * Math[part as 'cos']((2 * Math.PI * k * n) / 40), 0),
        ),
      );
    expect(amplitude(4)).toBeGreaterThan(0.1);
    for (let k = 5; k <= 20; k++) expect(amplitude(k)).toBeLessThan(1e-12);
  });

  it('draw functions of one number from their seed: all kinds, some composed, all finite', () => {
    const suite = findSuite({ functions: 340, seed: 3 });
    expect(findSuite({ functions: 340, seed: 3 }).map(({ formula }) => formula)).toEqual(
      suite.map(({ formula }) => formula),
    );
    const composed = suite.filter(({ name }) => / [+*] /.test(name)).length;
    expect(Math.abs(composed / 340 - 0.15)).toBeLessThan(3 * Math.sqrt((0.15 * 0.85) / 340));
    expect(new Set(findSuite({ functions: 17, composed: 0 }).map(({ name }) => name.split(' ')[1])).size).toBe(17);
    const points = findPoints();
    expect([points[0], points[255]]).toEqual([-127.5, 127.5]);
    for (const task of suite) {
      const exact = points.map((x) => task.f([x]));
      expect(exact.every(Number.isFinite)).toBe(true);
      expect(findError(task, exact)).toBe(0);
      expect(findError(task, new Float64Array(256))).toBe(1);
    }
  });

  it('add modulo M, and know a Fourier mode from noise', () => {
    const { x, y, numSamples } = modularAddition(5);
    expect(numSamples).toBe(25);
    const hot = (values: Float64Array, from: number) => values.subarray(from, from + 5).indexOf(1);
    for (let s = 0; s < 25; s++) expect(hot(y, 5 * s)).toBe((hot(x, 10 * s) + hot(x, 10 * s + 5)) % 5);
    const mode = Array.from({ length: 23 }, (_, n) => 0.3 + Math.cos((2 * Math.PI * 4 * n) / 23 + 1));
    expect(spectralConcentration(mode)).toBeCloseTo(1, 12);
    const spike = Array.from({ length: 23 }, (_, n) => Number(n === 3));
    expect(spectralConcentration(spike)).toBeCloseTo(1 / 11, 12);
    expect(spectralConcentration([2, 2, 2])).toBe(0);
    expect(offDiagonalRatio(Float64Array.of(1, 0, 0, 2), 2)).toBe(0);
    expect(offDiagonalRatio(Float64Array.of(1, 1, 1, 1), 2)).toBeCloseTo(1, 12);
  });

  it('read IDX files of every type', () => {
    const bytes = Uint8Array.of(0, 0, 11, 2, 0, 0, 0, 2, 0, 0, 0, 1, 1, 0, 255, 255);
    expect(readIdx(bytes)).toEqual({ shape: [2, 1], values: Float64Array.of(256, -1) });
    expect(readIdx(Uint8Array.of(0, 0, 13, 1, 0, 0, 0, 1, 0x40, 0x20, 0, 0)).values).toEqual(Float64Array.of(2.5));
  });
});
