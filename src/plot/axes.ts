import { element, label } from './markup.js';
import type { Scale } from './ticks.js';

/** The rectangle in which data are drawn, pixels. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Horizontal lines at the ticks of y, an axis line below with the ticks of x, and what both are called. */
export function drawAxes(
  { left, top, width, height }: Frame,
  x: Scale,
  y: Scale,
  names: { readonly x: string; readonly y: string },
): string {
  const bottom = top + height;
  const small = { 'font-size': 11, class: 'fill-muted' };
  const grid = y.ticks.map(({ value, text }) => {
    const at = y.map(value);
    const line = element('path', {
      class: 'stroke-faint',
      'stroke-width': text ? 1 : 0.5,
      d: path(left, at, `h${width}`),
    });
    return text ? line + label(left - 8, at + 4, text, { ...small, 'text-anchor': 'end' }) : line;
  });
  const below = x.ticks.map(({ value, text }) => {
    const at = x.map(value);
    const mark = element('path', { class: 'stroke-muted', d: path(at, bottom, 'v5') });
    return mark + label(at, bottom + 18, text, { ...small, 'text-anchor': 'middle' });
  });
  return element(
    'g',
    { class: 'axes' },
    ...grid,
    element('path', { class: 'stroke-muted', d: path(left, bottom, `h${width}`) }),
    ...below,
    label(left + width, bottom + 36, names.x, { 'text-anchor': 'end', 'font-size': 12, class: 'fill-ink' }),
    label(left, top - 12, names.y, { 'font-size': 12, class: 'fill-ink' }),
  );
}

/** A path of one move and one line, at exact hundredths. */
const path = (x: number, y: number, line: string): string => `M${x.toFixed(2)},${y.toFixed(2)}${line}`;

export interface LegendEntry {
  readonly text: string;
  /** Without it the entry has no line. */
  readonly colour?: string;
  readonly dashes?: string;
}

/** A short line and a text for each entry, below each other from (x, y). */
export function drawLegend(x: number, y: number, entries: readonly LegendEntry[]): string {
  const rows = entries.map(({ text, colour, dashes }, k) => {
    const at = y + 18 * k;
    const style = { class: `stroke-${colour}`, 'stroke-width': 2, 'stroke-dasharray': dashes };
    const name = label(x + 28, at + 4, text, { 'font-size': 12, class: 'fill-ink' });
    return (colour ? element('path', { ...style, d: path(x, at, 'h20') }) : '') + name;
  });
  return element('g', { class: 'legend' }, ...rows);
}
