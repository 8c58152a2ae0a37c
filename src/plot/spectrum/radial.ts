import { lineRadial } from 'd3-shape';
import type { Spectrum } from '../../spectrum/spectrum.js';
import { element, label, round, tooltip } from '../markup.js';
import { shortNumber } from '../numbers.js';
import { linearScale } from '../ticks.js';
import { describeRange } from './bar.js';
import { column, rangeOf } from './picture.js';

/**
 * |c_ω| on spokes, the lowest frequency on top, clockwise: medians joined by a line, the middle half of the draws broad,
 * all of them fine.
 */
export function drawSpokes(spectrum: Spectrum, centre: { x: number; y: number; radius: number }): string {
  const { frequencies, batch } = spectrum;
  const { x, y, radius } = centre;
  const ranges = Array.from(frequencies, (_, k) => rangeOf(column(spectrum, k, 'abs')));
  const most = Math.max(...ranges.map(({ high }) => high)) || 1;
  const inner = 0.12 * radius;
  const out = linearScale([0, most], [inner, radius], Math.max(2, Math.floor(radius / 52)));
  const turn = (k: number): number => (2 * Math.PI * k) / frequencies.length;
  const place = (k: number, r: number): [number, number] => [x + r * Math.sin(turn(k)), y - r * Math.cos(turn(k))];
  const line = (k: number, from: number, to: number): string =>
    `M${place(k, from).map(round).join(',')}L${place(k, to).map(round).join(',')}`;
  const rings = out.ticks.map(({ value }) =>
    element('circle', { class: 'stroke-faint', fill: 'none', cx: x, cy: y, r: out.map(value) }),
  );
  // Numbers of the rings stand between the last spoke and the first, where no label is.
  const between = -Math.PI / Math.max(3, frequencies.length);
  const numbers = out.ticks.slice(1).map(({ value, text }) => {
    const r = out.map(value);
    const style = { 'font-size': 10, 'text-anchor': 'middle', class: 'fill-muted' };
    return label(x + r * Math.sin(between), y - r * Math.cos(between) + 3, text, style);
  });
  const every = Math.ceil((frequencies.length * 26) / (2 * Math.PI * (radius + 16)));
  const spokes = ranges.map((range, k) => {
    const [tx, ty] = place(k, radius + 16);
    const drawn = [
      element('path', { class: 'stroke-faint', d: line(k, inner, radius) }),
      batch > 1
        ? element('path', {
            class: 'stroke-series0',
            'stroke-width': 1.3,
            d: line(k, out.map(range.low), out.map(range.high)),
          })
        : element('path', { class: 'stroke-series0', 'stroke-width': 3, d: line(k, inner, out.map(range.median)) }),
      batch > 1
        ? element('path', {
            class: 'stroke-series0',
            'stroke-width': 6,
            'stroke-opacity': 0.55,
            d: line(k, out.map(range.quarter), out.map(range.threeQuarters)),
          })
        : '',
      k % every === 0
        ? label(tx, ty + 4, shortNumber(frequencies[k]), {
            'font-size': 11,
            'text-anchor': 'middle',
            class: 'fill-ink',
          })
        : '',
    ];
    const text = tooltip(`ω = ${shortNumber(frequencies[k])}: ${describeRange(range, batch)}`);
    return element('g', { class: 'spoke' }, text, ...drawn);
  });
  const outline = lineRadial<number>()
    .angle((_, k) => turn(k % frequencies.length))
    .radius((median) => out.map(median));
  const medians = ranges.map(({ median }) => median);
  const d = (outline([...medians, medians[0]]) ?? '').replace(/-?\d+(\.\d+)?(e-?\d+)?/g, (n) =>
    String(round(Number(n))),
  );
  const points = medians.map((median, k) => {
    const [cx, cy] = place(k, out.map(median));
    return element('circle', {
      class: 'fill-series0',
      cx,
      cy,
      r: Math.min(3.5, (Math.PI * out.map(median)) / frequencies.length),
    });
  });
  const joined = element(
    'g',
    { transform: `translate(${round(x)} ${round(y)})` },
    element('path', {
      class: 'fill-series0 stroke-series0',
      'fill-opacity': 0.1,
      'stroke-width': 1,
      'stroke-dasharray': '3 3',
      d,
    }),
  );
  return [...rings, joined, element('g', { class: 'spokes' }, ...spokes), ...points, ...numbers].join('\n');
}
