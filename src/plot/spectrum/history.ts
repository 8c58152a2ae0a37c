import { checkChoice } from '../../foundation/checks.js';
import { DaruanError, expected } from '../../foundation/errors.js';
import type { Spectrum, SpectrumHistory } from '../../spectrum/spectrum.js';
import { drawAxes, type Frame } from '../axes.js';
import { checkDrawable, checkSize, checkText } from '../checks.js';
import { element, label, tooltip } from '../markup.js';
import { extent, shortNumber } from '../numbers.js';
import { drawRamp } from '../ramp.js';
import { checkPictureOptions, type PictureOptions, shade, svgDocument } from '../theme.js';
import { countScale, linearScale, type Scale } from '../ticks.js';
import { checkSpectrum, column, rangeOf } from './picture.js';

export interface SpectrumHistoryOptions extends PictureOptions {
  readonly title?: string;
  /** Shades over four decades below the greatest |c| (default), or from zero to it. */
  readonly colourScale?: 'log' | 'linear';
  /** What the vertical axis is called, unit included. Default `'frequency ω in x'`, after the variable. */
  readonly yName?: string;
  /** Pixels. Default 720 × 420. */
  readonly width?: number;
  readonly height?: number;
}

const WHERE = 'spectrumHistorySvg';
const DECADES = 4;

/**
 * A spectrum over training as a heat map in SVG: steps to the right, frequencies upwards, |c_ω| as shade (its median over
 * draws). Frequencies may move from step to step, as those of trained encoding weights do.
 *
 * @param history  one spectrum a step, steps increasing
 * @returns a whole SVG document; the same input gives the same text
 * @throws if steps do not increase, or a spectrum has several variables or is not finite
 * @example spectrumHistorySvg({ steps: [0, 1], spectra: [0.1, 0.4].map((re) => ({ variables: ['x'], frequencies: Float64Array.of(1), batch: 1, coefficients: Float64Array.of(re, 0) })) })
 */
export function spectrumHistorySvg(history: SpectrumHistory, options: SpectrumHistoryOptions = {}): string {
  check(history, options);
  const { steps, spectra } = history;
  const {
    title,
    colourScale = 'log',
    width = 720,
    height = 420,
    yName = `frequency ω in ${spectra[0].variables[0]}`,
  } = options;
  const top = title ? 78 : 44;
  const frame: Frame = { left: 64, top, width: width - 64 - 98, height: height - top - 52 };
  const sizes = spectra.map((spectrum) =>
    Array.from(spectrum.frequencies, (_, k) => rangeOf(column(spectrum, k, 'abs')).median),
  );
  const most = Math.max(...sizes.map((row) => Math.max(...row)));
  const share = (value: number): number =>
    most === 0 ? 0 : colourScale === 'linear' ? value / most : 1 + Math.log10(value / most) / DECADES;
  const { across, up, rowHeight, edges } = axesOf(history, frame);
  const cells = spectra.flatMap((spectrum, s) => {
    const [x, right] = [across.map(edges[s]), across.map(edges[s + 1])];
    return Array.from(spectrum.frequencies, (frequency, k) => {
      const place = { x, y: up.map(frequency) - rowHeight / 2, width: right - x + 0.3, height: rowHeight };
      const text = tooltip(`step ${steps[s]}, ω = ${shortNumber(frequency)}: |c| = ${shortNumber(sizes[s][k])}`);
      return element('rect', { class: `fill-${shade(share(sizes[s][k]))}`, ...place }, text);
    });
  });
  const texts =
    colourScale === 'linear'
      ? ['0', shortNumber(most / 2, 2), shortNumber(most, 2)]
      : Array.from({ length: DECADES + 1 }, (_, k) => shortNumber(most * 10 ** (k - DECADES), 2));
  const content = [
    ...(title ? [label(24, 32, title, { 'font-size': 17, 'font-weight': 600, class: 'fill-ink' })] : []),
    element('g', { class: 'cells', 'shape-rendering': 'crispEdges' }, `\n${cells.join('\n')}\n`),
    drawAxes(frame, across, { map: up.map, ticks: [] }, { x: 'step', y: yName }),
    drawTicks(up, frame.left),
    drawRamp(frame.left + frame.width + 24, frame.top, frame.height, texts, '|c(ω)|'),
  ];
  const last = spectra[spectra.length - 1];
  const description = `Heat map of |c(ω)| over steps ${steps[0]} to ${steps[steps.length - 1]}, up to ${shortNumber(most)}. At the end: ${strongest(last)}.`;
  return svgDocument(
    { width, height, title: title ?? 'Spectrum over training', description, content, shaded: true },
    options,
  );
}

/** Ticks of the vertical axis, with numbers but without lines across the cells. */
const drawTicks = ({ map, ticks }: Scale, left: number): string =>
  ticks
    .filter(({ text }) => text !== '')
    .map(({ value, text }) =>
      label(left - 8, map(value) + 4, text, { 'font-size': 11, 'text-anchor': 'end', class: 'fill-muted' }),
    )
    .join('');

/** Cells reach half way to the steps before and after, and to the frequencies below and above. */
function axesOf({ steps, spectra }: SpectrumHistory, { left, top, width, height }: Frame) {
  const middles = steps.slice(1).map((step, k) => (step + steps[k]) / 2);
  const [first, last] = [middles[0] ?? steps[0] + 0.5, middles[middles.length - 1] ?? steps[0] - 0.5];
  const edges = [2 * steps[0] - first, ...middles, 2 * steps[steps.length - 1] - last];
  const all = spectra.flatMap(({ frequencies }) => Array.from(frequencies));
  const [low, high] = extent(all);
  const gaps = spectra.flatMap(({ frequencies }) =>
    Array.from(frequencies.subarray(1), (omega, k) => omega - frequencies[k]),
  );
  const gap = gaps.length > 0 ? Math.min(...gaps) : 1;
  const margin = Math.max(gap / 2, (high - low) / 40);
  const ends: [number, number] = [low - margin, high + margin];
  const count = Math.max(2, Math.floor(height / 26));
  const upwards: [number, number] = [top + height, top];
  const up = all.every(Number.isInteger) ? countScale(ends, upwards, count) : linearScale(ends, upwards, count, false);
  const across = countScale(
    [edges[0], edges[edges.length - 1]],
    [left, left + width],
    Math.max(2, Math.floor(width / 80)),
  );
  const room = (gap / (ends[1] - ends[0])) * height;
  return { across, up, edges, rowHeight: Math.max(2, Math.min(room * 1.01, height / 6)) };
}

function strongest(spectrum: Spectrum): string {
  return Array.from(spectrum.frequencies, (frequency, k) => ({
    frequency,
    size: rangeOf(column(spectrum, k, 'abs')).median,
  }))
    .sort((a, b) => b.size - a.size)
    .slice(0, 5)
    .map(({ frequency, size }) => `${shortNumber(size)} at ω = ${shortNumber(frequency)}`)
    .join(', ');
}

function check(history: SpectrumHistory, options: SpectrumHistoryOptions): void {
  checkPictureOptions(WHERE, options);
  checkSize(WHERE, options, [240, 240]);
  checkText(WHERE, 'title', options.title);
  checkText(WHERE, 'yName', options.yName);
  checkChoice(WHERE, 'colourScale', options.colourScale ?? 'log', ['log', 'linear']);
  const { steps, spectra } = history ?? {};
  if (!Array.isArray(steps) || !Array.isArray(spectra) || steps.length === 0) {
    throw expected(WHERE, 'a history { steps, spectra } of at least one step', history);
  }
  if (spectra.length !== steps.length) throw expected(WHERE, `${steps.length} spectra, one a step`, spectra.length);
  steps.forEach((step: number, k) => {
    checkDrawable(WHERE, `steps[${k}]`, step);
    if (k > 0 && step <= steps[k - 1]) {
      throw new DaruanError(WHERE, `steps do not increase at entry ${k}`, 'Sort the history by its steps.');
    }
    checkSpectrum(WHERE, `spectra[${k}]`, spectra[k]);
  });
}
