import { describe, expect, it } from 'vitest';
import type { Basis } from '../../src/basis/basis.js';
import { type BasisSpec, basisFrom, basisNames, basisSpec } from '../../src/basis/table.js';
import { wavelets } from '../../src/basis/wavelet.js';
import { Random } from '../../src/foundation/random.js';
import fixtures from '../fixtures/kan-fixtures.json' with { type: 'json' };

/** Every basis with every option that changes what it computes. */
const specs: BasisSpec[] = [
  ...basisNames.map((name) => ({ name })),
  ...[1, 2, 4, 5].map((degree) => ({ name: 'bspline', degree, grid: 4 }) as const),
  { name: 'bspline', outside: 'clamp', range: [-0.5, 0.6] },
  { name: 'bspline', outside: 'update' },
  { name: 'radial', centres: 5, range: [-1, 1] },
  ...(Object.keys(wavelets) as (keyof typeof wavelets)[]).map(
    (wavelet) => ({ name: 'wavelet', wavelet, count: 3 }) as const,
  ),
  { name: 'wavelet', count: 1 },
  { name: 'relu', grid: 3, degree: 2, range: [0, 1] },
  ...(['quad2', 'sum', 'prod', 'sumProd', 'cubic1', 'cubic2'] as const).map(
    (combination) => ({ name: 'af', combination, activation: 'tanh' }) as const,
  ),
  { name: 'af', normalise: false },
  { name: 'af', attention: true },
  { name: 'af', attention: true, normalise: false, combination: 'sum', activation: 'tanh' },
  { name: 'rational', denominator: 'absoluteOfSum', start: 'gelu', groups: 2, sharedNumerator: false },
  { name: 'rational', start: 'gelu', groups: 2 },
];

const batch = 7;
const make = (spec: BasisSpec) => {
  const basis = basisFrom('test', spec);
  const inDim = basis.options.attention ? 4 : 3; // attention normalises over the inputs
  const random = new Random(4);
  const x = Float64Array.from({ length: batch * inDim }, () => random.uniform(-1.3, 1.3));
  const parameters = basis
    .blocks(inDim)
    .map(({ values, trainable }) =>
      values.map((value) => (trainable ? value + random.sign() * random.uniform(0.05, 0.1) : value)),
    );
  const upstream = Float64Array.from({ length: batch * inDim * basis.size }, () => random.normal());
  return { basis, x, inDim, parameters, upstream };
};
const featuresOf = (basis: Basis, x: Float64Array, parameters: Float64Array[], rows = batch) => {
  const width = x.length / rows;
  const out = new Float64Array(rows * width * basis.size);
  basis.features({ x, batch: rows, inDim: width, parameters }, out, basis.size);
  return out;
};

describe.each(specs.map((spec) => [JSON.stringify(spec), spec] as const))('basis %s', (_, spec) => {
  it('has the derivatives that differences give, by x and by every trained parameter', () => {
    const { basis, x, inDim, parameters, upstream } = make(spec);
    const gradient = {
      x: new Float64Array(x.length),
      parameters: parameters.map((block) => new Float64Array(block.length)),
    };
    basis.backward({ x, batch, inDim, parameters }, upstream, basis.size, gradient);
    const value = () => featuresOf(basis, x, parameters).reduce((sum, feature, k) => sum + feature * upstream[k], 0);
    const differences = (array: Float64Array) =>
      array.map((start, k) => {
        const h = 1e-5;
        const at = (shift: number) => {
          array[k] = start + shift;
          const result = value();
          array[k] = start;
          return result;
        };
        return (at(h) - at(-h)) / (2 * h);
      });
    // Error of the central difference: h²/6·f‴ with f‴ up to 1e3 (Morlet), and rounding, 1e-14/h.
    const check = (got: Float64Array, wanted: Float64Array) =>
      got.forEach((slope, k) => {
        expect(Math.abs(slope - wanted[k])).toBeLessThan(1e-6 * Math.max(1, Math.abs(wanted[k])));
      });
    check(gradient.x, differences(x));
    basis.blocks(inDim).forEach(({ trainable, name }, k) => {
      if (trainable) check(gradient.parameters[k], differences(parameters[k]));
      if (trainable)
        expect(
          gradient.parameters[k].some((slope) => slope !== 0),
          name,
        ).toBe(true);
      else
        expect(
          gradient.parameters[k].every((slope) => slope === 0),
          name,
        ).toBe(true);
    });
  });

  it('says the same bits of a row, whatever the batch, and leaves the columns between features alone', () => {
    const { basis, x, inDim, parameters } = make(spec);
    const all = featuresOf(basis, x, parameters);
    const last = featuresOf(basis, x.slice(-inDim), parameters, 1);
    expect(last).toEqual(all.slice(-inDim * basis.size));
    const spaced = new Float64Array(batch * inDim * (basis.size + 2)).fill(9);
    basis.features({ x, batch, inDim, parameters }, spaced, basis.size + 2);
    spaced.forEach((value, at) => {
      const [k, cell] = [at % (basis.size + 2), Math.floor(at / (basis.size + 2))];
      expect(value).toBe(k < basis.size ? all[cell * basis.size + k] : 9);
    });
  });

  it('says the same of an input whatever stands beside it, but where it joins the inputs of a row', () => {
    const { basis, x, inDim, parameters } = make(spec);
    const others = x.map((value, at) => (at % inDim === 0 ? value : value / 2));
    const firsts = (inputs: Float64Array) =>
      featuresOf(basis, inputs, parameters).filter((_, at) => at % (inDim * basis.size) < basis.size);
    const joins = basis.options.normalise === true || basis.options.attention === true;
    const [alone, beside] = [firsts(x), firsts(others)];
    expect(alone.every((value, k) => value === beside[k])).toBe(!joins);
  });

  it('is itself again after a journey as plain data', () => {
    const { basis, x, parameters } = make(spec);
    const again = basisFrom('test', JSON.parse(JSON.stringify(basisSpec(basis))));
    expect(again.options).toEqual(basis.options);
    expect(featuresOf(again, x, parameters)).toEqual(featuresOf(basis, x, parameters));
  });

  it('stays finite far outside, and tells NaN from a number', () => {
    const { basis, inDim, parameters } = make(spec);
    const far = Float64Array.of(12, -40, 300, 7).subarray(0, inDim);
    const values = featuresOf(basis, far, parameters, 1);
    expect(values.every(Number.isFinite)).toBe(true);
    const gradient = {
      x: new Float64Array(inDim),
      parameters: parameters.map((block) => new Float64Array(block.length)),
    };
    basis.backward(
      { x: far, batch: 1, inDim, parameters },
      values.map(() => 1),
      basis.size,
      gradient,
    );
    expect(gradient.x.every(Number.isFinite)).toBe(true);
    const unknown = Float64Array.of(0, Number.NaN, 0, 0).subarray(0, inDim);
    expect(featuresOf(basis, unknown, parameters, 1).some(Number.isNaN)).toBe(true);
  });
});

/** Published values: basis, input, features. */
const anchors: readonly (readonly [BasisSpec, number, readonly number[], number?])[] = [
  [{ name: 'bspline' }, -1, [1 / 6, 2 / 3, 1 / 6, 0, 0, 0, 0, 0]],
  [{ name: 'bspline' }, -0.6, [0, 1 / 6, 2 / 3, 1 / 6, 0, 0, 0, 0]],
  [{ name: 'bspline' }, -0.1, [0, 0, 0.070313, 0.611979, 0.315104, 0.002604, 0, 0]],
  [{ name: 'bspline' }, 0, [0, 0, 0.020833, 0.479167, 0.479167, 0.020833, 0, 0]],
  [{ name: 'bspline' }, 0.3, [0, 0, 0, 0.070313, 0.611979, 0.315104, 0.002604, 0]],
  [{ name: 'bspline' }, 0.99, [0, 0, 0, 0, 0.000003, 0.179471, 0.666049, 0.154477]],
  [{ name: 'relu', range: [0, 1] }, 0.3, [0, 0.19140625, 0.87890625, 0.87890625, 0.19140625, 0, 0, 0]],
  [
    { name: 'radial' },
    0.3,
    [9.2e-8, 0.000106153, 0.016562321, 0.349719106, 0.999375195, 0.386499386, 0.020229264, 0.000143292],
  ],
  [{ name: 'chebyshev' }, 0.3, [1, 0.291312612, -0.830273924, -0.775051144, 0.378709577]],
  [{ name: 'wavelet', count: 1 }, 0, [0.867325071]],
  [{ name: 'wavelet', count: 1 }, 0.5, [0.574058766]],
  [{ name: 'wavelet', count: 1 }, 1, [0]],
  [{ name: 'wavelet', count: 1 }, 2, [-0.352139052]],
  [{ name: 'wavelet', count: 1, wavelet: 'morlet' }, 0.3, [0.0676245867]],
  [{ name: 'wavelet', count: 1, wavelet: 'gaussianSlope' }, 0.3, [-0.2867992]],
  ...(
    [
      [-2, -0.238406044],
      [-1, -0.268941589],
      [0.5, 0.311229596],
      [1, 0.73105834],
    ] as const
  ).map(([x, y]) => [{ name: 'rational' }, x, [y]] as const),
  ...(
    [
      [-2, -0.046039303],
      [-1, -0.157559393],
      [0.5, 0.34585202],
      [1, 0.841916675],
    ] as const
  ).map(([x, y]) => [{ name: 'rational', start: 'gelu' }, x, [y]] as const),
];

describe('features agree with published values', () => {
  it.each(anchors.map(([spec, x, wanted]) => [JSON.stringify(spec), x, wanted, spec] as const))(
    '%s at %d',
    (_, x, wanted, spec) => {
      const basis = basisFrom('test', spec);
      const parameters = basis.blocks(1).map(({ values }) => values);
      const got = featuresOf(basis, Float64Array.of(x), parameters, 1);
      expect(got.length).toBe(wanted.length);
      // The values are given to six digits after the point (B-splines, radial) or nine.
      const digits = spec.name === 'bspline' ? 5.001e-7 : 5.001e-9;
      got.forEach((value, k) => {
        expect(Math.abs(value - wanted[k])).toBeLessThan(digits + (spec.name === 'wavelet' ? 5e-8 : 0));
      });
    },
  );

  it('B-splines sum to 1 in the grid, their slopes to 0, and to .979167 at 1.2', () => {
    const basis = basisFrom('test', 'bspline');
    const ends = [Float64Array.of(-1, 1)];
    const sum = (x: number) =>
      featuresOf(basis, Float64Array.of(x), ends, 1).reduce((total, value) => total + value, 0);
    for (let k = 0; k < 40; k++) {
      const x = -1 + k / 20;
      expect(Math.abs(sum(x) - 1)).toBeLessThan(1e-15 * 8);
      const gradient = { x: new Float64Array(1), parameters: [new Float64Array(2)] };
      const tensors = { x: Float64Array.of(x), batch: 1, inDim: 1, parameters: ends };
      basis.backward(tensors, new Float64Array(8).fill(1), 8, gradient);
      expect(Math.abs(gradient.x[0])).toBeLessThan(1e-14);
    }
    expect(sum(1.2)).toBeCloseTo(0.979167, 6);
  });

  it('rational functions start as the published fits, with the published second moments', () => {
    const forms = { A: 'sumOfAbsolutes', P: 'absoluteOfSum' } as const;
    for (const [name, { a, b, gain2 }] of Object.entries(fixtures.rational_5_4)) {
      const [start, form] = name.split('/') as ['silu', 'A' | 'P'];
      const { basis } = make({ name: 'rational', start, denominator: forms[form] });
      const [numerator, denominator] = basis.blocks(1).map(({ values }) => [...values]);
      numerator.forEach((value, k) => {
        expect(Math.abs(value - a[k])).toBeLessThan(1e-12);
      });
      expect(denominator).toEqual(b);
      expect(Math.abs(basis.deviation(1) ** 2 / gain2 - 1), name).toBeLessThan(1e-6);
    }
  });

  it('a rational basis that starts as the identity is the identity, and can leave it', () => {
    for (const denominator of ['sumOfAbsolutes', 'absoluteOfSum'] as const) {
      const { basis, inDim } = make({ name: 'rational', start: 'identity', denominator });
      const parameters = basis.blocks(inDim).map(({ values }) => values);
      const x = Float64Array.of(-2.5, 0.7, 40);
      expect(featuresOf(basis, x, parameters, 1)).toEqual(x);
      const gradient = {
        x: new Float64Array(3),
        parameters: parameters.map((block) => new Float64Array(block.length)),
      };
      basis.backward({ x, batch: 1, inDim, parameters }, Float64Array.of(1, 1, 1), 1, gradient);
      expect(gradient.parameters.every((block) => block.every((slope) => slope !== 0))).toBe(true);
    }
  });

  it('attention shares a row out by the softmax of its scores, and normalises', () => {
    const options = { name: 'af', grid: 2, degree: 1, normalise: false } as const;
    const { basis, x, inDim, parameters } = make({ ...options, attention: true });
    const plain = basisFrom('test', options);
    const features = featuresOf(plain, x, parameters.slice(0, 2));
    const [weights, [temperature], gain, shift] = parameters.slice(2);
    const got = featuresOf(basis, x, parameters);
    for (let row = 0; row < batch; row++) {
      const rows = Array.from({ length: inDim }, (_, i) =>
        features.subarray((row * inDim + i) * 3, (row * inDim + i + 1) * 3),
      );
      const powers = rows.map((phi) =>
        Math.exp(phi.reduce((sum, value, k) => sum + weights[k] * value, 0) / temperature),
      );
      const whole = powers.reduce((a, b) => a + b);
      const z = rows.map((phi, i) => ((inDim * powers[i]) / whole) * phi.reduce((a, b) => a + b));
      const mean = z.reduce((a, b) => a + b) / inDim;
      const deviation = Math.sqrt(z.reduce((sum, value) => sum + (value - mean) ** 2, 0) / inDim + 1e-5);
      z.forEach((value, i) => {
        const u = (gain[i] * (value - mean)) / deviation + shift[i];
        expect(Math.abs(got[row * inDim + i] - u / (1 + Math.exp(-u)))).toBeLessThan(1e-13);
      });
    }
  });

  it('AF-KAN of ReLU and (a·b)², not normalised, is ReLU-KAN but for its factor', () => {
    const options = { grid: 4, degree: 2, range: [-1, 1] } as const;
    const { basis: bells, parameters, x } = make({ name: 'relu', ...options });
    const { basis } = make({ name: 'af', ...options, activation: 'relu', normalise: false });
    const scale = 16 / (3 * 0.5) ** 4;
    const wanted = featuresOf(bells, x, parameters);
    featuresOf(basis, x, parameters).forEach((value, k) => {
      expect(Math.abs(value * scale - wanted[k])).toBeLessThan(1e-14);
    });
  });
});
