import { describe, expect, it } from 'vitest';
import { curvesSvg } from '../../src/plot/curves.js';
import { numbersOf, parse, select, textsOf } from './picture.js';

const exact = { name: 'exact', x: [0, 1, 2], y: [1, 0.5, -0.5] };
const measured = { name: 'measured', x: [0, 1, 2], y: [0.9, 0.6, -0.4], errors: [0.1, 0, 0.2] };

describe('The picture of several curves', () => {
  it('joins points by a line, or gives them error bars', () => {
    const [line, points] = select(parse(curvesSvg([exact, measured])), '.curve');
    expect(select(line, 'path')).toHaveLength(1);
    expect(select(points, 'path')).toHaveLength(4);
    expect(select(points, 'title').map(({ text }) => text)[0]).toBe('measured: (0, 0.9 ± 0.1)');
  });

  it('draws bars from y − error to y + error on the scale of the lines, none where the error is 0', () => {
    const svg = parse(curvesSvg([{ name: 'ends', x: [0, 2], y: [0.8, 1] }, measured]));
    const [line] = select(select(svg, '.curve')[0], 'path').map(({ attributes }) => numbersOf(attributes.d));
    const [bars] = select(svg, '.bars').map(({ attributes }) => numbersOf(attributes.d));
    expect(bars).toHaveLength(8);
    expect([bars[1], bars[3]]).toEqual([line[1], line[3]]);
  });

  it('is straight for powers on two logarithmic axes', () => {
    const x = [1, 3, 10, 200];
    const svg = curvesSvg([{ name: 'cube', x, y: x.map((at) => at ** 3) }], {
      horizontalScale: 'log',
      verticalScale: 'log',
    });
    const [d] = select(select(parse(svg), '.curve')[0], 'path').map(({ attributes }) => numbersOf(attributes.d));
    const slopes = [2, 4, 6].map((k) => (d[k + 1] - d[1]) / (d[k] - d[0]));
    // Coordinates are rounded by 0.005, over lengths of more than 100.
    for (const slope of slopes) expect(Math.abs(slope - slopes[2])).toBeLessThan(2e-4);
  });

  it('names its curves and axes', () => {
    const texts = textsOf(parse(curvesSvg([exact, measured], { title: 'Shots', xName: 'x / rad', yName: '⟨Z⟩' })));
    expect(texts).toEqual(expect.arrayContaining(['Shots', 'exact', 'measured', 'x / rad', '⟨Z⟩']));
  });
});
