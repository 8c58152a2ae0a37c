import { checkInteger, checkLength } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import { drawAxes, type Frame } from '../axes.js';
import { checkDrawable, checkSize, checkText } from '../checks.js';
import { element, label, polyline, tooltip } from '../markup.js';
import { widthOf } from '../names.js';
import { extent, shortNumber } from '../numbers.js';
import { point } from '../points.js';
import { checkPictureOptions, NUM_SERIES, type PictureOptions, seriesColour, svgDocument } from '../theme.js';
import { countScale, logScale, type Scale } from '../ticks.js';

/** How one count grows with the number of repetitions. */
export interface Growth {
  /** Such as `'frequencies, weights 3^l'`. */
  readonly name: string;
  /** Increasing, ≥ 1. */
  readonly reps: readonly number[];
  /** > 0, one for each of reps. */
  readonly counts: readonly number[];
}

export interface GrowthOptions extends PictureOptions {
  readonly title?: string;
  /** What the vertical axis is called. Default `'count'`. */
  readonly yName?: string;
  /** Pixels. Default 720 × 440. */
  readonly width?: number;
  readonly height?: number;
}

const WHERE = 'frequencyGrowthSvg';

/**
 * How numbers of frequencies or of parameters grow with the repetitions r, as SVG: logarithmic counts, one line a series,
 * told apart by colour and by the shape of its points.
 *
 * @param series  at most six
 * @returns a whole SVG document; the same input gives the same text
 * @throws if reps do not increase or a count is not above 0
 * @example frequencyGrowthSvg([{ name: 'frequencies, w = 1', reps: [1, 2, 3], counts: [2, 3, 4] }])
 */
export function frequencyGrowthSvg(series: readonly Growth[], options: GrowthOptions = {}): string {
  check(series, options);
  const { title, yName = 'count', width = 720, height = 440 } = options;
  const head = title ? 46 : 14;
  const names = series.map(({ name, counts }) => `${name}: ${shortNumber(counts[counts.length - 1])}`);
  // As many names beside each other as fit.
  const cell = Math.max(...names.map((name) => widthOf(name, 12))) + 40;
  const perRow = Math.max(1, Math.floor((width - 40) / cell));
  const top = head + 18 * Math.ceil(series.length / perRow) + 36;
  const frame: Frame = { left: 64, top, width: width - 64 - 28, height: height - top - 52 };
  const across = countScale(
    extent(series.flatMap(({ reps }) => reps)),
    [frame.left + 12, frame.left + frame.width - 12],
    Math.max(2, Math.floor(frame.width / 48)),
  );
  const values = extent(series.flatMap(({ counts }) => counts));
  const up = logScale(values, [frame.top + frame.height, frame.top], Math.max(2, Math.floor(frame.height / 36)));
  const legend = names.map((name, s) => {
    const [x, y] = [24 + (s % perRow) * cell, head + 10 + 18 * Math.floor(s / perRow)];
    return point(s, x + 8, y) + label(x + 22, y + 4, name, { 'font-size': 12, class: 'fill-ink' });
  });
  const content = [
    ...(title ? [label(24, 32, title, { 'font-size': 17, 'font-weight': 600, class: 'fill-ink' })] : []),
    element('g', { class: 'legend' }, ...legend),
    drawAxes(frame, across, up, { x: 'repetitions r', y: yName }),
    ...series.map((entry, s) => drawSeries(entry, s, across, up)),
  ];
  const description = `${yName} against the number of repetitions. At the end: ${names.join('; ')}.`;
  return svgDocument({ width, height, title: title ?? 'Growth with repetitions', description, content }, options);
}

function drawSeries({ name, reps, counts }: Growth, s: number, across: Scale, up: Scale): string {
  const places = reps.map((r, k): [number, number] => [across.map(r), up.map(counts[k])]);
  const style = { class: `stroke-${seriesColour(s)}`, 'stroke-width': 1.8, fill: 'none' };
  const line = element('path', { ...style, d: polyline(places) });
  const points = places.map(([x, y], k) =>
    element('g', {}, tooltip(`${name}, r = ${reps[k]}: ${counts[k]}`), point(s, x, y)),
  );
  return element('g', { class: 'growth' }, line, ...points);
}

function check(series: readonly Growth[], options: GrowthOptions): void {
  checkPictureOptions(WHERE, options);
  checkSize(WHERE, options, [240, 240]);
  checkText(WHERE, 'title', options.title);
  checkText(WHERE, 'yName', options.yName);
  if (!Array.isArray(series) || series.length === 0 || series.length > NUM_SERIES) {
    throw expected(WHERE, `1 to ${NUM_SERIES} series`, series?.length ?? series);
  }
  series.forEach((entry: Growth, s) => {
    const { name, reps, counts } = entry ?? {};
    if (typeof name !== 'string') throw expected(WHERE, `series[${s}].name to be a string`, name);
    if (!(reps?.length >= 1)) throw expected(WHERE, `series[${s}].reps as at least 1 number`, reps);
    checkLength(WHERE, `series[${s}].counts`, counts, reps.length, 'reps');
    reps.forEach((r: number, k: number) => {
      checkInteger(WHERE, `series[${s}].reps[${k}]`, r, k === 0 ? 1 : reps[k - 1] + 1);
      checkDrawable(WHERE, `series[${s}].counts[${k}]`, counts[k]);
      if (counts[k] < 1e-300) throw expected(WHERE, `series[${s}].counts[${k}] > 0, for a logarithmic axis`, counts[k]);
    });
  });
}
