import { describe, expect, it } from 'vitest';
import { activationSvg } from '../../src/plot/activation.js';
import { numbersOf, parse, select, textsOf } from './picture.js';

const x = Array.from({ length: 41 }, (_, k) => -1 + k / 20);
const terms = [
  { frequency: 0, re: 0.25, im: 0 },
  { frequency: 1, re: 0.3, im: -0.4 },
  { frequency: 2, re: 0, im: 0.05 },
];
/** 0.25 + 0.6 cos t + 0.8 sin t − 0.1 sin 2t */
const sum = (t: number): number => 0.25 + 0.6 * Math.cos(t) + 0.8 * Math.sin(t) - 0.1 * Math.sin(2 * t);
const paths = (svg: string, panel: number): number[][] =>
  select(select(parse(svg), '.curves')[panel], 'path').map(({ attributes }) => numbersOf(attributes.d));
const heights = (path: readonly number[]): number[] => path.filter((_, k) => k % 2 === 1);

describe('The picture of an activation', () => {
  it('is one panel without terms, and two with them', () => {
    const y = x.map(sum);
    expect(select(parse(activationSvg({ x, y })), '.curves')).toHaveLength(1);
    expect(paths(activationSvg({ x, y, terms }), 1)).toHaveLength(3);
  });

  it.each(['x', 'acos x'] as const)('draws terms in %s that add up to the curve', (variable) => {
    const y = x.map((at) => sum(variable === 'x' ? at : Math.acos(at)));
    const svg = activationSvg({ x, y, terms, variable }, { height: 1000 });
    const [curve] = paths(svg, 0).map(heights);
    const waves = paths(svg, 1).map(heights);
    const added = curve.map((_, k) => waves.reduce((total, wave) => total + wave[k], 0));
    // Both panels are linear in the values, so the curve is an affine function of the sum; fixed by its two ends.
    const [low, high] = [curve.indexOf(Math.min(...curve)), curve.indexOf(Math.max(...curve))];
    const slope = (curve[high] - curve[low]) / (added[high] - added[low]);
    const error = Math.max(...curve.map((value, k) => Math.abs(curve[low] + slope * (added[k] - added[low]) - value)));
    // Each coordinate is rounded by 0.005: 0.005 of the curve, and of three waves at two points, times the slope, twice.
    expect(error).toBeLessThan(2 * (0.005 + 6 * 0.005 * Math.abs(slope)));
  });

  it('names the strongest terms by frequency and amplitude, and counts the rest', () => {
    const many = Array.from({ length: 9 }, (_, k) => ({ frequency: k + 1, re: 0.5 / 2 ** k, im: 0 }));
    const texts = textsOf(select(parse(activationSvg({ x, y: x.map(sum), terms: many })), '.legend')[0]);
    expect(texts.slice(1, 3)).toEqual(['ω = 1: 1', 'ω = 2: 0.5']);
    expect(texts.at(-1)).toBe('3 more, at most 0.016');
    const known = textsOf(select(parse(activationSvg({ x, y: x.map(sum), terms })), '.legend')[0]);
    expect(known.slice(1)).toEqual(['ω = 1: 1', 'constant 0.25', 'ω = 2: 0.1']); // 2|0.3 − 0.4i| = 1
  });
});
