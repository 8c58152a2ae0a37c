import { drawAxes, drawLegend, type Frame } from '../../../src/plot/axes.js';
import { element, label, tooltip } from '../../../src/plot/markup.js';
import { widthOf } from '../../../src/plot/names.js';
import { extent } from '../../../src/plot/numbers.js';
import { seriesColour, svgDocument } from '../../../src/plot/theme.js';
import { linearScale, logScale, type Scale } from '../../../src/plot/ticks.js';
import type { Experiment, Result, Settings } from '../experiment.js';
import { groupsOf, tasksOf } from './markdown.js';
import { modelSpread, type Spread, spreadText } from './statistics.js';

const ROW = 26;

/** The first metric of every model as a dot with its standard deviation, one colour a group of tasks; further left is better. */
export function picture(experiment: Experiment, settings: Settings, results: readonly Result[]): string {
  const { models } = settings;
  const [measure] = experiment.measures;
  const { title } = measure;
  const isLinear = measure.average === 'arithmetic';
  const groups = groupsOf(experiment, settings);
  const points = groups.map(([, tasks]) =>
    models.map((model) => modelSpread(results, model, tasksOf(experiment, results, tasks, model), measure)),
  );
  const endsOf = ({ mean, deviation }: Spread): readonly [number, number] => [
    Math.max(mean - deviation, isLinear ? 0 : mean / 2),
    mean + deviation,
  ];
  const ends = points.flat().flatMap(endsOf);

  const left = 24 + Math.max(...models.map((model) => widthOf(model, 12)));
  const legend = groups.flatMap(([name], k) => (name ? [{ text: name, colour: seriesColour(k) }] : []));
  const frame: Frame = { left, top: 66, width: 680 - left - 24, height: ROW * models.length };
  const x = (isLinear ? linearScale : logScale)(extent(ends), [frame.left, frame.left + frame.width], 8);
  const rows = models.map((text, k) => ({ value: k, text }));
  const y: Scale = { map: (k) => frame.top + ROW * (k + 0.5), ticks: rows.map(({ value }) => ({ value, text: '' })) };
  const names = rows.map(({ value, text }) =>
    label(left - 8, y.map(value) + 4, text, { 'font-size': 12, class: 'fill-ink', 'text-anchor': 'end' }),
  );
  const marks = points.flatMap((group, g) =>
    group.map(({ mean, deviation }, k) => {
      const at = y.map(k) + (groups.length > 1 ? 6 * (g - (groups.length - 1) / 2) : 0);
      const [from, to] = endsOf({ mean, deviation }).map(x.map);
      const colour = seriesColour(g);
      const d = `M${from.toFixed(2)},${at.toFixed(2)}H${to.toFixed(2)}`;
      return element(
        'g',
        {},
        tooltip(`${models[k]}${groups[g][0] ? `, ${groups[g][0]}` : ''}: ${spreadText({ mean, deviation })}`),
        element('path', { class: `stroke-${colour}`, 'stroke-width': 2, d }),
        element('circle', { class: `fill-${colour}`, cx: x.map(mean), cy: at, r: 4 }),
      );
    }),
  );
  const legendLeft = frame.left + frame.width - 120;
  const content = [
    label(24, 30, experiment.title, { 'font-size': 17, 'font-weight': 600, class: 'fill-ink' }),
    drawAxes(frame, x, y, { x: title, y: '' }),
    ...names,
    ...marks,
    ...(legend.length > 1 ? [drawLegend(legendLeft, 24, legend)] : []),
  ];
  const description = `${title} of ${models.length} models, mean and standard deviation over ${settings.seeds.length} seeds.`;
  return svgDocument(
    { width: 680, height: frame.top + frame.height + 56, title: experiment.title, description, content },
    {},
  );
}
