import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFormula } from '../../src/data/formula.js';
import { Random } from '../../src/foundation/random.js';
import { canonical } from '../../src/symbolic/canonical.js';
import { fitAffine } from '../../src/symbolic/fit.js';
import { formulas } from '../../src/symbolic/formula.js';
import { type SymbolicName, symbolicFunctions, symbolicNames } from '../../src/symbolic/functions.js';
import { type SymbolicNetwork, symbolicLoss, symbolicNumbers, symbolicOutput } from '../../src/symbolic/network.js';
import { refit } from '../../src/symbolic/refit.js';
import { simplify } from '../../src/symbolic/simplify.js';
import { suggestSymbolic } from '../../src/symbolic/suggest.js';

const points = (low: number, high: number, count = 60): Float64Array =>
  Float64Array.from({ length: count }, (_, k) => low + ((high - low) * k) / (count - 1));

describe('functions of formulas', () => {
  it.each(symbolicNames)('%s: value, slope and text agree', (name) => {
    const { value, derivative, text } = symbolicFunctions[name];
    const read = parseFormula(text('x'), 1);
    for (const x of [0.3, 0.9, 1.2]) {
      expect(read([x])).toBeCloseTo(value(x), 14);
      expect(derivative(x)).toBeCloseTo((value(x + 1e-6) - value(x - 1e-6)) / 2e-6, 7);
    }
  });
});

/** c·f(a·x + b) + d over a range on which it is regular. */
const curves: readonly [SymbolicName, number[], readonly [number, number]][] = [
  ['linear', [1, 0, -2, 0.5], [-1, 1]],
  ['square', [1, 0.3, 2, -1], [-1, 1]],
  ['cube', [1, -0.2, 1.5, 0], [-1, 2]],
  ['fourth', [1, 0.5, -0.7, 3], [-2, 1]],
  ['inverse', [1, 3, 2, 1], [-1, 1]],
  ['inverseSquare', [1, -2, 2, 1], [-1, 1]],
  ['sqrt', [-1, 1.5, 2, 1], [-1, 1]],
  ['exp', [1.7, 0, 0.4, 1], [-1, 1]],
  ['log', [1, 1.3, 2, 1], [-1, 1]],
  ['sin', [Math.PI, 0.4, 1.2, -3], [-1, 1]],
  ['sin', [9, 1, 0.2, 0], [0, 1]],
  ['tan', [1.2, 0.1, 1, 0], [-1, 1]],
  ['tanh', [3, 0.5, -1, 2], [-1, 1]],
  ['atan', [4, -1, 1, 2], [-1, 1]],
  ['abs', [1, 0.25, -3, 1], [-1, 1]],
  ['gaussian', [2, 0.6, 1, 0], [-1, 1]],
];

describe('fitting c·f(a·x + b) + d', () => {
  it.each(curves)('finds %s %j on %j', (name, [a, b, c, d], [low, high]) => {
    const f = symbolicFunctions[name];
    const x = points(low, high);
    const y = x.map((value) => c * f.value(a * value + b) + d);
    const fit = fitAffine(f, { x, y })!;
    expect(1 - fit.r2).toBeLessThan(1e-10);
    const worst = Math.max(...x.map((value, k) => Math.abs(fit.c * f.value(fit.a * value + fit.b) + fit.d - y[k])));
    expect(worst).toBeLessThan(1e-4 * Math.abs(c));
  });

  it.each(curves.filter(([name]) => !['tan', 'fourth', 'inverseSquare', 'atan'].includes(name)))(
    'and says that it is %s %j',
    (name, [a, b, c, d], [low, high]) => {
      const x = points(low, high);
      const y = x.map((value) => c * symbolicFunctions[name].value(a * value + b) + d);
      expect(suggestSymbolic({ x, y })[0].name).toBe(name);
    },
  );

  it('prefers the simpler function where both describe the curve', () => {
    const x = points(-0.1, 0.1);
    const y = x.map((value) => Math.sin(value));
    expect(suggestSymbolic({ x, y }, { simplicity: 0.9 })[0].name).toBe('linear');
    expect(suggestSymbolic({ x, y: x.map(() => 2) })[0].name).toBe('constant');
  });

  it('names what is wrong with a curve', () => {
    expect(() => suggestSymbolic({ x: [1, 2], y: [1, 2] })).toThrow(/x and y of equal length, at least 3/);
    expect(() => suggestSymbolic({ x: [1, 2, 3], y: [1, Number.NaN, 2] })).toThrow(/finite points, got NaN/);
    expect(() => suggestSymbolic({ x: [1, 2, 3], y: [1, 2, 3] }, { library: ['cosine' as never] })).toThrow(/library/);
    expect(() => suggestSymbolic({ x: [1, 2, 3], y: [1, 2, 3] }, { simplicity: 2 })).toThrow(/simplicity within/);
  });
});

/** Numbers within ±reach, evenly spread. */
const thousandths = (reach: number) =>
  fc.integer({ min: -1000 * reach, max: 1000 * reach }).map((count) => count / 1000);

/** exp(sin(πx₁) + x₂²) with numbers that are a little off. */
const rough: SymbolicNetwork = [
  {
    inDim: 2,
    outDim: 1,
    edges: [
      { name: 'sin', a: 3, b: 0.1, c: 0.9 },
      { name: 'square', a: 1, b: 0.05, c: 1.1 },
    ],
    bias: Float64Array.of(0.1),
  },
  { inDim: 1, outDim: 1, edges: [{ name: 'exp', a: 1.1, b: 0, c: 0.8 }], bias: Float64Array.of(0.2) },
];

describe('formulas as networks', () => {
  // tan has poles among the samples, where differences are no derivatives
  const regular = symbolicNames.filter((name) => name !== 'tan');
  const random = new Random(3);
  const x = Float64Array.from({ length: 400 }, () => random.uniform(-1, 1));
  const y = Float64Array.from({ length: 200 }, (_, s) => Math.exp(Math.sin(Math.PI * x[2 * s]) + x[2 * s + 1] ** 2));

  it('the gradient of the loss is the finite difference, for any functions', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...regular), { minLength: 5, maxLength: 5 }), (names) => {
        const edge = (name: SymbolicName, k: number) => ({ name, a: 0.3 + 0.1 * k, b: 2 + 0.1 * k, c: 0.5 - 0.1 * k });
        const network: SymbolicNetwork = [
          { inDim: 2, outDim: 2, edges: [...names.slice(0, 3).map(edge), undefined], bias: Float64Array.of(0.1, 0.2) },
          { inDim: 2, outDim: 1, edges: names.slice(3).map(edge), bias: Float64Array.of(0.3) },
        ];
        const numbers = symbolicNumbers(network);
        const { value, gradient } = symbolicLoss(network, numbers, x, y, 200);
        fc.pre(Number.isFinite(value) && value < 1e3);
        numbers.forEach((_, k) => {
          const at = (shift: number) =>
            symbolicLoss(
              network,
              numbers.map((number, j) => (j === k ? number + shift : number)),
              x,
              y,
              200,
            ).value;
          const slope = (at(1e-5) - at(-1e-5)) / 2e-5;
          expect(Math.abs(gradient[k] - slope)).toBeLessThan(1e-5 * (1 + Math.abs(slope)));
        });
      }),
      { numRuns: 40, seed: 20261123 },
    );
  });

  it('are refitted to the last digits, and read as text', () => {
    const { network, loss } = refit(rough, x, y);
    expect(loss).toBeLessThan(1e-20);
    const [text] = formulas(network);
    expect(text).toBe('exp(sin(3.142 * x1) + (x2)^2)');
    const [exact] = formulas(network, 17);
    const read = parseFormula(exact, 2);
    const output = symbolicOutput(network, x, 200);
    output.forEach((value, s) => {
      expect(Math.abs(read([x[2 * s], x[2 * s + 1]]) - value)).toBeLessThan(1e-12);
    });
  });

  it('have products: their gradient is the finite difference, and refitted they are the text that one expects', () => {
    // (a·sin(πx₁) + b)·(c·x₂) beside a sum, then a line
    const start: SymbolicNetwork = [
      {
        inDim: 2,
        outDim: 3,
        edges: [
          ...[undefined, { name: 'exp', a: 0.8, b: 0, c: 0.4 } as const],
          ...[{ name: 'sin', a: 3, b: 0.1, c: 0.9 } as const, undefined],
          ...[undefined, { name: 'linear', a: 1, b: 0, c: -2.1 } as const],
        ],
        bias: Float64Array.of(0.1, 0.5, 0.2),
        arities: [2],
      },
      {
        inDim: 2,
        outDim: 1,
        edges: [
          { name: 'linear', a: 1, b: 0, c: 1 },
          { name: 'linear', a: 1, b: 0, c: -1 },
        ],
        bias: Float64Array.of(0),
      },
    ];
    const product = Float64Array.from(
      { length: 200 },
      (_, s) => 3 * (1 + 0.5 * Math.sin(Math.PI * x[2 * s])) * x[2 * s + 1] - Math.exp(x[2 * s + 1]),
    );
    const numbers = symbolicNumbers(start);
    const { gradient } = symbolicLoss(start, numbers, x, product, 200);
    numbers.forEach((_, k) => {
      const at = (shift: number) =>
        symbolicLoss(
          start,
          numbers.map((number, j) => (j === k ? number + shift : number)),
          x,
          product,
          200,
        ).value;
      const slope = (at(1e-5) - at(-1e-5)) / 2e-5;
      expect(Math.abs(gradient[k] - slope)).toBeLessThan(1e-6 * (1 + Math.abs(slope)));
    });
    const { network, loss } = refit(start, x, product);
    expect(loss).toBeLessThan(1e-20);
    expect(formulas(network)).toEqual(['-exp(x2) + 3 * (0.5 * sin(3.142 * x1) + 1) * x2']);
    const output = symbolicOutput(network, x, 200);
    const read = parseFormula(formulas(network, 17)[0], 2);
    output.forEach((value, s) => {
      expect(Math.abs(read([x[2 * s], x[2 * s + 1]]) - value)).toBeLessThan(1e-12);
    });
  });

  it('refuse more factors than there are sums', () => {
    expect(() => formulas([{ ...rough[0], arities: [2] }])).toThrow(
      'symbolic layer: expected at least 2 inputs, the factors of arities [2], got 1.',
    );
    expect(() => symbolicOutput([{ ...rough[0], arities: [1] }], x, 200)).toThrow(
      'symbolic layer: expected arities[0] to be an integer ≥ 2, got 1.',
    );
  });

  it('with products drop a factor that the data do not need', () => {
    const [first, second] = rough;
    const start: SymbolicNetwork = [
      {
        ...first,
        outDim: 2,
        arities: [2],
        edges: [...first.edges, undefined, { name: 'square', a: 1, b: 0, c: 0.1 }],
        bias: Float64Array.of(0, 1),
      },
      second,
    ];
    const { network, loss } = simplify(start, x, y);
    expect(loss).toBeLessThan(1e-12);
    expect(network[0].edges.slice(2)).toEqual([undefined, undefined]);
    expect(formulas(network)).toEqual(['exp(sin(3.142 * x1) + (x2)^2)']);
  });

  it('lose what the data do not need, and take the function that others come near to', () => {
    const wide: SymbolicNetwork = [
      {
        inDim: 2,
        outDim: 2,
        edges: [
          { name: 'sin', a: -3.1, b: 3.2, c: 1 },
          { name: 'sin', a: 0.1, b: 1.57, c: -200 },
          { name: 'tanh', a: 1, b: 0, c: 0.1 },
          undefined,
        ],
        bias: Float64Array.of(200, 0),
      },
      {
        inDim: 2,
        outDim: 1,
        edges: [
          { name: 'exp', a: 1, b: 0, c: 1 },
          { name: 'square', a: 1, b: 0, c: 0.1 },
        ],
        bias: Float64Array.of(0),
      },
    ];
    const { network, loss } = simplify(wide, x, y);
    expect(loss).toBeLessThan(1e-18);
    expect(formulas(network)).toEqual(['exp(sin(3.142 * x1) + (x2)^2)']);
    expect(network[0].edges.map((edge) => edge?.name)).toEqual(['sin', 'square', undefined, undefined]);
  });

  it('have sines of positive frequency and least phase, and say the same', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('sin', 'tan', 'tanh', 'atan', 'gaussian', 'square', 'exp' as const),
        thousandths(5),
        thousandths(20),
        thousandths(1),
        (name, a, b, t) => {
          const edge = { name: name as SymbolicName, a, b, c: 0.7 };
          const layer = { inDim: 1, outDim: 1, edges: [edge], bias: Float64Array.of(0.1) };
          const other = canonical([layer]);
          const [now] = other[0].edges;
          if (name === 'sin') expect([now!.a >= 0, Math.abs(now!.b) <= Math.PI / 2 + 1e-9]).toEqual([true, true]);
          const [before] = symbolicOutput([layer], [t], 1);
          const [after] = symbolicOutput(other, [t], 1);
          expect(Math.abs(after - before)).toBeLessThan(1e-12 * (1 + Math.abs(before)));
        },
      ),
      { seed: 20261123 },
    );
  });
});
