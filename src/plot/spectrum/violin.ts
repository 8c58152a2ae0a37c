import { area, curveMonotoneY } from 'd3-shape';
import { DaruanError } from '../../foundation/errors.js';
import type { Spectrum } from '../../spectrum/spectrum.js';
import { drawAxes, type Frame } from '../axes.js';
import { element, round, tooltip } from '../markup.js';
import { extent, range, shortNumber } from '../numbers.js';
import { linearScale } from '../ticks.js';
import { density } from './density.js';
import { frequencyAxis } from './frequencyAxis.js';
import { column, rangeOf } from './picture.js';

/** Least room for a pair of half violins, pixels. */
const LEAST_ROOM = 10;

/** The sides of a violin: what is drawn to the left and to the right of its frequency. */
export const sides = [
  { part: 're', name: 'Re c(ω)', colour: 'series0', sign: -1 },
  { part: 'im', name: 'Im c(ω)', colour: 'series1', sign: 1 },
] as const;

/** At each frequency the densities of Re c, to the left, and Im c, to the right, each as wide as any; medians as lines. */
export function drawViolins(where: string, spectrum: Spectrum, frame: Frame, xName: string): string {
  const { frequencies, batch, coefficients } = spectrum;
  if (batch < 3) {
    throw new DaruanError(
      where,
      `violins show distributions, but there is ${batch === 1 ? 'one draw' : 'two draws'}`,
      "Use kind: 'bar'.",
    );
  }
  const { scale: across, room } = frequencyAxis(frequencies, frame);
  if (room < LEAST_ROOM) {
    const problem = `${frequencies.length} frequencies leave ${shortNumber(room, 2)} pixels for a violin, which needs ${LEAST_ROOM}`;
    throw new DaruanError(where, problem, "Use kind: 'bar', or a greater width.");
  }
  const [low, high] = extent(coefficients);
  const count = Math.max(2, Math.floor(frame.height / 44));
  const up = linearScale([Math.min(low, 0), Math.max(high, 0)], [frame.top + frame.height, frame.top], count);
  const half = Math.min(34, 0.44 * room);
  const violins = Array.from(frequencies, (frequency, k) => {
    const x = across.map(frequency);
    const halves = sides.map(({ part, colour, sign }) => {
      const values = column(spectrum, k, part);
      const median = up.map(rangeOf(values).median);
      const line = element('path', {
        class: `stroke-${colour}`,
        'stroke-width': 2,
        d: `M${round(x)},${round(median)}h${round(sign * half * 0.8)}`,
      });
      const points = density(values);
      if (points.length === 0) return line; // all draws are the same
      const outline = area<{ at: number; density: number }>()
        .x0(round(x))
        .x1(({ density: d }) => round(x + sign * half * d))
        .y(({ at }) => round(up.map(at)))
        .curve(curveMonotoneY)(points);
      const style = { class: `fill-${colour} stroke-${colour}`, 'fill-opacity': 0.28, 'stroke-width': 1.2 };
      return element('path', { ...style, d: rounded(outline ?? '') }) + line;
    });
    const [re, im] = sides.map(({ part }) => range(...extent(column(spectrum, k, part))));
    return element(
      'g',
      { class: 'violin' },
      tooltip(`ω = ${shortNumber(frequency)}: Re c ${re}, Im c ${im}`),
      ...halves,
    );
  });
  const zero = element('path', {
    class: 'stroke-muted',
    d: `M${round(frame.left)},${round(up.map(0))}h${round(frame.width)}`,
  });
  return drawAxes(frame, across, up, { x: xName, y: 'c(ω)' }) + zero + element('g', { class: 'violins' }, ...violins);
}

const rounded = (d: string): string => d.replace(/-?\d+\.\d+/g, (number) => String(round(Number(number))));
