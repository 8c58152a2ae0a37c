import { describe, expect, it } from 'vitest';
import { type LossPoint, lossSvg } from '../../src/plot/loss.js';
import { numbersOf, parse, select, textsOf } from './picture.js';

/** Losses 10⁰, 10⁻¹, … */
const decades = (steps: number): LossPoint[] =>
  Array.from({ length: steps }, (_, k) => ({ step: k + 1, loss: 10 ** -k, method: k < 3 ? 'adam' : 'lbfgs' }));
const points = (svg: string, k = 0): number[] =>
  numbersOf(select(select(parse(svg), '.series')[k], 'path')[0].attributes.d);

describe('The picture of a training', () => {
  it('draws equal factors as equal distances', () => {
    const y = points(lossSvg(decades(5))).filter((_, k) => k % 2 === 1);
    const steps = y.slice(1).map((value, k) => value - y[k]);
    for (const step of steps) expect(Math.abs(step - steps[0])).toBeLessThanOrEqual(0.02); // rounded to 0.01 each
    expect(steps[0]).toBeGreaterThan(0);
  });

  it('numbers powers of ten over many decades, and 1, 2, 5 over few', () => {
    expect(textsOf(parse(lossSvg(decades(5))))).toEqual(
      expect.arrayContaining(['10⁰', '10⁻¹', '10⁻²', '10⁻³', '10⁻⁴']),
    );
    const few = [
      { step: 1, loss: 0.9 },
      { step: 2, loss: 0.06 },
    ];
    expect(textsOf(parse(lossSvg(few)))).toEqual(expect.arrayContaining(['0.05', '0.1', '0.2', '0.5', '1']));
  });

  it('keeps every curve and every number of the axis within the picture', () => {
    const histories = [
      decades(1),
      decades(2),
      decades(40),
      [
        { step: 3, loss: 0.1 },
        { step: 9, loss: 0.1000001 },
      ],
    ];
    for (const history of histories) {
      const svg = lossSvg(history);
      const [, , width, height] = parse(svg).attributes.viewBox.split(' ').map(Number);
      for (const { attributes } of select(parse(svg), 'text')) {
        expect(Number(attributes.x)).toBeGreaterThan(0);
        expect(Number(attributes.x)).toBeLessThan(width);
        expect(Number(attributes.y)).toBeGreaterThan(0);
        expect(Number(attributes.y)).toBeLessThan(height);
      }
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  it('marks where a stage begins, and names it', () => {
    const root = select(parse(lossSvg(decades(6))), '.stages')[0];
    expect(textsOf(root)).toEqual(['Adam', 'L-BFGS']);
    const [mark] = select(root, 'path').map(({ attributes }) => numbersOf(attributes.d));
    expect(mark[0]).toBe(points(lossSvg(decades(6)))[4]); // at the last step of the stage before, the third
    expect(textsOf(select(parse(lossSvg([{ step: 1, loss: 1 }])), '.stages')[0])).toEqual([]);
  });

  it('draws validation where there is one, dashed and named with its last value', () => {
    const history = decades(4).map((record, k) =>
      k % 2 === 0 ? record : { ...record, validationLoss: 2 * record.loss },
    );
    const svg = lossSvg(history);
    expect(select(parse(svg), '.series')).toHaveLength(2);
    expect(points(svg, 1)).toHaveLength(4);
    expect(textsOf(parse(svg))).toEqual(expect.arrayContaining(['training 0.001', 'validation 0.002']));
    expect(select(parse(lossSvg(decades(4))), '.series')).toHaveLength(1);
  });

  it('draws one step as a dot, and losses ≤ 0 on a linear axis', () => {
    expect(select(parse(lossSvg(decades(1))), 'circle')).toHaveLength(1);
    const history = [
      { step: 0, loss: 1 },
      { step: 1, loss: -1 },
    ];
    expect(textsOf(parse(lossSvg(history, { verticalScale: 'linear' })))).toContain('−1.0');
  });
});
