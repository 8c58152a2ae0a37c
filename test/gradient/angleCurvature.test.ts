import { describe, expect, test } from 'vitest';
import { compileAngle } from '../../circuits/angle/differentiate.js';
import { functions } from '../../circuits/angle/functions.js';
import { parseAngle } from '../../circuits/angle/parse.js';
import { angleCurvature } from '../../src/gradient/angleCurvature.js';

const names = ['a', 'b'];
const point = [0.37, 0.81];
const at = (values: readonly number[]) => (name: string) => values[names.indexOf(name)];

const texts = [
  ...Object.keys(functions).flatMap((name) => [`${name}(a)`, `${name}(a*b)`, `${name}(0.5*a^2 + b/3)`]),
  'a*b',
  'a/b',
  'b/a',
  'a^b',
  '(a*b)^(a + b)',
  'a^3',
  '2^a',
  'a^-1.5',
  '-a*b',
  'a*b - b*a^2',
  '(a - b)^2/(1 + a)',
];

test.each(texts)('the second derivatives of %s are the differences of its gradient', (text) => {
  const angle = parseAngle(text);
  const { gradient } = compileAngle(angle, names);
  const step = 1e-5;
  const curvature = angleCurvature(angle, names, at(point))!;
  names.forEach((_, j) => {
    const slopes = [2 * step, step, -step, -2 * step].map((shift) => {
      const into = [0, 0];
      gradient(
        point.map((x, k) => (k === j ? x + shift : x)),
        1,
        into,
      );
      return into;
    });
    names.forEach((_, i) => {
      const fine = (slopes[1][i] - slopes[2][i]) / (2 * step);
      const coarse = (slopes[0][i] - slopes[3][i]) / (4 * step);
      // Truncation is a third of |fine − coarse|; rounding is ε of the slope over the step.
      const error = Math.abs(fine - coarse) + (1e-15 * (1 + Math.abs(slopes[1][i]))) / step;
      expect(Math.abs(curvature[2 * i + j] - fine)).toBeLessThan(error);
    });
  });
});

describe('by structure', () => {
  test.each(['a', '2*a - b/3 + 1', '-(a + b)', 'pi', 'sin(c)*a'])('%s has none', (text) => {
    const value = (name: string) => (name === 'c' ? 0.3 : at(point)(name));
    expect(angleCurvature(parseAngle(text), names, value)).toBeUndefined();
  });

  test('a power of zero has the derivatives of a polynomial', () => {
    expect(angleCurvature(parseAngle('a^2'), ['a'], () => 0)).toEqual(Float64Array.of(2));
    expect(angleCurvature(parseAngle('a^1'), ['a'], () => 0)).toBeUndefined();
    expect(angleCurvature(parseAngle('a^3'), ['a'], () => -2)).toEqual(Float64Array.of(-12));
  });
});
