import { checkChoice } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';
import { drawAxes, drawLegend, type Frame } from './axes.js';
import { checkDrawable, checkSize, checkText } from './checks.js';
import { element, label, polyline, tooltip } from './markup.js';
import { widthOf } from './names.js';
import { extent, shortNumber } from './numbers.js';
import { checkPictureOptions, type PictureOptions, svgDocument } from './theme.js';
import { countScale, linearScale, logScale, type Scale, type ScaleName } from './ticks.js';

/** One step of a training; the records that training returns fit. */
export interface LossPoint {
  /** Increasing. */
  readonly step: number;
  readonly loss: number;
  readonly validationLoss?: number;
  /** The optimiser of this step. Where it changes, a stage begins. */
  readonly method?: string;
}

export interface LossOptions extends PictureOptions {
  readonly title?: string;
  /** What the vertical axis is called, unit included. Default `'loss'`. */
  readonly lossName?: string;
  /** Default `'log'`. */
  readonly verticalScale?: ScaleName;
  /** Pixels. Default 720 × 420. */
  readonly width?: number;
  readonly height?: number;
}

const WHERE = 'lossSvg';
/** Below this the powers of ten around a loss are no normal numbers. */
const SMALLEST = 1e-300;
const METHODS: ReadonlyMap<string | undefined, string> = new Map([
  ['adam', 'Adam'],
  ['lbfgs', 'L-BFGS'],
]);

interface Series {
  readonly name: string;
  readonly colour: string;
  readonly dashes?: string;
  readonly points: readonly (readonly [step: number, loss: number])[];
}

/**
 * Training and validation loss over the steps as SVG: logarithmic vertical axis, stages marked, last values named.
 *
 * @param history  one record a step, at least one
 * @returns a whole SVG document; the same input gives the same text
 * @throws if steps do not increase, a loss is not finite, or a loss ≤ 0 meets the logarithmic axis
 * @example lossSvg([{ step: 1, loss: 0.5, method: 'adam' }, { step: 2, loss: 0.01, method: 'lbfgs' }]);
 */
export function lossSvg(history: readonly LossPoint[], options: LossOptions = {}): string {
  const { width = 720, height = 420, title, lossName = 'loss', verticalScale = 'log' } = options;
  checkHistory(history, options);
  const training: Series = {
    name: 'training',
    colour: 'series0',
    points: history.map(({ step, loss }) => [step, loss]),
  };
  const validated = history.flatMap(({ step, validationLoss }): [number, number][] =>
    validationLoss === undefined ? [] : [[step, validationLoss]],
  );
  const validation: Series = { name: 'validation', colour: 'series1', dashes: '6 3', points: validated };
  const series = validated.length > 0 ? [training, validation] : [training];

  const top = title ? 92 : 60;
  const frame: Frame = { left: 72, top, width: width - 72 - 64, height: height - top - 56 };
  const steps: [number, number] = [history[0].step, history[history.length - 1].step];
  const x = countScale(steps, [frame.left, frame.left + frame.width], Math.max(2, Math.floor(frame.width / 80)));
  const values = extent(series.flatMap(({ points }) => points.map(([, loss]) => loss)));
  const vertical = verticalScale === 'log' ? logScale : linearScale;
  const y = vertical(values, [frame.top + frame.height, frame.top], Math.max(2, Math.floor(frame.height / 40)));
  const legend = series.map(({ name, colour, dashes, points }) => ({
    text: `${name} ${shortNumber(points[points.length - 1][1])}`,
    colour,
    dashes,
  }));
  const legendWidth = Math.max(...legend.map(({ text }) => widthOf(text, 12))) + 30;
  const content = [
    ...(title ? [label(24, 32, title, { 'font-size': 17, 'font-weight': 600, class: 'fill-ink' })] : []),
    drawAxes(frame, x, y, { x: 'step', y: lossName }),
    drawStages(history, x, frame),
    ...series.map((entry) => drawSeries(entry, x, y)),
    drawLegend(frame.left + frame.width - legendWidth, title ? 50 : 20, legend),
  ];
  const description = `${lossName} over steps ${steps[0]} to ${steps[1]}; at the end: ${legend.map(({ text }) => text).join(', ')}.`;
  return svgDocument({ width, height, title: title ?? 'Loss over training', description, content }, options);
}

function checkHistory(history: readonly LossPoint[], options: LossOptions): void {
  checkPictureOptions(WHERE, options);
  checkSize(WHERE, options, [240, 200]);
  checkText(WHERE, 'title', options.title);
  checkText(WHERE, 'lossName', options.lossName);
  const { verticalScale = 'log' } = options;
  checkChoice(WHERE, 'verticalScale', verticalScale, ['log', 'linear']);
  if (!Array.isArray(history) || history.length === 0) throw expected(WHERE, 'a history of at least one step', history);
  let before = -Infinity;
  history.forEach((record: LossPoint, k) => {
    const { step, loss, validationLoss, method } = record ?? {};
    checkDrawable(WHERE, `history[${k}].step`, step);
    if (step <= before) throw expected(WHERE, `history[${k}].step above ${before}, the step before`, step);
    before = step;
    const losses = validationLoss === undefined ? { loss } : { loss, validationLoss };
    for (const [name, value] of Object.entries(losses)) {
      checkDrawable(WHERE, `history[${k}].${name}`, value);
      if (verticalScale === 'log' && value < SMALLEST) {
        const problem = `history[${k}].${name} is ${value}, which has no place on a logarithmic axis`;
        throw new DaruanError(WHERE, problem, "Pass verticalScale: 'linear'.");
      }
    }
    checkText(WHERE, `history[${k}].method`, method);
  });
}

/** A line, or dots where there are too few points for one. */
function drawSeries({ name, colour, dashes, points }: Series, x: Scale, y: Scale): string {
  const placed = points.map(([step, loss]) => [x.map(step), y.map(loss)] as const);
  const style = {
    class: `stroke-${colour}`,
    'stroke-width': 2,
    'stroke-dasharray': dashes,
    'stroke-linejoin': 'round',
  };
  const drawn =
    placed.length === 1
      ? element('circle', { class: `fill-${colour}`, cx: placed[0][0], cy: placed[0][1], r: 3.5 })
      : element('path', { ...style, fill: 'none', d: polyline(placed) });
  return element('g', { class: 'series' }, tooltip(name), drawn);
}

/** A line where a stage begins, and its name where it fits; the last one may stand out to the right. */
function drawStages(history: readonly LossPoint[], x: Scale, frame: Frame): string {
  const starts = history.flatMap(({ method }, k) => (k > 0 && method === history[k - 1].method ? [] : [k]));
  const marks = starts.map((k, s) => {
    const name = METHODS.get(history[k].method) ?? history[k].method ?? '';
    const left = k === 0 ? frame.left : x.map(history[k - 1].step);
    const right = s + 1 < starts.length ? x.map(history[starts[s + 1] - 1].step) : frame.left + frame.width + 64;
    const d = `M${left.toFixed(2)},${frame.top}v${frame.height}`;
    const line = k === 0 ? '' : element('path', { class: 'stroke-muted', 'stroke-dasharray': '2 3', d });
    const fits = name !== '' && widthOf(name, 11) + 12 <= right - left;
    const text = fits ? label(left + 6, frame.top + 12, name, { 'font-size': 11, class: 'fill-muted' }) : '';
    return line === '' && text === ''
      ? ''
      : element('g', {}, tooltip(`${name} from step ${history[k].step}`), line, text);
  });
  return element('g', { class: 'stages' }, ...marks);
}
