import type { Spectrum } from '../../spectrum/spectrum.js';
import { drawAxes, type Frame } from '../axes.js';
import { element, round, tooltip } from '../markup.js';
import { shortNumber } from '../numbers.js';
import { linearScale, logScale, type ScaleName } from '../ticks.js';
import { frequencyAxis } from './frequencyAxis.js';
import { column, type Range, rangeOf } from './picture.js';

/** Below the greatest coefficient by more than this factor, a logarithmic axis shows rounding errors. */
const DECADES = 1e-16;

/** Bars up to the median of |c_ω|; over several draws also the middle half, broad, and all values, fine. */
export function drawBars(spectrum: Spectrum, frame: Frame, xName: string, verticalScale: ScaleName): string {
  const { frequencies, batch } = spectrum;
  const { scale: across, room } = frequencyAxis(frequencies, frame);
  const ranges = Array.from(frequencies, (_, k) => rangeOf(column(spectrum, k, 'abs')));
  const bottom = frame.top + frame.height;
  const most = Math.max(...ranges.map(({ high }) => high));
  const count = Math.max(2, Math.floor(frame.height / 44));
  const up =
    verticalScale === 'linear'
      ? linearScale([0, most || 1], [bottom, frame.top], count)
      : logScale([leastShown(ranges, most), most || 1], [bottom, frame.top], count);
  // The axis ends at the least value shown; what is less, or zero, has no height.
  const y = (value: number): number =>
    value <= 0 && verticalScale === 'log' ? bottom : Math.min(bottom, up.map(value));
  const width = Math.min(26, Math.max(1.5, 0.62 * room));
  const bars = ranges.map((range, k) => {
    const x = across.map(frequencies[k]);
    const bar = {
      class: 'fill-series0',
      'fill-opacity': batch > 1 ? 0.35 : undefined,
      x: x - width / 2,
      y: y(range.median),
      width,
      height: bottom - y(range.median),
    };
    const text = tooltip(`ω = ${shortNumber(frequencies[k])}: ${describeRange(range, batch)}`);
    return element('g', { class: 'bar' }, text, element('rect', bar), batch > 1 ? drawRange(range, x, width, y) : '');
  });
  return drawAxes(frame, across, up, { x: xName, y: '|c(ω)|' }) + element('g', { class: 'bars' }, ...bars);
}

function drawRange(range: Range, x: number, width: number, y: (value: number) => number): string {
  const line = (from: number, to: number, thickness: number): string =>
    element('path', {
      class: 'stroke-series0',
      'stroke-width': thickness,
      d: `M${round(x)},${round(y(from))}V${round(y(to))}`,
    });
  const median = element('path', {
    class: 'stroke-ink',
    'stroke-width': 2,
    d: `M${round(x - width / 2)},${round(y(range.median))}h${round(width)}`,
  });
  const broad = Math.min(7, Math.max(1.5, width / 2.5));
  return line(range.low, range.high, 1.3) + line(range.quarter, range.threeQuarters, broad) + median;
}

const leastShown = (ranges: readonly Range[], most: number): number => {
  const values = ranges.flatMap(({ low, median }) => [low, median]).filter((value) => value > most * DECADES);
  return values.length > 0 ? Math.min(...values) : 1e-3;
};

/** The numbers behind what is drawn. */
export function describeRange({ low, quarter, median, threeQuarters, high }: Range, batch: number): string {
  if (batch === 1) return `|c| = ${shortNumber(median)}`;
  const [from, to] = [shortNumber(quarter), shortNumber(threeQuarters)];
  return `median |c| = ${shortNumber(median)}, middle half ${from} … ${to}, all ${shortNumber(low)} … ${shortNumber(high)}`;
}
