import type { Role } from '../../../circuits/role.js';
import { element, label, round, tooltip } from '../markup.js';
import type { Colour } from '../theme.js';
import { drawRuns } from './angleText.js';
import { boxWidth, sizes } from './columns.js';
import type { DrawnStep, Mark } from './steps.js';

/** Data and what is trained differ in colour and in their corners. */
export const roleStyle: Readonly<Record<Role, { readonly colour: Colour; readonly radius: number }>> = {
  data: { colour: 'series1', radius: 12 },
  trainable: { colour: 'series0', radius: 3 },
  fixed: { colour: 'ink', radius: 3 },
};

/** A step around `x`; `y` gives the height of a line, the last one that of the bits. */
export function drawStep(step: DrawnStep, x: number, y: (line: number) => number, bitLine: number): string {
  const { colour } = roleStyle[step.role];
  const lines = [...step.marks].flatMap(([line, mark]) => [line, mark.kind === 'box' ? mark.last : line]);
  const [top, bottom] = [Math.min(...lines), Math.max(...lines)];
  const spine = `M${round(x)},${round(y(top))}V${round(y(bottom))}`;
  const link = step.marks.size > 1 ? element('path', { class: `stroke-${colour}`, 'stroke-width': 1.5, d: spine }) : '';
  const width = boxWidth(step);
  const marks = [...step.marks].map(([line, mark]) => drawMark(mark, x, y(line), y, width, step.role));
  const bits = step.bits ? drawBits(step.bits, x, y(bottom), y(bitLine)) : '';
  return element('g', { class: 'step' }, tooltip(step.description), bits, link, ...marks);
}

function drawMark(mark: Mark, x: number, at: number, y: (line: number) => number, width: number, role: Role): string {
  const { colour, radius } = roleStyle[role];
  switch (mark.kind) {
    case 'control':
      return element('circle', { class: `fill-${colour}`, cx: x, cy: at, r: 4.5 });
    case 'open':
      return ring(x, at, 4.5, colour);
    case 'plus':
      return ring(x, at, 9.5, colour) + stroke(`M${x - 9.5},${at}h19M${x},${at - 9.5}v19`, colour);
    case 'cross':
      return stroke(`M${x - 6},${at - 6}l12,12M${x - 6},${at + 6}l12,-12`, colour);
    case 'reset':
      return box(x, at - 15, 34, 30, 3, colour) + centred(x, at + 5, '|0⟩', sizes.name);
    case 'measure':
      return (
        box(x, at - 15, 34, 30, 3, colour) +
        stroke(`M${x - 10},${at + 7}a10,10 0 0 1 20,0M${x},${at + 7}l8,-14`, colour)
      );
    case 'box': {
      const height = mark.angles.length > 0 ? sizes.boxHeight : sizes.plainHeight;
      const [top, bottom] = [at - height / 2, y(mark.last) + height / 2];
      const middle = (top + bottom) / 2;
      const name = centred(x, mark.angles.length > 0 ? middle - 2 : middle + 5, mark.name, sizes.name);
      const angles = drawRuns(x, middle + 12, mark.angles, sizes.angles, {
        'text-anchor': 'middle',
        class: 'fill-ink',
      });
      return box(x, top, width, bottom - top, radius, colour) + name + (mark.angles.length > 0 ? angles : '');
    }
  }
}

const ring = (x: number, y: number, r: number, colour: Colour): string =>
  element('circle', { class: `fill-background stroke-${colour}`, 'stroke-width': 1.5, cx: x, cy: y, r });

/** Path data of single numbers and letters, rounded. */
const stroke = (d: string, colour: Colour): string =>
  element('path', {
    class: `stroke-${colour}`,
    'stroke-width': 1.5,
    fill: 'none',
    d: d.replace(/-?\d+\.\d+/g, (number) => String(round(Number(number)))),
  });

/** A box that hides the wire behind it, with a tint of its colour. */
function box(x: number, top: number, width: number, height: number, radius: number, colour: Colour): string {
  const place = { x: x - width / 2, y: top, width, height, rx: radius };
  return (
    element('rect', { ...place, class: 'fill-background' }) +
    element('rect', {
      ...place,
      class: `fill-${colour} stroke-${colour}`,
      'fill-opacity': colour === 'ink' ? 0.04 : 0.13,
      'stroke-width': 1.4,
    })
  );
}

const centred = (x: number, y: number, text: string, size: number): string =>
  label(x, y, text, { 'font-size': size, 'text-anchor': 'middle', class: 'fill-ink' });

/** The double line between a step and the bits: an arrow where it writes one, a point where it reads them. */
function drawBits({ text, kind }: NonNullable<DrawnStep['bits']>, x: number, from: number, to: number): string {
  const double = (side: number): string => `M${x + side},${from}V${to - (kind === 'writes' ? 7 : 0)}`;
  const end =
    kind === 'writes'
      ? element('path', { class: 'fill-muted', d: `M${round(x - 5)},${round(to - 8)}h10l-5,8z` })
      : element('circle', { class: 'fill-muted', cx: x, cy: to, r: 4 });
  const name = label(x, to + 16, text, { 'font-size': sizes.bits, 'text-anchor': 'middle', class: 'fill-muted' });
  return stroke(double(-1.5) + double(1.5), 'muted').replace('stroke-width="1.5"', 'stroke-width="1"') + end + name;
}
