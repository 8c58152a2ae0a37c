import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countInputs, parseFormula } from '../../src/data/formula.js';

const point = fc.tuple(
  fc.double({ min: -3, max: 3, noNaN: true }),
  fc.double({ min: -3, max: 3, noNaN: true }).filter((value) => value !== 0),
);

/** Formulas, and what they say in JavaScript. */
const meanings: readonly [text: string, value: (x: number, y: number) => number][] = [
  ['exp(sin(pi*x1) + x2^2)', (x, y) => Math.exp(Math.sin(Math.PI * x) + y ** 2)],
  ['-x1^2', (x) => -(x ** 2)],
  ['2^-x1', (x) => 2 ** -x],
  ['x1 - x2 - 1', (x, y) => x - y - 1],
  ['x1 / x2 / 2', (x, y) => x / y / 2],
  ['2 x1 + 3(x2 - 1)', (x, y) => 2 * x + 3 * (y - 1)],
  ['x1 > x2 ? abs(x1) : +e', (x, y) => (x > y ? Math.abs(x) : Math.E)],
  ['(x1 <= 0) * x2 + (x1 >= 0) - (x2 < 1)', (x, y) => (x <= 0 ? y : 0) + (x >= 0 ? 1 : 0) - (y < 1 ? 1 : 0)],
  [
    'atan2(x1, x2) + max(x1, x2) - min(x1, tau)',
    (x, y) => Math.atan2(x, y) + Math.max(x, y) - Math.min(x, 2 * Math.PI),
  ],
  ['log(x2^2) + cbrt(x1) + hypot(x1, x2)', (x, y) => Math.log(y ** 2) + Math.cbrt(x) + Math.hypot(x, y)],
  ['x1 % 2', (x) => x - 2 * Math.floor(x / 2)],
];

describe('A formula', () => {
  it.each(meanings)('%s means what it says', (text, value) => {
    const formula = parseFormula(text, 2);
    fc.assert(
      fc.property(point, ([x, y]) => {
        expect(formula([x, y])).toBe(value(x, y));
      }),
      { seed: 5 },
    );
  });

  it('of one input may call it x or x1', () => {
    expect(parseFormula('x + x1', 1)([3])).toBe(6);
  });

  it.each([
    ['3', 1],
    ['sin(x)', 1],
    ['x1 * x10 + x2', 10],
    ['x2 > 0 ? x3 : (x4)', 4],
    ['exp(-x7)', 7],
  ])('%s has %i input(s)', (text, count) => {
    expect(countInputs(text)).toBe(count);
  });
});
