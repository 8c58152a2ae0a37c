import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cubicMinimum } from '../../src/optimise/cubic.js';
import { remember } from '../../src/optimise/curvature.js';
import { runSearch } from '../../src/optimise/objective.js';
import { type LineResult, strongWolfe, type WolfeOptions } from '../../src/optimise/wolfe.js';

type Line = (t: number) => { readonly value: number; readonly slope: number };

const usual: WolfeOptions = { decrease: 1e-4, curvature: 0.9, valueError: 2 ** -50, maxLineEvaluations: 50 };

function search(line: Line, firstStep: number, options: Partial<WolfeOptions> = {}): LineResult {
  const { value, slope } = line(0);
  const start = { t: 0, value, slope, parameters: new Float64Array(1), gradient: Float64Array.of(slope) };
  return runSearch(strongWolfe(start, Float64Array.of(1), firstStep, { ...usual, ...options }), ([t]) => ({
    value: line(t).value,
    gradient: Float64Array.of(line(t).slope),
  }));
}

/** Moré and Thuente's test functions 1 to 3, doi:10.1145/192115.192132: a plain one, a steep one, and one with many hollows. */
const lines: Record<string, Line> = {
  plain: (t) => ({ value: -t / (t * t + 2), slope: (t * t - 2) / (t * t + 2) ** 2 }),
  steep: (t) => ({
    value: (t + 0.004) ** 5 - 2 * (t + 0.004) ** 4,
    slope: 5 * (t + 0.004) ** 4 - 8 * (t + 0.004) ** 3,
  }),
  wavy: (t) => {
    const [width, waves] = [0.01, (39 * Math.PI) / 2];
    const bend = t <= 1 - width ? 1 - t : t >= 1 + width ? t - 1 : (t - 1) ** 2 / (2 * width) + width / 2;
    const bendSlope = t <= 1 - width ? -1 : t >= 1 + width ? 1 : (t - 1) / width;
    const height = (2 * (1 - width)) / (39 * Math.PI);
    return { value: bend + height * Math.sin(waves * t), slope: bendSlope + height * waves * Math.cos(waves * t) };
  },
};

describe('the line search', () => {
  it.each(Object.keys(lines))(
    'meets both conditions on the %s function from any first step, however strict',
    (name) => {
      const property = fc.property(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.constantFrom(0.001, 0.1, 0.9),
        (exponent, curvature) => {
          const { point, satisfied } = search(lines[name], 10 ** exponent, { curvature });
          const [start, end] = [lines[name](0), lines[name](point.t)];
          expect(satisfied).toBe(true);
          expect(end.value).toBeLessThanOrEqual(start.value + 1e-4 * point.t * start.slope + 2 ** -50);
          expect(Math.abs(end.slope)).toBeLessThanOrEqual(curvature * Math.abs(start.slope));
        },
      );
      fc.assert(property, { seed: 20260, numRuns: 200 });
    },
  );

  it('is not content with a flat point above the start', () => {
    const { point } = search((t) => ({ value: -Math.sin(t), slope: -Math.cos(t) }), (3 * Math.PI) / 2);
    expect(point.value).toBeLessThan(0);
  });

  it('takes minus infinity for a place to keep away from', () => {
    const cliff: Line = (t) => (t > 3 ? { value: -Infinity, slope: 0 } : { value: (t - 2) ** 2, slope: 2 * (t - 2) });
    const { point, satisfied } = search(cliff, 1000);
    expect(satisfied).toBe(true);
    expect(point.t).toBeLessThanOrEqual(3);
  });

  it('stops at its limit on a line that falls for ever, with the lowest point it has seen', () => {
    const { point, satisfied, evaluations } = search((t) => ({ value: -t, slope: -1 }), 1, { maxLineEvaluations: 5 });
    expect([point.t, satisfied, evaluations]).toEqual([1e4, false, 5]);
  });
});

describe('the parts of L-BFGS', () => {
  it('find the minimum of a cubic from two of its points, in either order', () => {
    const cubic: Line = (t) => ({ value: t ** 3 - 3 * t, slope: 3 * t * t - 3 }); // least at t = 1
    for (const [a, b] of [
      [-0.5, 3],
      [3, -0.5],
      [0, 0.5],
      [1.5, 2],
    ]) {
      expect(Math.abs(cubicMinimum({ t: a, ...cubic(a) }, { t: b, ...cubic(b) }) - 1)).toBeLessThan(2 ** -48);
    }
  });

  it('do not remember curvature that is negative or zero', () => {
    const step = Float64Array.of(1, 0);
    for (const change of [
      Float64Array.of(-1, 5),
      Float64Array.of(0, 1),
      Float64Array.of(0, 0),
      Float64Array.of(NaN, 0),
    ]) {
      expect(remember([], { step, change }, 10)).toEqual([]);
    }
    expect(remember([], { step, change: step }, 10)).toEqual([{ step, change: step }]);
  });
});
