import { describe, expect, it } from 'vitest';
import { type AnsatzName, ansatze } from '../../circuits/ansatz/table.js';
import { planActivation } from '../../src/activation/plan.js';
import { activationSeries, evaluateSeries } from '../../src/spectrum/activation.js';
import cases from '../fixtures/daruan-cases.json' with { type: 'json' };

const seriesOf = (ansatz: string, reps: number, theta: number[][], w: number[], b: number[]) => {
  const family = ansatze[ansatz as AnsatzName];
  const { theta: names, weights, biases } = family.names(reps);
  const plan = planActivation(family.circuit(reps), 'Z', [...names, ...weights, ...biases]);
  return activationSeries(plan, Float64Array.from([...theta.flat(), ...w, ...b]));
};

describe('activationSeries', () => {
  const linear = cases.edges.filter((e) => e.measurement === 'expectation' && e.ansatz !== 'px');
  it.each(linear.map((e) => [`${e.ansatz}, r = ${e.reps}`, e] as const))('%s: the series is the function', (_, e) => {
    const terms = seriesOf(e.ansatz, e.reps, e.theta, e.w, e.b);
    e.x.forEach((x, i) => {
      expect(Math.abs(evaluateSeries(terms, x) - e.y[i])).toBeLessThan(1e-12);
    });
  });

  const theta = (rows: number) => Array.from({ length: rows }, (_, l) => [0.3 + 0.41 * l, -0.7 + 0.53 * l]);
  it.each([
    ['w = 1', [1, 1, 1], [0, 1, 2, 3]],
    ['w = 2^l', [1, 2, 4], [0, 1, 2, 3, 4, 5, 6, 7]],
    ['w = 3^l', [1, 3, 9], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]],
  ])('%s reaches the frequencies that theory names', (_, w, frequencies) => {
    const terms = seriesOf('pz', 3, theta(4), w, [0, 0, 0]);
    expect(terms.map(({ frequency }) => frequency)).toEqual(frequencies);
  });

  it('the real ansatz has one frequency, the sum of its weights', () => {
    const terms = seriesOf('real', 3, [[0.3], [0.5], [-1.1]], [1, 1, 1], [0, 0, 0]);
    const used = terms.filter(({ re, im }) => Math.hypot(re, im) > 1e-14);
    expect(used.map(({ frequency }) => frequency)).toEqual([3]);
  });

  it('refuses an acos encoding with weights other than 1', () => {
    expect(() => seriesOf('px', 1, [[0.3], [0.5]], [0.9], [0])).toThrow(/no finite Fourier series/);
  });
});
