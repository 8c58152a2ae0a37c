import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countScale, linearScale, logScale } from '../../src/plot/ticks.js';

const values = (scale: { ticks: readonly { value: number }[] }): number[] => scale.ticks.map(({ value }) => value);
const texts = (scale: { ticks: readonly { text: string }[] }): string[] => scale.ticks.map(({ text }) => text);

describe('A logarithmic axis', () => {
  it('has ticks at both ends that embrace the data, and at equal distances for powers of ten', () => {
    const size = fc.double({ min: 1e-290, max: 1e290, noNaN: true });
    fc.assert(
      fc.property(size, size, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const scale = logScale([low, high], [0, 100], 8);
        const ticks = values(scale);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks[0]).toBeLessThanOrEqual(low * (1 + 1e-9));
        expect(ticks[ticks.length - 1]).toBeGreaterThanOrEqual(high * (1 - 1e-9));
        expect(scale.map(ticks[0])).toBeCloseTo(0, 6);
        expect(scale.map(ticks[ticks.length - 1])).toBeCloseTo(100, 6);
        expect(texts(scale).filter((text) => text !== '').length).toBeLessThanOrEqual(11);
      }),
      { seed: 20260104, numRuns: 300 },
    );
  });

  it('has ticks at 1, 2 and 5 over one or two decades', () => {
    expect(values(logScale([0.3, 4], [0, 1], 8))).toEqual([0.2, 0.5, 1, 2, 5]);
    expect(texts(logScale([0.0003, 0.004], [0, 1], 8))).toEqual(['2×10⁻⁴', '5×10⁻⁴', '10⁻³', '2×10⁻³', '5×10⁻³']);
  });

  it('puts a single value between two ticks', () => {
    const scale = logScale([0.3, 0.3], [0, 1], 8);
    expect(values(scale)).toEqual([0.1, 0.2, 0.5, 1]);
    expect(scale.map(0.3)).toBeGreaterThan(0.2);
    expect(scale.map(0.3)).toBeLessThan(0.8);
  });
});

describe('A linear axis', () => {
  it('is rounded outwards where asked', () => {
    expect(values(linearScale([-0.93, 0.97], [0, 1], 4))).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(texts(linearScale([-0.93, 0.97], [0, 1], 4))[0]).toBe('−1.0');
    expect(linearScale([-0.93, 0.97], [0, 1], 4, false).map(0.97)).toBe(1);
  });

  it('puts a single value between two ticks', () => {
    for (const value of [0, 5, -5]) {
      const scale = linearScale([value, value], [0, 1], 4);
      expect(values(scale)[0]).toBeLessThan(value);
      expect(values(scale).at(-1)).toBeGreaterThan(value);
    }
  });

  it('counts in whole numbers', () => {
    expect(values(countScale([1, 3], [0, 1], 9))).toEqual([1, 2, 3]);
    expect(texts(countScale([1, 3], [0, 1], 9))).toEqual(['1', '2', '3']);
    expect(texts(countScale([0, 20000], [0, 1], 2))).toEqual(['0', '10,000', '20,000']);
  });
});
