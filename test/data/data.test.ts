import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../src/data/csv.js';
import { type Dataset, tableToDataset } from '../../src/data/dataset.js';
import { regressionErrors } from '../../src/data/metrics.js';
import { createDataset } from '../../src/data/sample.js';
import { split } from '../../src/data/split.js';
import { standardisationOf, standardise } from '../../src/data/standardise.js';

const numbered = (numSamples: number): Dataset => ({
  inputs: ['a', 'b'],
  targets: ['y'],
  numSamples,
  x: Float64Array.from({ length: 2 * numSamples }, (_, at) => at),
  y: Float64Array.from({ length: numSamples }, (_, s) => -s),
});

describe('A sampled function', () => {
  const options = {
    numInputs: 3,
    range: [
      [-1, 1],
      [2, 3],
      [10, 1000],
    ],
    trainSamples: 200,
    testSamples: 50,
    seed: 4,
  } as const;
  const product = (x: number[]) => x[0] * x[1] + x[2];

  it('has its values at its samples, which lie in the ranges and fill them', () => {
    const { train, test } = createDataset(product, options);
    expect([train.numSamples, train.x.length, train.y.length]).toEqual([200, 600, 200]);
    expect([test.numSamples, test.x.length, test.y.length]).toEqual([50, 150, 50]);
    expect(train.inputs).toEqual(['x1', 'x2', 'x3']);
    for (let s = 0; s < 200; s++) expect(train.y[s]).toBe(product(Array.from(train.x.subarray(3 * s, 3 * s + 3))));
    options.range.forEach(([low, high], i) => {
      const column = train.x.filter((_, at) => at % 3 === i);
      expect(Math.min(...column)).toBeGreaterThanOrEqual(low);
      expect(Math.max(...column)).toBeLessThan(high);
      expect(Math.max(...column) - Math.min(...column)).toBeGreaterThan(0.9 * (high - low));
    });
  });

  it('is the same for the same seed, as text and as a function, and another for another', () => {
    const asText = createDataset('x1*x2 + x3', options);
    expect(asText).toEqual(createDataset(product, options));
    expect(asText.train.x).not.toEqual(createDataset(product, { ...options, seed: 5 }).train.x);
    expect(asText.train.x.subarray(0, 150)).not.toEqual(asText.test.x);
  });

  it('calls its only input x', () => {
    expect(createDataset('x^2', { numInputs: 1, testSamples: 0 }).train.inputs).toEqual(['x']);
  });
});

describe('A CSV table', () => {
  it('is read with quotes, spaces, empty lines, either line end and a byte order mark', async () => {
    const table = await parseCsv('\ufeff"x", "the y" ,z\r\n1, 2e3 ,.5\r\n\r\n"-3",+4.,-5E-1');
    expect(table).toEqual({
      columns: ['x', 'the y', 'z'],
      numRows: 2,
      values: Float64Array.of(1, 2000, 0.5, -3, 4, -0.5),
    });
  });

  it('gives back every double that was written', async () => {
    const rows = fc.array(
      fc.tuple(fc.double({ noDefaultInfinity: true, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })),
    );
    await fc.assert(
      fc.asyncProperty(rows, async (values) => {
        const text = [
          'u,v',
          ...values.map(([u, v]) => `${Object.is(u, -0) ? '-0' : u},${Object.is(v, -0) ? '-0' : v}`),
        ];
        expect((await parseCsv(text.join('\n'))).values).toEqual(Float64Array.from(values.flat()));
      }),
      { seed: 6, numRuns: 50 },
    );
  });

  it('may hold words in columns that nobody wants', async () => {
    const table = await parseCsv('name,x,y\nred,1,2\nblue,3,4\n', ['y', 'x']);
    expect(table).toEqual({ columns: ['y', 'x'], numRows: 2, values: Float64Array.of(2, 1, 4, 3) });
  });

  it('becomes samples, with the inputs in the order of their names', async () => {
    const table = await parseCsv('a,y,b\n1,2,3\n4,5,6\n');
    const every = tableToDataset(table, { targets: 'y' });
    expect([every.inputs, every.x, every.y]).toEqual([['a', 'b'], Float64Array.of(1, 3, 4, 6), Float64Array.of(2, 5)]);
    const some = tableToDataset(table, { targets: ['b', 'a'], inputs: ['y'] });
    expect([some.inputs, some.x, some.y]).toEqual([['y'], Float64Array.of(2, 5), Float64Array.of(3, 1, 6, 4)]);
  });
});

describe('Division into training and test samples', () => {
  it('keeps every sample once, whole and in order', () => {
    const shape = fc.record({
      numSamples: fc.integer({ min: 5, max: 60 }),
      testFraction: fc.double({ min: 0.1, max: 0.8, noNaN: true }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(shape, ({ numSamples, ...options }) => {
        const { train, test } = split(numbered(numSamples), options);
        expect(test.numSamples).toBe(Math.round(numSamples * options.testFraction));
        const order = [...train.y, ...test.y].map((y) => -y);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: numSamples }, (_, s) => s));
        for (const { x, y } of [train, test]) {
          expect([...y].every((value, s) => x[2 * s] === -2 * value && x[2 * s + 1] === -2 * value + 1)).toBe(true);
          expect([...y].every((value, s) => s === 0 || value < y[s - 1])).toBe(true);
        }
      }),
      { seed: 7, numRuns: 50 },
    );
  });

  it('depends on the seed alone', () => {
    const divide = (seed: number) => split(numbered(50), { testFraction: 0.4, seed }).test.y;
    expect(divide(1)).toEqual(divide(1));
    expect(divide(1)).not.toEqual(divide(2));
  });

  it('may leave nothing for testing', () => {
    expect(split(numbered(3), { testFraction: 0 }).train).toEqual(numbered(3));
  });
});

describe('Standardisation', () => {
  it('gives mean 0 and deviation 1, and leaves a constant input at 0', () => {
    const { train } = createDataset('x1', {
      numInputs: 2,
      range: [
        [100, 101],
        [-5, 5],
      ],
      testSamples: 0,
    });
    const x = train.x.map((value, at) => (at % 2 === 1 ? 0.1 : value));
    const dataset = { ...train, x };
    const scaled = standardise(x, standardisationOf(dataset));
    const column = (i: number) => scaled.filter((_, at) => at % 2 === i);
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    // 1000 sums, and a mean near 100 rounded in units of the deviation 0.29
    const tolerance = (1000 + 350) * Number.EPSILON;
    expect(Math.abs(mean(column(0)))).toBeLessThan(tolerance);
    expect(Math.abs(mean(column(0).map((value) => value ** 2)) - 1)).toBeLessThan(tolerance);
    expect(column(1)).toEqual(new Float64Array(1000));
  });

  it('is (x − mean) / scale', () => {
    expect(standardise(Float64Array.of(1, 2, 3, 4), { mean: [1, 0], scale: [2, 4] })).toEqual(
      Float64Array.of(0, 0.5, 1, 1),
    );
  });
});

describe('Errors of predictions', () => {
  it('are those of a worked example', () => {
    // differences 1, −1, 0, 2 of targets whose columns have the means 2 and 4 and the squared deviations 2 and 2
    const errors = regressionErrors(Float64Array.of(2, 2, 3, 7), Float64Array.of(1, 3, 3, 5), 2);
    expect(errors).toEqual({ mse: 1.5, rmse: Math.sqrt(1.5), max: 2, r2: 1 - 6 / 4 });
  });

  it('have no R² where the target is constant', () => {
    expect(regressionErrors(Float64Array.of(1, 2), Float64Array.of(1, 1)).r2).toBeNull();
  });
});
