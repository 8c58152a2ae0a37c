import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../../src/foundation/random.js';
import { shiftRule } from '../../src/gradient/shiftRule.js';

const ROOT2 = Math.SQRT2;
const sets: readonly (readonly number[])[] = [
  [1],
  [0.5, 1],
  [1, 2, 3],
  [2, 4, 6, 8],
  [1, 3],
  [2, 3],
  [1, 3, 5],
  [1, 2, 4],
  [1, 3, 9],
  [1, ROOT2, 1 + ROOT2],
  [1, 3, 4],
  [1, 2, 4, 8],
  [1, 3, 9, 27],
  [0.3, 0.71, 1.13, 2.9, 3.3],
  [1, 1.01],
];

/** c + Σ a_j cos ω_j t + b_j sin ω_j t with random coefficients, and its derivatives. */
function randomPolynomial(random: Random, frequencies: readonly number[]) {
  const terms = frequencies.map((w) => ({ w, a: random.uniform(-1, 1), phase: random.uniform(0, 7) }));
  const constant = random.uniform(-1, 1);
  return (t: number, order = 0): number =>
    terms.reduce(
      (sum, { w, a, phase }) => sum + a * w ** order * Math.cos(w * t + phase + (order * Math.PI) / 2),
      order === 0 ? constant : 0,
    );
}

const apply = (rule: ReturnType<typeof shiftRule>, f: (t: number) => number, t: number): number =>
  rule.shifts.reduce((sum, shift, j) => sum + rule.coefficients[j] * f(t + shift), 0);

describe.each(sets.map((frequencies) => ({ frequencies })))('frequencies $frequencies', ({ frequencies }) => {
  const largest = Math.max(...frequencies);

  test.each([1, 2, 3, 4])('order %i is exact on random trigonometric polynomials', (order) => {
    const rule = shiftRule(frequencies, order);
    const random = new Random(17);
    for (let trial = 0; trial < 20; trial++) {
      const f = randomPolynomial(random, frequencies);
      const t = random.uniform(-3, 3);
      // 1e-12 in the unit of the derivative: at most Ωᵏ for |f| ≤ 1.
      expect(Math.abs(apply(rule, f, t) - f(t, order))).toBeLessThan(1e-12 * Math.max(1, largest ** order));
    }
  });

  test.each([1, 2, 3, 4])('order %i has the least coefficient norm there is, Bernstein’s bound', (order) => {
    const rule = shiftRule(frequencies, order);
    expect(rule.norm / largest ** order).toBeGreaterThan(1 - 1e-12);
    expect(rule.norm / largest ** order).toBeLessThan(1 + 1e-12);
    expect(rule.norm).toBe(rule.coefficients.reduce((sum, c) => sum + Math.abs(c), 0));
    expect(rule.shifts.length).toBeLessThanOrEqual(2 * frequencies.length + (order % 2 === 0 ? 1 : 0));
    expect(rule.conditionNumber).toBeGreaterThanOrEqual(1);
    expect(rule.conditionNumber).toBeLessThan(1e4);
  });
});

test('one frequency gives the two-term rule', () => {
  const { shifts, coefficients, conditionNumber } = shiftRule([1]);
  expect(shifts).toEqual([Math.PI / 2, -Math.PI / 2]);
  expect(coefficients[0]).toBeCloseTo(0.5, 15);
  expect(coefficients[1]).toBeCloseTo(-0.5, 15);
  expect(conditionNumber).toBe(1);
});

test('one frequency gives f″ = [f(θ + π) − f(θ)]/2', () => {
  const { shifts, coefficients } = shiftRule([1], 2);
  expect(shifts).toEqual([0, Math.PI]);
  expect(coefficients[0]).toBeCloseTo(-0.5, 15);
  expect(coefficients[1]).toBeCloseTo(0.5, 15);
});

test('frequencies {1/2, 1} give the four-term rule', () => {
  const { shifts, coefficients } = shiftRule([1, 0.5]);
  expect(shifts.map((s) => s / Math.PI)).toEqual([0.5, -0.5, 1.5, -1.5]);
  const [plus, minus] = [(ROOT2 + 1) / (4 * ROOT2), (ROOT2 - 1) / (4 * ROOT2)];
  [plus, -plus, -minus, minus].forEach((c, j) => {
    expect(coefficients[j]).toBeCloseTo(c, 15);
  });
});

test('equidistant frequencies w, 2w, …, Rw give the published rule of 2R nodes in one period', () => {
  for (const [R, w] of [
    [2, 1],
    [3, 0.5],
    [7, 2.3],
  ]) {
    const { shifts, coefficients } = shiftRule(Array.from({ length: R }, (_, j) => (j + 1) * w));
    for (let mu = 1; mu <= 2 * R; mu++) {
      const node = ((2 * mu - 1) * Math.PI) / (2 * R * w);
      const published = ((mu % 2 === 1 ? 1 : -1) * w) / (4 * R * Math.sin((node * w) / 2) ** 2);
      const found = shifts.findIndex((s) => Math.abs(Math.sin(((s - node) * w) / 2)) < 1e-12);
      expect(Math.abs(coefficients[found] - published)).toBeLessThan(1e-13 * R * w);
    }
  }
});

test('order and repetition of the frequencies do not matter, their scale scales', () => {
  const rule = shiftRule([1, 2, 4]);
  expect(shiftRule([4, 1, 2, 1])).toEqual(rule);
  const scaled = shiftRule([2, 4, 8]);
  expect(scaled.shifts).toEqual(rule.shifts.map((s) => s / 2));
  expect(scaled.coefficients).toEqual(rule.coefficients.map((c) => 2 * c));
});

test('any set of well separated frequencies has an exact rule of least norm', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }),
      fc.nat(),
      (set, seed) => {
        const frequencies = set.map((n) => n * 0.37);
        const rule = shiftRule(frequencies);
        const f = randomPolynomial(new Random(seed), frequencies);
        const bound = Math.max(...frequencies);
        expect(Math.abs(apply(rule, f, 0.3) - f(0.3, 1)) / bound).toBeLessThan(1e-12);
        expect(rule.norm / bound).toBeLessThan(1 + 1e-11);
      },
    ),
    { seed: 4, numRuns: 60 },
  );
});

test('frequencies too close to tell apart are refused, not guessed', () => {
  expect(() => shiftRule([1, 1 + 1e-10])).toThrow(/shiftRule: .* ill-conditioned .* Shift each gate by itself/);
});
