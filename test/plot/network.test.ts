import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkSvg } from '../../src/plot/network.js';
import { network } from './networks.js';
import { type Node, numbersOf, parse, select, textsOf } from './picture.js';

const boxes = (svg: string): Node[] => select(parse(svg), '.box');

describe('The picture of a network', () => {
  it('has one box an edge, whatever the widths', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 4 }), (widths) => {
        const numEdges = widths.slice(1).reduce((sum, width, l) => sum + width * widths[l], 0);
        expect(boxes(networkSvg(network(widths)))).toHaveLength(numEdges);
      }),
      { seed: 20260101, numRuns: 25 },
    );
  });

  it('keeps everything inside the picture, and boxes apart', () => {
    for (const widths of [
      [1, 1],
      [2, 5, 1],
      [4, 8, 3],
      [1, 9, 1],
      [10, 16, 2],
    ]) {
      const svg = networkSvg(network(widths));
      const [, , width, height] = parse(svg).attributes.viewBox.split(' ').map(Number);
      const squares = boxes(svg).map(({ attributes }) => ['x', 'y', 'width'].map((key) => Number(attributes[key])));
      for (const [k, [x, y, side]] of squares.entries()) {
        expect(Math.min(x, y, width - x - side, height - y - side)).toBeGreaterThan(0);
        const others = squares.slice(k + 1).map(([ox, oy]) => Math.max(Math.abs(x - ox), Math.abs(y - oy)));
        expect(Math.min(Infinity, ...others)).toBeGreaterThan(side);
      }
    }
  });

  it('draws each curve inside its box, higher values higher', () => {
    const svg = networkSvg(network([2, 2]));
    for (const edge of select(parse(svg), '.edge')) {
      const box = select(edge, '.box')[0].attributes;
      const curve = numbersOf(select(edge, 'path').at(-1)?.attributes.d ?? '');
      expect(curve).toHaveLength(42);
      const xs = curve.filter((_, k) => k % 2 === 0);
      const ys = curve.filter((_, k) => k % 2 === 1);
      expect(xs).toEqual([...xs].sort((a, b) => a - b));
      expect(Math.min(...xs)).toBeGreaterThan(Number(box.x));
      expect(Math.max(...xs)).toBeLessThan(Number(box.x) + Number(box.width));
      expect(Math.min(...ys)).toBeGreaterThan(Number(box.y));
      expect(Math.max(...ys)).toBeLessThan(Number(box.y) + Number(box.height));
    }
    const rising = { inDim: 1, outDim: 1, curves: [{ x: [0, 1], y: [-5, 5] }], importance: [1] };
    const [, y0, , y1] = numbersOf(
      select(parse(networkSvg({ layers: [rising] })), '.edge')[0].children.at(-3)?.attributes.d ?? '',
    );
    expect(y1).toBeLessThan(y0); // y points downwards
  });

  it('puts the boxes of an output in the order of the inputs, and outputs from left to right', () => {
    const svg = networkSvg(network([3, 4]));
    const placed = select(parse(svg), '.edge').map((edge) => ({
      name: edge.children[0].text.split(':')[0],
      x: Number(select(edge, '.box')[0].attributes.x),
    }));
    const names = placed.sort((a, b) => a.x - b.x).map(({ name }) => name);
    expect(names).toEqual(['y₁', 'y₂', 'y₃', 'y₄'].flatMap((y) => ['x₁', 'x₂', 'x₃'].map((x) => `${x} → ${y}`)));
  });

  it('draws important edges wider and more opaque', () => {
    const { layers } = network([2, 1]);
    const svg = networkSvg({ layers: [{ ...layers[0], importance: [0.2, 0.8] }] });
    const lines = select(parse(svg), '.edge').map((edge) => select(edge, 'path')[0].attributes);
    expect(lines.map((line) => Number(line['stroke-opacity']))).toEqual([0.4, 1]); // 0.2 + 0.8 · relative importance
    expect(Number(lines[0]['stroke-width'])).toBeLessThan(Number(lines[1]['stroke-width']));
  });

  it('draws removed edges faintly, without a curve, or not at all', () => {
    const removed = network([2, 3], [1, 4]);
    const faint = select(parse(networkSvg(removed)), '.edge').filter((edge) =>
      edge.children[0].text.endsWith('removed'),
    );
    expect(faint.map((edge) => edge.children[0].text)).toEqual(['x₂ → y₁: removed', 'x₁ → y₃: removed']);
    for (const edge of faint) expect(select(edge, 'path')).toHaveLength(1);
    expect(boxes(networkSvg(removed))).toHaveLength(6);
    expect(boxes(networkSvg(removed, { removed: 'absent' }))).toHaveLength(4);
  });

  it('shows rounding errors of a constant as a constant', () => {
    const curve = { x: [0, 1, 2], y: [0.3, 0.3 + 1e-12, 0.3 - 1e-12] };
    const svg = networkSvg({ layers: [{ inDim: 1, outDim: 1, curves: [curve], importance: [0] }] });
    const path = select(select(parse(svg), '.edge')[0], 'path').at(-1)?.attributes.d ?? '';
    expect(new Set(numbersOf(path).filter((_, k) => k % 2 === 1)).size).toBe(1);
    expect(textsOf(parse(svg))).toContain('0.3');
    expect(svg).not.toContain('NaN'); // nothing in the layer has any importance
  });

  it('compares the curves of a layer on one scale if asked', () => {
    const x = [0, 1];
    const curves = [
      { x, y: [-1, 1] },
      { x, y: [-10, 10] },
    ];
    const layers = [{ inDim: 2, outDim: 1, curves, importance: [1, 1] }];
    const heights = (svg: string): number[] =>
      select(parse(svg), '.edge').map((edge) => {
        const points = numbersOf(select(edge, 'path').at(-1)?.attributes.d ?? '');
        return points[1] - points[3];
      });
    const [small, large] = heights(networkSvg({ layers }, { verticalScale: 'layer' }));
    expect(small / large).toBeCloseTo(0.1, 2); // both are rounded to a hundredth of some 50 pixels
    const [one, other] = heights(networkSvg({ layers }));
    expect(one).toBe(other);
  });

  it('draws wide networks as lines, the strongest last', () => {
    const { layers } = network([30, 12, 2]);
    const root = parse(networkSvg({ layers }, { edges: 'lines' }));
    expect(select(root, '.box')).toEqual([]);
    const perLayer = select(root, '.layer').map((layer) =>
      select(layer, 'path').map((p) => Number(p.attributes['stroke-width'])),
    );
    expect(perLayer.map((widths) => widths.length)).toEqual([360, 24]);
    for (const widths of perLayer) expect(widths).toEqual([...widths].sort((a, b) => a - b));
  });

  it('names inputs and outputs, and turns names that would overlap', () => {
    const named = { ...network([3, 2, 2]), inputNames: ['T (K)', 'p (Pa)', 'v'], outputNames: ['a', 'b'] };
    expect(textsOf(parse(networkSvg(named)))).toEqual(
      expect.arrayContaining(['T (K)', 'p (Pa)', 'v', 'a', 'b', '−1 … 1']),
    );
    const long = {
      ...network([9, 1]),
      inputNames: Array.from({ length: 9 }, (_, i) => `a name that is rather long ${i}`),
    };
    const turned = select(parse(networkSvg(long)), 'text').filter(({ attributes }) => attributes.transform);
    expect(turned).toHaveLength(9);
    expect(turned[8].children[0].text).toBe('a name that is rather long 8'); // whole, in the tooltip
  });

  it('makes room for names that are turned', () => {
    const long = (count: number): string[] => Array.from({ length: count }, () => 'a long name of it all');
    const root = parse(networkSvg({ ...network([14, 1, 12]), inputNames: long(14), outputNames: long(12) }));
    const [, , width, height] = root.attributes.viewBox.split(' ').map(Number);
    const turned = select(root, 'text').filter(({ attributes }) => attributes.transform);
    expect(turned).toHaveLength(26);
    for (const { attributes, text } of turned) {
      const towards = attributes['text-anchor'] === 'start' ? 1 : -1; // upwards to the right, or downwards to the left
      const reach = (towards * text.length * Number(attributes['font-size']) * 0.5) / Math.SQRT2; // 0.5 em a letter
      const [x, y] = [Number(attributes.x) + reach, Number(attributes.y) - reach];
      expect(Math.min(x, y, width - x, height - y)).toBeGreaterThan(0);
    }
  });

  it('takes typed arrays', () => {
    const curve = { x: Float32Array.of(0, 1, 2), y: Float64Array.of(0.5, 1, 0.5) };
    const layers = [{ inDim: 1, outDim: 1, curves: [curve], importance: Float32Array.of(1) }];
    expect(boxes(networkSvg({ layers }))).toHaveLength(1);
  });

  it('draws products above their factors, with a cross, and lines between', () => {
    const [first, second] = [network([2, 6]).layers[0], network([3, 1]).layers[0]];
    const svg = networkSvg({ layers: [{ ...first, arities: [2, 3] }, second] });
    const root = parse(svg);
    const nodes = select(root, '.nodes')[0].children.filter(
      ({ name, attributes }) => name === 'circle' && attributes.r === '7',
    );
    const factors = select(root, '.factors')[0].children.filter(({ name }) => name === 'circle');
    expect([nodes.length, factors.length, boxes(svg).length]).toEqual([4, 5, 15]);
    const place = ({ attributes }: Node) => [Number(attributes.cx), Number(attributes.cy)];
    const mean = (places: number[][]) => places.reduce((sum, [x]) => sum + x, 0) / places.length;
    const [sum, two, three] = nodes.map(place);
    const below = factors.map(place);
    expect(two[0]).toBeCloseTo(mean(below.slice(0, 2)), 1);
    expect(three[0]).toBeCloseTo(mean(below.slice(2)), 1);
    expect([two[1], sum[1]]).toEqual([three[1], below[0][1]]);
    expect(two[1]).toBeLessThan(sum[1] - 14); // circles do not touch
    expect(svg).toContain('factor 3 of node 3 of layer 1');
    expect(svg).toContain('Nodes with a cross multiply what leads to them: 2.');
    expect(networkSvg({ layers: [{ ...first, arities: [] }] })).toBe(networkSvg({ layers: [first] }));
  });
});
