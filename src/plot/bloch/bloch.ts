import { gates } from '../../../circuits/gates.js';
import { multipleOfPi } from '../../../circuits/text/multipleOfPi.js';
import { checkAllFinite } from '../../foundation/checks.js';
import { DaruanError, expected } from '../../foundation/errors.js';
import type { BlochPath, BlochStep } from '../../simulate/blochPath.js';
import { checkSize, checkText } from '../checks.js';
import { element, label, round, tooltip } from '../markup.js';
import { widthOf } from '../names.js';
import { shortNumber } from '../numbers.js';
import { type Colour, checkPictureOptions, type PictureOptions, svgDocument } from '../theme.js';
import { type Box, freePlace } from './labels.js';
import { pieces, type View, viewFrom } from './view.js';

export interface BlochOptions extends PictureOptions {
  readonly title?: string;
  /** Pixels. Default 720 × 480; below 520 the list of gates stands under the sphere. */
  readonly width?: number;
  readonly height?: number;
}

const WHERE = 'blochSvg';
/** More gates than this are not listed by name. */
const MAX_LISTED = 18;

/** Colours and dashes as in circuits: what data turn, what is trained, what is fixed. */
const styles: Readonly<
  Record<BlochStep['role'], { readonly colour: Colour; readonly name: string; readonly dashes?: string }>
> = {
  data: { colour: 'series1', name: 'by data' },
  trainable: { colour: 'series0', name: 'by parameters', dashes: '7 3' },
  fixed: { colour: 'ink', name: 'fixed', dashes: '2 3' },
};

/**
 * The way of a qubit through a circuit on the Bloch sphere, as SVG: an arc for each gate, numbered where it ends; from
 * |0⟩, a ring, to an arrow at the end. Arcs by data, by parameters and by fixed gates differ in colour and in dashes; what
 * lies behind the sphere is faint.
 *
 * @param path  as `blochPath` returns it
 * @returns a whole SVG document; the same input gives the same text
 * @throws if a point is not finite or lies outside of the sphere
 * @example blochSvg(blochPath(circuit({ numQubits: 1, operations: [op('h', [0]), op('rz', [0], 'x')] }), { x: 1 }))
 */
export function blochSvg(path: BlochPath, options: BlochOptions = {}): string {
  check(path, options);
  const { title, width = 720 } = options;
  const { steps } = path;
  const listed = steps.slice(0, MAX_LISTED);
  const beside = width >= 520;
  const list = beside ? 0 : 18 * Math.ceil(listed.length / 2) + 84;
  const height = options.height ?? (beside ? Math.max(480, 18 * listed.length + 130) : width - 10 + list);
  const top = title ? 46 : 10;
  const room = { width: beside ? width - 200 : width, height: height - list - top };
  const radius = Math.max(40, Math.min(room.width / 2 - 56, room.height / 2 - 40));
  const centre = { x: room.width / 2, y: top + room.height / 2, radius };
  const view = viewFrom(centre);
  const roles = (['data', 'trainable', 'fixed'] as const).filter((role) => steps.some((step) => step.role === role));
  const place = beside ? { x: width - 190, y: top + 34 } : { x: 24, y: height - list + 8 };
  const content = [
    ...(title ? [label(24, 32, title, { 'font-size': 17, 'font-weight': 600, class: 'fill-ink' })] : []),
    drawSphere(view, centre),
    element('g', { class: 'path' }, `\n${steps.map((step, k) => drawArc(step, k, view)).join('\n')}\n`),
    drawEnds(steps, view, centre),
    drawKey(roles, place),
    drawList(listed, steps.length, { ...place, y: place.y + 18 * roles.length + 16 }, beside ? 1 : 2, width),
  ];
  const end = endOf(steps);
  const description = `The Bloch vector of a qubit from |0⟩ through ${steps.length} gates: ${listed.map(gateText).join(', ')}. It ends at x = ${shortNumber(end[0])}, y = ${shortNumber(end[1])}, z = ${shortNumber(end[2])}.`;
  return svgDocument({ width, height, title: title ?? 'Path on the Bloch sphere', description, content }, options);
}

/** Outline, equator, two meridians, and the axes with their states, in the view of `viewFrom(centre)`. */
export function drawSphere(view: View, { x, y, radius }: { x: number; y: number; radius: number }): string {
  const turn = Array.from({ length: 73 }, (_, k) => (2 * Math.PI * k) / 72);
  const circles = [
    turn.map((t) => view(Math.cos(t), Math.sin(t), 0)),
    turn.map((t) => view(Math.cos(t), 0, Math.sin(t))),
    turn.map((t) => view(0, Math.cos(t), Math.sin(t))),
  ];
  const lines = circles.flatMap((points) =>
    pieces(points).map(({ front, d }) =>
      element('path', { class: 'stroke-faint', fill: 'none', 'stroke-dasharray': front ? undefined : '2 4', d }),
    ),
  );
  const axes = (
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ] as const
  ).map(([ax, ay, az]) => {
    const [from, to] = [view(-ax, -ay, -az), view(ax, ay, az)];
    return element('path', {
      class: 'stroke-faint',
      d: `M${round(from.x)},${round(from.y)}L${round(to.x)},${round(to.y)}`,
    });
  });
  const states = stateLabels(view, radius).map(({ x: at, y: height, text }) =>
    label(at, height, text, { 'font-size': 13, 'text-anchor': 'middle', class: 'fill-muted' }),
  );
  const outline = element('circle', { class: 'stroke-muted', fill: 'none', cx: x, cy: y, r: radius });
  return element('g', { class: 'sphere' }, outline, ...lines, ...axes, ...states);
}

/** The names of four states, each a little beyond its point as seen from the centre. */
function stateLabels(view: View, radius: number): { x: number; y: number; text: string }[] {
  const places = [
    { at: view(0, 0, 1 + 24 / radius), text: '|0⟩' },
    { at: view(0, 0, -1 - 20 / radius), text: '|1⟩' },
    { at: view(1, 0, 0), text: '|+⟩, x', dx: -26, dy: 14 },
    { at: view(0, 1, 0), text: '|+i⟩, y', dx: radius * 0.16 + 24, dy: 4 },
  ];
  return places.map(({ at, text, dx = 0, dy = 0 }) => ({ x: at.x + dx, y: at.y + dy + 5, text }));
}

const point = (points: Float64Array, k: number): [number, number, number] => [
  points[3 * k],
  points[3 * k + 1],
  points[3 * k + 2],
];

function drawArc(step: BlochStep, k: number, view: View): string {
  const { colour, dashes } = styles[step.role];
  const seen = Array.from({ length: step.points.length / 3 }, (_, p) => view(...point(step.points, p)));
  const drawn = pieces(seen).map(({ front, d }) =>
    element('path', {
      class: `stroke-${colour}`,
      'stroke-width': front ? 2.4 : 1.6,
      'stroke-opacity': front ? undefined : 0.5,
      'stroke-dasharray': dashes,
      'stroke-linejoin': 'round',
      fill: 'none',
      d,
    }),
  );
  return element('g', { class: 'arc' }, tooltip(`${k + 1}. ${gateText(step)}`), ...drawn);
}

/** Where gates end, their numbers, and the arrow to the last point. */
function drawEnds(steps: readonly BlochStep[], view: View, centre: { x: number; y: number; radius: number }): string {
  const start = view(0, 0, 1);
  const last = view(...endOf(steps));
  const ring = element('circle', {
    class: 'fill-background stroke-ink',
    'stroke-width': 1.6,
    cx: start.x,
    cy: start.y,
    r: 4.5,
  });
  const arrow = element('path', {
    class: 'stroke-ink',
    'stroke-width': 1.4,
    d: `M${round(centre.x)},${round(centre.y)}L${round(last.x)},${round(last.y)}`,
  });
  // Several gates that end in one place share a label.
  const marks: { x: number; y: number; numbers: number[]; role: BlochStep['role'] }[] = [];
  for (const [k, { points, role }] of steps.entries()) {
    const { x, y } = view(...point(points, points.length / 3 - 1));
    const near = marks.find((mark) => Math.hypot(mark.x - x, mark.y - y) < 12);
    if (near) near.numbers.push(k + 1);
    else marks.push({ x, y, numbers: [k + 1], role });
  }
  // Each label goes where it covers least of what is there already, outwards if it can.
  const taken: Box[] = [
    ...marks.map(({ x, y }) => ({ x, y, width: 10, height: 10 })),
    ...stateLabels(view, centre.radius).map(({ x, y, text }) => ({
      x,
      y: y - 5,
      width: widthOf(text, 13),
      height: 14,
    })),
  ];
  const numbers = marks.map(({ x, y, numbers: list, role }) => {
    const text = list.length > 3 ? `${list[0]} … ${list[list.length - 1]}` : list.join(', ');
    const place = freePlace({ x, y }, widthOf(text, 12), Math.atan2(y - centre.y, x - centre.x), taken);
    taken.push(place);
    const dot = element('circle', { class: `fill-${styles[role].colour}`, cx: x, cy: y, r: 3 });
    const style = {
      'font-size': 12,
      'text-anchor': 'middle',
      class: 'fill-ink stroke-background',
      'stroke-width': 3,
      'paint-order': 'stroke',
    };
    return dot + label(place.x, place.y + 4, text, style);
  });
  const tip = element('circle', { class: 'fill-ink', cx: last.x, cy: last.y, r: 4.5 });
  return element('g', { class: 'ends' }, arrow, ring, ...numbers, tip);
}

function drawKey(roles: readonly BlochStep['role'][], { x, y }: { x: number; y: number }): string {
  const entries = roles.map((role, k) => {
    const { colour, name, dashes } = styles[role];
    const d = `M${round(x)},${round(y + 18 * k)}h24`;
    return (
      element('path', { class: `stroke-${colour}`, 'stroke-width': 2.4, 'stroke-dasharray': dashes, d }) +
      label(x + 32, y + 18 * k + 4, name, { 'font-size': 12, class: 'fill-ink' })
    );
  });
  return element('g', { class: 'legend' }, ...entries);
}

function drawList(
  steps: readonly BlochStep[],
  count: number,
  { x, y }: { x: number; y: number },
  columns: number,
  width: number,
): string {
  const rows = Math.ceil(steps.length / columns);
  const texts = steps.map((step, k) => {
    const at = { x: x + Math.floor(k / rows) * ((width - 2 * x) / columns), y: y + 18 * (k % rows) };
    return label(at.x, at.y, `${k + 1}  ${gateText(step)}`, { 'font-size': 12, class: 'fill-ink' });
  });
  const more =
    count > steps.length
      ? label(x, y + 18 * rows, `and ${count - steps.length} more`, { 'font-size': 12, class: 'fill-muted' })
      : '';
  return element('g', { class: 'gates' }, ...texts, more);
}

/** The gate as drawings of circuits write it, angles in radians. */
function gateText({ gate, angles }: BlochStep): string {
  const name = Object.hasOwn(gates, gate) ? gates[gate as keyof typeof gates].symbol : gate;
  const list = angles.map((angle) => multipleOfPi(angle, 'π')?.replace('-', '−') ?? shortNumber(angle));
  return list.length > 0 ? `${name}(${list.join(', ')})` : name;
}

function endOf(steps: readonly BlochStep[]): [number, number, number] {
  const last = steps[steps.length - 1];
  return last ? point(last.points, last.points.length / 3 - 1) : [0, 0, 1];
}

function check(path: BlochPath, options: BlochOptions): void {
  checkPictureOptions(WHERE, options);
  checkSize(WHERE, options, [280, 280]);
  checkText(WHERE, 'title', options.title);
  if (!Array.isArray(path?.steps)) throw expected(WHERE, 'a path { steps: [ … ] }', path, 'Make it with blochPath().');
  path.steps.forEach((step: BlochStep, k) => {
    const { points } = step ?? {};
    if (!(points?.length >= 6 && points.length % 3 === 0)) {
      throw expected(WHERE, `steps[${k}].points of shape [points, 3], two points at least`, points);
    }
    checkAllFinite(WHERE, `steps[${k}].points`, points);
    for (let p = 0; p < points.length / 3; p++) {
      const [x, y, z] = point(points, p);
      if (x * x + y * y + z * z <= 1 + 1e-6) continue;
      throw new DaruanError(
        WHERE,
        `point ${p} of step ${k} lies outside of the Bloch sphere`,
        'Its length is at most 1.',
      );
    }
  });
}
