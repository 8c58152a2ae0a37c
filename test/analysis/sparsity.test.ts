import { describe, expect, it } from 'vitest';
import { hlGaussMean, hlGaussTargets } from '../../src/analysis/hlGauss.js';
import { fatReLU, l1Penalty, proSparseStrength } from '../../src/analysis/proSparse.js';
import { cettThreshold, pplSparsity, truncate, winaMask, winaScores } from '../../src/analysis/sparsity.js';
import { Random } from '../../src/foundation/random.js';

const near = (got: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number) => {
  expect(got.length).toBe(wanted.length);
  Array.from(got).forEach((value, k) => {
    expect(Math.abs(value - wanted[k]), `entry ${k}`).toBeLessThan(tolerance);
  });
};

describe('HL-Gauss', () => {
  const bins = { bins: 5, range: [-1, 1] } as const;

  it('has its published probabilities and mean', () => {
    const p = hlGaussTargets([0.3], bins);
    near(p, [0.001355873, 0.046901149, 0.324841802, 0.476584742, 0.150316434], 6e-10);
    near(hlGaussMean(p, bins), [0.291041886], 6e-10);
  });

  it('gives distributions, also for targets at the ends, whose mean comes near the target', () => {
    const fine = { bins: 50, range: [0, 4] } as const;
    const targets = [0, 1.234, 2, 4];
    const p = hlGaussTargets(targets, fine);
    for (let row = 0; row < 4; row++) near([p.subarray(50 * row, 50 * (row + 1)).reduce((a, b) => a + b)], [1], 1e-12);
    near(hlGaussMean(p, fine).subarray(1, 3), targets.slice(1, 3), 1e-3);
  });
});

describe('WINA', () => {
  const [matrix, x] = [Float64Array.of(1, 0, 2, 0, 3, 0), Float64Array.of(1, -0.5, 0.6)];

  it('has its published scores, and keeps what TEAL would not', () => {
    near(winaScores(x, matrix, 3), [1, 1.5, 1.2], 1e-15);
    expect([...winaMask(x, matrix, 3, 1)]).toEqual([0, 1, 0]);
    expect([...winaMask(x, Float64Array.of(1, 1, 1), 3, 1)]).toEqual([1, 0, 0]);
  });

  it('makes the least error of all masks where the columns are orthogonal', () => {
    const random = new Random(5);
    const scales = Array.from({ length: 4 }, () => random.uniform(0.2, 2));
    const input = Float64Array.from({ length: 4 }, () => random.normal());
    const diagonal = Float64Array.from({ length: 16 }, (_, at) => (at % 5 === 0 ? scales[at % 4] : 0));
    const error = (mask: ArrayLike<number>) =>
      input.reduce((sum, value, i) => sum + (mask[i] ? 0 : (value * scales[i]) ** 2), 0);
    const all = Array.from({ length: 16 }, (_, m) => [m & 1, m & 2, m & 4, m & 8]).filter(
      (mask) => mask.filter(Boolean).length === 2,
    );
    expect(error(winaMask(input, diagonal, 4, 2))).toBe(Math.min(...all.map(error)));
  });
});

describe('Cumulative errors of tail truncation', () => {
  const random = new Random(1);
  const hidden = {
    activations: Float64Array.from({ length: 20 * 12 }, () => random.normal() ** 3),
    width: 12,
    matrix: Float64Array.from({ length: 5 * 12 }, () => random.normal()),
  };

  it('are 0 where nothing is dropped and 1 where all is', () => {
    expect(truncate(hidden, 0)).toEqual({ threshold: 0, ratio: 1, error: 0 });
    const nothing = truncate(hidden, 1e6);
    expect(nothing.ratio).toBe(0);
    expect(nothing.error).toBeCloseTo(1, 12);
  });

  it('stay within their bound, which the next threshold would break', () => {
    const found = cettThreshold(hidden, 0.2);
    expect(found.error).toBeLessThanOrEqual(0.2);
    expect(found.ratio).toBeLessThan(0.8);
    const scores = [...winaScores(hidden.activations, hidden.matrix, 12)].sort((a, b) => a - b);
    const next = scores[scores.indexOf(found.threshold) + 1];
    expect(truncate(hidden, next).error).toBeGreaterThan(0.2);
  });

  it('give the sparsity at which the perplexity grows by p %', () => {
    const model = { loss: (cett: number) => 2 + 0.5 * cett ** 2, ratio: (cett: number) => 1 - cett };
    const { cett, sparsity } = pplSparsity(model, 1);
    expect(Math.abs(Math.exp(model.loss(cett) - 2) - 1.01)).toBeLessThan(1e-6);
    expect(sparsity).toBeCloseTo(cett, 12);
    expect(pplSparsity({ loss: () => 2, ratio: () => 0.3 }, 1)).toEqual({ cett: 1, ratio: 0.3, sparsity: 0.7 });
  });
});

describe('ProSparse', () => {
  const stages = [
    { until: 100, strength: 0.1 },
    { until: 200, strength: 0.5 },
    { until: 400, strength: 0.9 },
  ];

  it('holds, then rises along half sines to each stage’s strength', () => {
    const at = (step: number) => proSparseStrength(step, stages);
    near([0, 99, 100, 150, 200, 300, 400, 999].map(at), [0.1, 0.1, 0.1, 0.3, 0.5, 0.7, 0.9, 0.9], 1e-12);
    near([at(125) - 0.1], [0.2 * (1 - Math.SQRT1_2)], 1e-12);
  });

  it('penalises the sizes of activations and cuts them by FATReLU', () => {
    const { value, gradient } = l1Penalty([1, -2, 0, 3], 2);
    expect([value, ...gradient]).toEqual([3, 0.5, -0.5, 0, 0.5]);
    expect([...fatReLU([-1, 0.005, 0.01, 2])]).toEqual([0, 0, 0.01, 2]);
  });
});
