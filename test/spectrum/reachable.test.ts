import { describe, expect, it } from 'vitest';
import { formatAngle } from '../../circuits/angle/format.js';
import { ansatze } from '../../circuits/ansatz/table.js';
import { circuit, controlled, op } from '../../circuits/circuit.js';
import { reachableFrequencies } from '../../src/spectrum/reachable.js';

const weights = (base: number, reps: number) =>
  Object.fromEntries(Array.from({ length: reps }, (_, l) => [`w_${l}`, base ** l]));
const pz = (base: number, reps: number) =>
  reachableFrequencies(ansatze.pz.circuit(reps), { values: weights(base, reps) });
const numbers = ({ frequencies }: ReturnType<typeof pz>) => frequencies.map(({ frequency }) => frequency[0]);
const signs = ({ frequencies }: ReturnType<typeof pz>) => frequencies.map(({ signVectors }) => signVectors);
const pairs = ({ frequencies }: ReturnType<typeof pz>) => frequencies.map(({ eigenvaluePairs }) => eigenvaluePairs);
const upTo = (highest: number) => Array.from({ length: highest + 1 }, (_, k) => k);
const binomial = (n: number, k: number): number => (k === 0 ? 1 : (binomial(n, k - 1) * (n - k + 1)) / k);

describe('With weights β^l the reachable frequencies are', () => {
  it.each([
    [1, [1, 2, 3, 4, 5]],
    [2, [1, 3, 7, 15, 31]],
    [3, [1, 4, 13, 40, 121]],
  ])('all integers up to the sum of the weights, for β = %i', (base, highest) => {
    highest.forEach((top, at) => {
      expect(numbers(pz(base, at + 1))).toEqual(upTo(top));
    });
  });

  it.each([
    [1, 2, [3, 2, 1]],
    [1, 3, [7, 6, 3, 1]],
    [1, 4, [19, 16, 10, 4, 1]],
    [2, 3, [1, 3, 2, 3, 1, 2, 1, 1]],
    [2, 4, [1, 4, 3, 5, 2, 5, 3, 4, 1, 3, 2, 3, 1, 2, 1, 1]],
    [3, 4, Array.from({ length: 41 }, () => 1)],
  ])('made by the known numbers of sign vectors, for β = %i and r = %i', (base, reps, expected) => {
    expect(signs(pz(base, reps))).toEqual(expected);
  });

  it('made by binomial numbers of pairs of eigenvalues, for β = 1', () => {
    expect(pairs(pz(1, 3))).toEqual([20, 15, 6, 1]);
    for (const reps of [1, 2, 5])
      expect(pairs(pz(1, reps))).toEqual(upTo(reps).map((k) => binomial(2 * reps, reps + k)));
  });

  it('made by Stern’s diatomic numbers of sign vectors, for β = 2', () => {
    const stern = (n: number): number =>
      n < 2 ? n : n % 2 === 0 ? stern(n / 2) : stern((n - 1) / 2) + stern((n + 1) / 2);
    expect(signs(pz(2, 6))).toEqual(upTo(63).map((k) => stern(2 ** 6 - k)));
  });
});

describe('Both counts add up to all choices', () => {
  const all = (counts: number[]) => 2 * counts.reduce((sum, count) => sum + count, 0) - counts[0];
  it.each([
    [1, 5],
    [2, 4],
    [1.37, 4],
  ])('for β = %d and r = %i', (base, reps) => {
    const found = pz(base, reps);
    expect([all(signs(found)), all(pairs(found))]).toEqual([3 ** reps, 4 ** reps]);
  });
});

describe('Weights that are no integers', () => {
  it('are added up without rounding errors becoming frequencies', () => {
    const values = { w_0: 0.1, w_1: 0.2, w_2: 0.3 };
    const found = reachableFrequencies(ansatze.pz.circuit(3), { values });
    expect(signs(found)).toEqual([3, 3, 3, 2, 2, 1, 1]); // as of 1, 2, 3
    numbers(found).forEach((frequency, k) => {
      expect(frequency).toBeCloseTo(0.1 * k, 14);
    });
  });

  it('if generic, give (3^r + 1)/2 frequencies, each in one way', () => {
    const values = { w_0: Math.SQRT2, w_1: Math.E, w_2: Math.PI, w_3: Math.sqrt(3) };
    const found = reachableFrequencies(ansatze.pz.circuit(4), { values });
    expect(found.frequencies.length).toBe((3 ** 4 + 1) / 2);
    expect(new Set(signs(found))).toEqual(new Set([1]));
  });
});

describe('Weights that are symbols', () => {
  const texts = ({ frequencies }: ReturnType<typeof pz>) =>
    frequencies.map(({ frequency }) => formatAngle(frequency[0]));
  it('stay symbols in the frequencies', () => {
    const found = reachableFrequencies(ansatze.pz.circuit(2));
    expect(texts(found)).toEqual(['0', 'w_1', 'w_0 - w_1', 'w_0', 'w_0 + w_1']);
    expect(signs(found)).toEqual([1, 1, 1, 1, 1]);
    expect(pairs(found)).toEqual([4, 2, 1, 2, 1]);
  });

  it('are told apart from numbers, products and each other', () => {
    const source = circuit({
      numQubits: 1,
      data: ['x'],
      operations: [op('rz', [0], '2*x'), op('ry', [0], '(3*w - w + 1)*x'), op('rz', [0], 'a*b*x')],
    });
    const found = reachableFrequencies(source, { values: { a: 2, b: 3 } });
    // 2s + (2w + 1)t + 6u: of 3³ choices none coincide.
    expect(found.frequencies.length).toBe(14);
    expect(texts(found)).toContain('1 + 2*w');
    const open = reachableFrequencies(source);
    expect(texts(open)).toContain('a*b');
    const bound = reachableFrequencies(source, { values: { a: 2, b: 3, w: 0.5 } });
    expect(numbers(bound)).toEqual([0, 2, 4, 6, 8, 10]);
  });
});

describe('Several variables', () => {
  it('have one of each pair ±ω, in lexicographic order', () => {
    const source = circuit({
      numQubits: 2,
      data: ['x', 'y'],
      operations: [op('rx', [0], 'x'), op('ry', [1], 'y + 2*x'), controlled(op('rz', [1], 'y'), 0)],
    });
    const { variables, frequencies, dataGates } = reachableFrequencies(source);
    expect([variables, dataGates]).toEqual([['x', 'y'], 3]);
    // A controlled rotation has the eigenvalues 0 and ±1/2: differences 0, ±1/2, ±1, in 3, 2 and 1 ways.
    const zero = frequencies[0];
    expect([zero.frequency, zero.signVectors, zero.eigenvaluePairs]).toEqual([[0, 0], 1, 2 * 2 * 3]);
    const sums = [-1, 0, 1].flatMap((s) =>
      [-1, 0, 1].flatMap((t) => [-1, -0.5, 0, 0.5, 1].map((u) => `${s + 2 * t},${t + u}`)),
    );
    expect(frequencies.length).toBe((new Set(sums).size + 1) / 2);
    const order = frequencies.map(({ frequency }) => frequency as number[]);
    expect(order).toEqual([...order].sort((a, b) => a[0] - b[0] || a[1] - b[1]));
    expect(order.slice(1).every(([x, y]) => x > 0 || (x === 0 && y > 0))).toBe(true);
  });
});
