import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { affineIn } from '../../../circuits/angle/affine.js';
import { compileAngle } from '../../../circuits/angle/differentiate.js';
import {
  type Angle,
  add,
  evaluate,
  multiply,
  negate,
  substitute,
  symbol,
  symbolsOf,
} from '../../../circuits/angle/expression.js';
import { formatAngle } from '../../../circuits/angle/format.js';
import { functions } from '../../../circuits/angle/functions.js';
import { parseAngle } from '../../../circuits/angle/parse.js';
import { Random } from '../../../src/foundation/random.js';
import { anyAngle, finite, symbolicAngle } from './arbitrary.js';

const seeded = { seed: 20260101, numRuns: 400 };

describe('parseAngle and formatAngle', () => {
  it('read back every canonical angle to the same tree, bit for bit', () => {
    fc.assert(
      fc.property(anyAngle, (angle) => {
        expect(parseAngle(formatAngle(angle))).toStrictEqual(angle);
      }),
      seeded,
    );
  });

  it('read back every double, with the sign of zero', () => {
    fc.assert(
      fc.property(finite, (value) => {
        expect(parseAngle(formatAngle(value))).toBe(value);
      }),
      seeded,
    );
    for (const value of [-0, 5e-324, Number.MAX_VALUE, 1e21, -1e-7]) expect(parseAngle(formatAngle(value))).toBe(value);
  });

  it.each([
    ['pi/2', Math.PI / 2],
    ['-tau/4', -Math.PI / 2],
    ['2^3^2', 512],
    ['-2^2', -4],
    ['1e-3', 0.001],
    ['2*sin(pi/6)', 2 * Math.sin(Math.PI / 6)],
  ])('%s has the value %d', (text, value) => expect(evaluate(parseAngle(text), {})).toBe(value));

  it.each([
    ['2*theta+pi/2', `2*theta + ${Math.PI / 2}`],
    ['a-(b-c)', 'a - (b - c)'],
    ['(a-b)-c', 'a - b - c'],
    ['(a+b)*c', '(a + b)*c'],
    ['a/(b*c)', 'a/(b*c)'],
    ['(-a)^2', '(-a)^2'],
    ['-a^2', '-(a^2)'],
    ['a^-2', 'a^(-2)'],
    ['acos(w x)', 'acos(w*x)'],
  ])('%s is printed as %s', (text, printed) => expect(formatAngle(parseAngle(text))).toBe(printed));
});

describe('evaluate and substitute', () => {
  it('agree: substituting all symbols by numbers gives the value', () => {
    const angle = parseAngle('w*x + b - sin(x)^2/(1 + x*x)');
    const values = { w: 1.3, x: -0.4, b: 2 };
    expect(substitute(angle, values)).toBe(evaluate(angle, values));
  });

  it('replace all symbols at once, so that two can be exchanged', () => {
    const angle = parseAngle('a - b');
    expect(substitute(angle, { a: symbol('b'), b: symbol('a') })).toStrictEqual(parseAngle('b - a'));
  });

  it('leave other symbols alone', () => {
    expect(formatAngle(substitute(parseAngle('w*x + b'), { w: 2 }))).toBe('2*x + b');
    expect(symbolsOf(substitute(parseAngle('w*x + b'), { x: symbol('y') }))).toEqual(['w', 'y', 'b']);
  });
});

describe('add, multiply and negate', () => {
  it('have the value that they say', () => {
    const values = { x: 0.7 };
    const x = symbol('x');
    for (const a of [x, 0, 1, -2, parseAngle('2*x')] as Angle[]) {
      expect(evaluate(negate(negate(a)), values)).toBe(evaluate(a, values));
      for (const b of [x, 0, 1, 3.5, parseAngle('x^2')] as Angle[]) {
        expect(evaluate(add(a, b), values)).toBe(evaluate(a, values) + evaluate(b, values));
        expect(evaluate(multiply(a, b), values) + 0).toBe(evaluate(a, values) * evaluate(b, values) + 0);
      }
    }
  });
});

describe('compileAngle', () => {
  const names = ['x', 'w', 'b', 'theta_0', '_y1'];

  it('has the value of evaluate', () => {
    fc.assert(
      fc.property(
        symbolicAngle,
        fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 5, maxLength: 5 }),
        (angle, values) => {
          const byName = Object.fromEntries(names.map((name, i) => [name, values[i]]));
          const compiled = compileAngle(angle, names).value(values);
          if (Number.isFinite(compiled)) expect(compiled).toBe(evaluate(angle, byName));
          else expect(() => evaluate(angle, byName)).toThrow('a finite value');
        },
      ),
      seeded,
    );
  });

  const texts = [
    'w*x + b',
    'x/w - b*theta_0',
    'x^3 - w^2',
    '(2 + x)^w',
    '-(x - w)*(x + b)',
    'acos(x/4) + asin(w/4)*atan(b)',
    ...Object.keys(functions).map((name) => `${name}(0.3 + x*x/10) - x`),
  ];
  it.each(texts)('differentiates %s as a central difference does', (text) => {
    const random = new Random(7);
    const values = Float64Array.from(names, () => random.uniform(0.2, 1.5));
    const compiled = compileAngle(parseAngle(text), names);
    const into = new Float64Array(5);
    compiled.gradient(values, 2, into);
    const step = 6e-6; // ε^(1/3): error h²f‴/6 + ε|f|/h, about 1e-10 for these functions
    for (let i = 0; i < 5; i++) {
      const at = (shift: number) => compiled.value(values.map((v, k) => (k === i ? v + shift : v)));
      expect(into[i]).toBeCloseTo((2 * (at(step) - at(-step))) / (2 * step), 8);
    }
    expect(compiled.symbols.map((i) => names[i])).toEqual(symbolsOf(parseAngle(text)));
  });

  it('differentiates powers at 0 without NaN', () => {
    for (const [text, slope] of [
      ['x^0', 0],
      ['x^1', 1],
      ['x^2', 0],
      ['0^(x + 1)', 0],
    ] as const) {
      const into = [0];
      compileAngle(parseAngle(text), ['x']).gradient([0], 1, into);
      expect(into[0], text).toBe(slope);
    }
  });
});

describe('affineIn', () => {
  it.each([
    ['w*x + b', 'w', 'b'],
    ['b - x', '-1', 'b'],
    ['x/3', '0.3333333333333333', '0'],
    ['2*(x + b)/w', '2/w', '2*b/w'],
    ['theta', '0', 'theta'],
    ['-(3*x)', '-3', '-0'],
    ['sin(w)*x', 'sin(w)', '0'],
  ])('reads %s as slope %s and intercept %s', (text, slope, intercept) => {
    const affine = affineIn(parseAngle(text), 'x')!;
    expect(formatAngle(affine.slope)).toBe(slope);
    expect(formatAngle(affine.intercept)).toBe(intercept);
  });

  it.each(['x^2', 'sin(x)', 'x*x', '1/x', '2^x', 'x*(x + 1)'])('says that %s is not affine', (text) => {
    expect(affineIn(parseAngle(text), 'x')).toBeUndefined();
  });
});
