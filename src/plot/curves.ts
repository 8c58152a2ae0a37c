import { checkChoice, checkLength } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import { drawAxes, type Frame } from './axes.js';
import { checkDrawable, checkNumbers, checkSize, checkText } from './checks.js';
import { element, label, polyline, tooltip } from './markup.js';
import { widthOf } from './names.js';
import { extent, range, shortNumber } from './numbers.js';
import { point } from './points.js';
import { checkPictureOptions, NUM_SERIES, type PictureOptions, seriesColour, svgDocument } from './theme.js';
import { linearScale, logScale, type Scale, type ScaleName } from './ticks.js';

/** One series of points, in the order in which a line joins them. */
export interface Curve {
  readonly name: string;
  readonly x: ArrayLike<number>;
  /** As many as x. */
  readonly y: ArrayLike<number>;
  /** Half the length of an error bar for each point, ≥ 0, in the unit of y. */
  readonly errors?: ArrayLike<number>;
  /** Default `'line'`; with error bars `'points'`. */
  readonly marks?: 'line' | 'points' | 'both';
}

export interface CurvesOptions extends PictureOptions {
  readonly title?: string;
  /** What the axes are called, units included. Default `'x'` and `'y'`. */
  readonly xName?: string;
  readonly yName?: string;
  /** Default `'linear'`. */
  readonly horizontalScale?: ScaleName;
  readonly verticalScale?: ScaleName;
  /** Pixels. Default 720 × 400. */
  readonly width?: number;
  readonly height?: number;
}

const WHERE = 'curvesSvg';
/** Below this the powers of ten around a number are no normal numbers. */
const SMALLEST = 1e-300;

/**
 * Several series over one variable as SVG: lines, or points with error bars, told apart by colour and, as points, by shape.
 *
 * @param curves  at most six; the later ones are drawn above the others
 * @returns a whole SVG document; the same input gives the same text
 * @throws if x and y differ in length, a number is not finite, or one that is not above 0 meets a logarithmic axis
 * @example
 * curvesSvg([
 *   { name: 'exact', x: [0, 1, 2], y: [1, 0.54, -0.42] },
 *   { name: 'measured', x: [0, 1, 2], y: [0.98, 0.5, -0.4], errors: [0.02, 0.03, 0.03] },
 * ]);
 */
export function curvesSvg(curves: readonly Curve[], options: CurvesOptions = {}): string {
  check(curves, options);
  const { title, xName = 'x', yName = 'y', width = 720, height = 400 } = options;
  const { horizontalScale = 'linear', verticalScale = 'linear' } = options;
  const head = title ? 46 : 14;
  // As many names beside each other as fit.
  const cell = Math.max(...curves.map(({ name }) => widthOf(name, 12))) + 44;
  const perRow = Math.max(1, Math.floor((width - 40) / cell));
  const top = head + 18 * Math.ceil(curves.length / perRow) + 36;
  const frame: Frame = { left: 68, top, width: width - 68 - 32, height: height - top - 52 };
  const [xs, ys] = [extent(curves.flatMap(({ x }) => extent(x))), extent(curves.flatMap(endsOfBars))];
  const bottom = frame.top + frame.height;
  const across =
    horizontalScale === 'log'
      ? logScale(xs, [frame.left, frame.left + frame.width], Math.max(2, Math.floor(frame.width / 70)))
      : linearScale(xs, [frame.left, frame.left + frame.width], Math.max(2, Math.floor(frame.width / 70)), false);
  const vertical = verticalScale === 'log' ? logScale : linearScale;
  const up = vertical(ys, [bottom, frame.top], Math.max(2, Math.floor(frame.height / 36)));
  const legend = curves.map((curve, s) => {
    const [x, y] = [24 + (s % perRow) * cell, head + 10 + 18 * Math.floor(s / perRow)];
    const line = element('path', { class: `stroke-${seriesColour(s)}`, 'stroke-width': 2, d: `M${x},${y}h20` });
    const sign = `${isLine(curve) ? line : ''}${hasPoints(curve) ? point(s, x + 10, y) : ''}`;
    return sign + label(x + 26, y + 4, curve.name, { 'font-size': 12, class: 'fill-ink' });
  });
  const content = [
    ...(title ? [label(24, 32, title, { 'font-size': 17, 'font-weight': 600, class: 'fill-ink' })] : []),
    element('g', { class: 'legend' }, ...legend),
    drawAxes(frame, across, up, { x: xName, y: yName }),
    ...curves.map((curve, s) => drawCurve(curve, s, across, up)),
  ];
  const names = curves.map(({ name, y }) => `${name}: ${range(...extent(y))}`);
  const description = `${yName} for ${xName} in ${range(...xs)}. ${names.join('; ')}.`;
  return svgDocument({ width, height, title: title ?? `${yName} over ${xName}`, description, content }, options);
}

const marksOf = ({ marks, errors }: Curve): string => marks ?? (errors ? 'points' : 'line');
const isLine = (curve: Curve): boolean => marksOf(curve) !== 'points';
const hasPoints = (curve: Curve): boolean => marksOf(curve) !== 'line';

function endsOfBars({ y, errors }: Curve): number[] {
  return Array.from(y).flatMap((value, k) => (errors ? [value - errors[k], value + errors[k]] : [value]));
}

function drawCurve(curve: Curve, s: number, across: Scale, up: Scale): string {
  const { name, x, y, errors } = curve;
  const places = Array.from(x, (at, k): [number, number] => [across.map(at), up.map(y[k])]);
  const style = { class: `stroke-${seriesColour(s)}`, fill: 'none', 'stroke-linejoin': 'round' };
  const bars = places.map(([at], k) =>
    errors && errors[k] > 0
      ? polyline([
          [at, up.map(y[k] - errors[k])],
          [at, up.map(y[k] + errors[k])],
        ])
      : '',
  );
  const tell = (k: number): string =>
    `${name}: (${shortNumber(x[k])}, ${shortNumber(y[k])}${errors ? ` ± ${shortNumber(errors[k], 2)}` : ''})`;
  return element(
    'g',
    { class: 'curve' },
    ...(isLine(curve) ? [element('path', { ...style, 'stroke-width': 2, d: polyline(places) })] : []),
    ...(errors ? [element('path', { ...style, class: `${style.class} bars`, d: bars.join('') })] : []),
    ...(hasPoints(curve) ? places.map(([a, b], k) => element('g', {}, tooltip(tell(k)), point(s, a, b))) : []),
  );
}

function check(curves: readonly Curve[], options: CurvesOptions): void {
  checkPictureOptions(WHERE, options);
  checkSize(WHERE, options, [240, 240]);
  for (const name of ['title', 'xName', 'yName'] as const) checkText(WHERE, name, options[name]);
  const { horizontalScale = 'linear', verticalScale = 'linear' } = options;
  checkChoice(WHERE, 'horizontalScale', horizontalScale, ['linear', 'log']);
  checkChoice(WHERE, 'verticalScale', verticalScale, ['linear', 'log']);
  if (!Array.isArray(curves) || curves.length === 0 || curves.length > NUM_SERIES) {
    throw expected(WHERE, `1 to ${NUM_SERIES} curves`, curves?.length ?? curves);
  }
  curves.forEach((curve: Curve, s) => {
    const { name, x, y, errors, marks = 'line' } = curve ?? {};
    const called = (part: string): string => `curves[${s}].${part}`;
    if (typeof name !== 'string') throw expected(WHERE, `${called('name')} to be a string`, name);
    checkChoice(WHERE, called('marks'), marks, ['line', 'points', 'both']);
    checkNumbers(WHERE, called('x'), x, 1);
    checkLength(WHERE, called('y'), y, x.length, 'x');
    checkNumbers(WHERE, called('y'), y, 1);
    if (errors !== undefined) {
      checkLength(WHERE, called('errors'), errors, x.length, 'x');
      checkNumbers(WHERE, called('errors'), errors, 1);
      const at = Array.from(errors).findIndex((error) => error < 0);
      if (at >= 0) throw expected(WHERE, `${called(`errors[${at}]`)} ≥ 0`, errors[at]);
    }
    if (horizontalScale === 'log') checkPositive(called('x'), Array.from(x), 'horizontalScale');
    if (verticalScale === 'log') checkPositive(called(errors ? 'y − errors' : 'y'), endsOfBars(curve), 'verticalScale');
    for (const end of endsOfBars(curve)) checkDrawable(WHERE, called('y ± errors'), end);
  });
}

function checkPositive(name: string, values: readonly number[], option: string): void {
  const low = Math.min(...values);
  if (low >= SMALLEST) return;
  throw expected(WHERE, `${name} > 0, for a logarithmic axis`, low, `Pass ${option}: 'linear'.`);
}
