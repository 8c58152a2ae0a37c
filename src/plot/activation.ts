import { checkChoice } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';
import type { FourierTerm } from '../spectrum/activation.js';
import { drawAxes, drawLegend, type Frame, type LegendEntry } from './axes.js';
import { checkCurve, checkDrawable, checkSize, checkText } from './checks.js';
import { element, label, polyline } from './markup.js';
import type { PlotCurve } from './networkPicture.js';
import { extent, range, shortNumber } from './numbers.js';
import {
  type Colour,
  checkPictureOptions,
  NUM_SERIES,
  type PictureOptions,
  seriesColour,
  svgDocument,
} from './theme.js';
import { linearScale } from './ticks.js';

/** One activation as plain data. */
export interface ActivationPicture extends PlotCurve {
  /** Terms of frequency ≥ 0 of f(t) = Σ c_ω e^{iωt}, as `activationSeries` gives them: drawn below the curve. */
  readonly terms?: readonly FourierTerm[];
  /** What t is: x (default), or acos x, for which x must lie in [−1, 1]. */
  readonly variable?: 'x' | 'acos x';
  readonly title?: string;
  /** What the axes are called, units included. Default `'x'` and `'φ(x)'`. */
  readonly xName?: string;
  readonly yName?: string;
}

export interface ActivationOptions extends PictureOptions {
  /** Pixels. Default 720 wide, 360 high, and 620 high with terms. */
  readonly width?: number;
  readonly height?: number;
}

const WHERE = 'activationSvg';

/** A term as a wave: 2|c| cos(ωt + arg c), or c itself at ω = 0. */
interface Wave {
  readonly amplitude: number;
  readonly text: string;
  readonly colour: Colour;
  readonly values: readonly number[];
}

/**
 * One activation as SVG and, where its Fourier terms are given, below it the waves that add up to it: the six of the
 * greatest amplitude, with frequency ω and amplitude 2|c_ω|.
 *
 * @param activation  x and y = φ(x), x increasing
 * @returns a whole SVG document; the same input gives the same text
 * @throws if x does not increase, x and y differ in length, or a number is not finite
 * @example activationSvg({ x: [0, 1, 2], y: [1, 0.54, -0.42], terms: [{ frequency: 1, re: 0.5, im: 0 }] });
 */
export function activationSvg(activation: ActivationPicture, options: ActivationOptions = {}): string {
  checkActivation(activation, options);
  const { x, y, terms = [], title, xName = 'x', yName = 'φ(x)' } = activation;
  const withTerms = terms.length > 0;
  const { width = 720, height = withTerms ? 620 : 360 } = options;
  const top = title ? 78 : 44;
  const right = withTerms ? 208 : 32;
  const space = height - top - 52;
  const frame: Frame = { left: 64, top, width: width - 64 - right, height: withTerms ? (space - 84) * 0.55 : space };
  const ends: [number, number] = [x[0], x[x.length - 1]];
  const across = linearScale(ends, [frame.left, frame.left + frame.width], countOf(frame.width, 70), false);
  const panel = (
    place: Frame,
    name: string,
    waves: readonly Pick<Wave, 'values' | 'colour'>[],
    width: number,
  ): string => {
    const up = linearScale(
      extent(waves.flatMap(({ values }) => extent(values))),
      [place.top + place.height, place.top],
      countOf(place.height, 30),
    );
    const draw = ({ values, colour }: Pick<Wave, 'values' | 'colour'>): string =>
      element('path', {
        class: `stroke-${colour}`,
        'stroke-width': width,
        'stroke-linejoin': 'round',
        fill: 'none',
        d: polyline(values.map((value, k) => [across.map(x[k]), up.map(value)])),
      });
    return drawAxes(place, across, up, { x: xName, y: name }) + element('g', { class: 'curves' }, ...waves.map(draw));
  };
  const content = [
    ...(title ? [label(24, 32, title, { 'font-size': 17, 'font-weight': 600, class: 'fill-ink' })] : []),
    panel(frame, yName, [{ values: Array.from(y), colour: 'series0' }], 2.5),
  ];
  if (withTerms) {
    const lower: Frame = { ...frame, top: frame.top + frame.height + 84, height: (space - 84) * 0.45 };
    const { waves, rest } = wavesOf(activation);
    const entries: LegendEntry[] = [
      { text: 'frequency: amplitude' },
      ...waves.map(({ text, colour }) => ({ text, colour })),
    ];
    if (rest) entries.push({ text: rest });
    content.push(panel(lower, 'Fourier terms', [...waves].reverse(), 1.8));
    content.push(drawLegend(frame.left + frame.width + 20, lower.top + 6, entries));
  }
  const [low, high] = extent(y);
  const description = `${yName} for ${xName} from ${shortNumber(ends[0])} to ${shortNumber(ends[1])}, values ${range(low, high)}${
    withTerms ? `, and ${terms.length} Fourier terms` : ''
  }.`;
  return svgDocument({ width, height, title: title ?? 'Activation', description, content }, options);
}

const countOf = (pixels: number, each: number): number => Math.max(2, Math.floor(pixels / each));

/** The strongest terms as waves, greatest first, and a word on the others. */
function wavesOf({ x, terms = [], variable }: ActivationPicture): { waves: Wave[]; rest: string } {
  const t = Array.from(x, variable === 'acos x' ? Math.acos : (value) => value);
  const sorted = terms
    .map((term) => ({ ...term, amplitude: Math.hypot(term.re, term.im) * (term.frequency === 0 ? 1 : 2) }))
    .sort((a, b) => b.amplitude - a.amplitude);
  const waves = sorted.slice(0, NUM_SERIES).map(
    ({ frequency, re, im, amplitude }, k): Wave => ({
      amplitude,
      colour: seriesColour(k),
      text:
        frequency === 0 ? `constant ${shortNumber(re)}` : `ω = ${shortNumber(frequency)}: ${shortNumber(amplitude)}`,
      values: t.map((at) =>
        frequency === 0 ? re : 2 * (re * Math.cos(frequency * at) - im * Math.sin(frequency * at)),
      ),
    }),
  );
  const others = sorted.slice(NUM_SERIES);
  const rest = others.length === 0 ? '' : `${others.length} more, at most ${shortNumber(others[0].amplitude, 2)}`;
  return { waves, rest };
}

function checkActivation(activation: ActivationPicture, options: ActivationOptions): void {
  checkPictureOptions(WHERE, options);
  checkSize(WHERE, options, [240, 200]);
  checkCurve(WHERE, 'activation', activation);
  const { terms, variable = 'x', x } = activation;
  for (const name of ['title', 'xName', 'yName'] as const) checkText(WHERE, name, activation[name]);
  checkChoice(WHERE, 'variable', variable, ['x', 'acos x']);
  if (terms === undefined) return;
  if (!Array.isArray(terms)) throw expected(WHERE, 'terms as a list of { frequency, re, im }', terms);
  terms.forEach((term: FourierTerm, k) => {
    const { frequency, re, im } = term ?? {};
    checkDrawable(WHERE, `terms[${k}].frequency`, frequency);
    if (frequency < 0) {
      const remedy = 'Give terms of frequency ≥ 0 only: the others are their conjugates.';
      throw expected(WHERE, `terms[${k}].frequency ≥ 0`, frequency, remedy);
    }
    checkDrawable(WHERE, `terms[${k}].re`, re);
    checkDrawable(WHERE, `terms[${k}].im`, im);
  });
  if (variable === 'acos x' && (x[0] < -1 || x[x.length - 1] > 1)) {
    const problem = `x runs over ${range(x[0], x[x.length - 1])}, outside of [−1, 1] where acos x is defined`;
    throw new DaruanError(WHERE, problem, 'Cut the curve, or leave the terms out.');
  }
}
