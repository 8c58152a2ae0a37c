import { describe, expect, it } from 'vitest';
import { circuit, op } from '../../circuits/circuit.js';
import { Random } from '../../src/foundation/random.js';
import { blochSvg } from '../../src/plot/bloch/bloch.js';
import { density } from '../../src/plot/spectrum/density.js';
import { frequencyGrowthSvg } from '../../src/plot/spectrum/growth.js';
import { spectrumHistorySvg } from '../../src/plot/spectrum/history.js';
import { rangeOf } from '../../src/plot/spectrum/picture.js';
import { spectrumSvg } from '../../src/plot/spectrum/spectrum.js';
import { blochPath } from '../../src/simulate/blochPath.js';
import { numbersOf, parse, select, textsOf } from './picture.js';
import { spectrum } from './spectra.js';

const one = {
  variables: ['x'],
  frequencies: Float64Array.of(0, 1, 2.5),
  batch: 1,
  coefficients: Float64Array.of(0.2, 0, 0.3, -0.4, 0, 0.1),
};

describe('Quantiles and densities', () => {
  it('are those of the samples', () => {
    expect(rangeOf(Float64Array.of(4, 0, 3, 1, 2))).toEqual({
      low: 0,
      quarter: 1,
      median: 2,
      threeQuarters: 3,
      high: 4,
    });
    expect(rangeOf(Float64Array.of(1, 2)).median).toBe(1.5);
  });

  it('follow a normal distribution', () => {
    const random = new Random(3);
    const samples = Float64Array.from({ length: 20_000 }, () => random.normal());
    const near = density(samples).filter(({ at }) => Math.abs(at) < 2);
    // 20,000 samples: kernels of width 0.12 flatten by 1 %, the rest is chance.
    for (const { at, density: value } of near) expect(Math.abs(value - Math.exp((-at * at) / 2))).toBeLessThan(0.05);
    expect(density(Float64Array.of(1, 1, 1))).toEqual([]);
  });
});

describe('The picture of a spectrum', () => {
  it('has bars as high as |c|, at their frequencies', () => {
    const bars = select(parse(spectrumSvg(one)), '.bar').map((bar) => select(bar, 'rect')[0].attributes);
    const [heights, middles] = [
      bars.map(({ height }) => Number(height)),
      bars.map(({ x, width }) => Number(x) + Number(width) / 2),
    ];
    expect(heights[1] / heights[0]).toBeCloseTo(0.5 / 0.2, 3);
    expect(heights[2] / heights[0]).toBeCloseTo(0.1 / 0.2, 3);
    expect((middles[2] - middles[0]) / (middles[1] - middles[0])).toBeCloseTo(2.5, 3);
  });

  it('shows the range over all draws', () => {
    const drawn = select(parse(spectrumSvg(spectrum(50))), '.bar');
    expect(drawn).toHaveLength(4);
    for (const bar of drawn) expect(select(bar, 'path')).toHaveLength(3); // all, the middle half, the median
    expect(textsOf(parse(spectrumSvg(spectrum(50))))).toContain('median of 50 draws; broad: middle half; fine: all');
  });

  it('has violins with Re c to the left and Im c to the right', () => {
    const violins = select(parse(spectrumSvg(spectrum(50), { kind: 'violin' })), '.violin');
    const [re, im] = select(violins[1], 'path').filter(({ attributes }) => 'fill-opacity' in attributes);
    const across = (d: string): number[] => numbersOf(d).filter((_, k) => k % 2 === 0);
    const axis = Math.max(...across(re.attributes.d));
    expect(Math.min(...across(im.attributes.d))).toBe(axis);
    expect(axis - Math.min(...across(re.attributes.d))).toBe(34); // the widest of each half is as wide as any
    expect(select(violins[0], 'path')).toHaveLength(3); // Im c₀ is zero in every draw: a line alone
  });

  it('has a spoke for each frequency, none longer than the circle', () => {
    const root = parse(spectrumSvg(spectrum(50, 9), { kind: 'radial' }));
    expect(select(root, '.spoke')).toHaveLength(9);
    expect(textsOf(root)).toEqual(expect.arrayContaining(['0', '4', '8']));
  });

  it('keeps very small coefficients on a logarithmic axis, and zero below it', () => {
    const small = { ...one, coefficients: Float64Array.of(1, 0, 1e-6, 0, 0, 0) };
    const heights = select(parse(spectrumSvg(small, { verticalScale: 'log' })), '.bar').map((bar) =>
      Number(select(bar, 'rect')[0].attributes.height),
    );
    expect(heights[0]).toBeGreaterThan(200);
    expect(heights[1]).toBe(0);
    expect(heights[2]).toBe(0);
  });
});

describe('The heat map of a spectrum over training', () => {
  it('has a cell for each step and frequency, darker on light ground where |c| is greater', () => {
    const spectra = [0.001, 0.01, 0.4].map((size) => ({ ...one, coefficients: one.coefficients.map((c) => c * size) }));
    const svg = spectrumHistorySvg({ steps: [0, 10, 40], spectra });
    const cells = select(select(parse(svg), '.cells')[0], 'rect').map(({ attributes }) => attributes);
    expect(cells).toHaveLength(9);
    const shades = cells.map((cell) => Number(cell.class.replace('fill-shade', '')));
    expect(shades[1]).toBeLessThan(shades[4]);
    expect(shades[4]).toBeLessThan(shades[7]);
    expect(shades[7]).toBe(19); // the greatest of all
    expect(Number(cells[3].x)).toBeCloseTo(Number(cells[0].x) + Number(cells[0].width), 0);
    expect(svg).toContain('.fill-shade19{');
  });
});

describe('The picture of growth', () => {
  it('has a line for each series, its points where the counts are', () => {
    const reps = [1, 2, 3];
    const root = parse(
      frequencyGrowthSvg([
        { name: 'a', reps, counts: [2, 4, 8] },
        { name: 'b', reps, counts: [1, 10, 100] },
      ]),
    );
    const [a, b] = select(root, '.growth').map((group) => numbersOf(select(group, 'path')[0].attributes.d));
    expect(a[1] - a[3]).toBeCloseTo(a[3] - a[5], 1);
    expect((b[1] - b[5]) / (a[1] - a[5])).toBeCloseTo(Math.log(100) / Math.log(4), 1);
    expect(textsOf(root)).toEqual(expect.arrayContaining(['a: 8', 'b: 100', 'repetitions r']));
  });
});

describe('The picture of a path on the Bloch sphere', () => {
  it('has an arc for each gate, and lists them', () => {
    const source = circuit({
      numQubits: 1,
      data: ['x'],
      operations: [op('h', [0]), op('rz', [0], 'x'), op('ry', [0], 'a')],
    });
    const root = parse(blochSvg(blochPath(source, { x: Math.PI / 2, a: 0.3 })));
    expect(select(root, '.arc')).toHaveLength(3);
    expect(textsOf(root)).toEqual(
      expect.arrayContaining(['1  H', '2  Rz(π/2)', '3  Ry(0.3)', 'by data', 'by parameters', 'fixed', '|0⟩']),
    );
    expect(root.children[1].text).toContain('It ends at x =');
  });
});
