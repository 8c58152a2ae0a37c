import { scaleLinear } from 'd3-scale';
import { curveBumpY, line, link } from 'd3-shape';
import { element, label, round, tooltip } from './markup.js';

import type { Place } from './networkLayout.js';
import type { PlotCurve } from './networkPicture.js';
import { range, shortNumber } from './numbers.js';
import type { Colour } from './theme.js';

/** An edge with all that is drawn of it. */
export interface Edge {
  readonly curve: PlotCurve;
  readonly importance: number;
  /** Importance relative to the greatest of the layer, 0 … 1. */
  readonly strength: number;
  readonly name: string;
  readonly colour: Colour;
  readonly from: Place;
  readonly to: Place;
  /** Centre of its box, if it has one. */
  readonly box?: Place;
}

/** From this side on a box has its vertical range beside it. */
const LABELLED_BOX = 34;

/** An edge that was removed: its activation is zero everywhere. */
export function isRemoved({ y }: PlotCurve): boolean {
  return Array.prototype.every.call(y, (value) => value === 0);
}

const bump = link<{ source: Place; target: Place }, Place>(curveBumpY)
  .x(({ x }) => round(x))
  .y(({ y }) => round(y));
const connect = (source: Place, target: Place): string => bump({ source, target }) ?? '';

const stroke = ({ strength, colour }: Edge, floor: number): Record<string, string | number> => ({
  class: `stroke-${colour}`,
  'stroke-width': 0.6 + 1.9 * strength,
  'stroke-opacity': floor + (1 - floor) * strength,
});
const FAINT = { class: 'stroke-faint', 'stroke-width': 0.8, 'stroke-dasharray': '2 3' };

function describe({ name, curve: { x }, importance }: Edge, [low, high]: readonly [number, number]): string {
  return `${name}: x ${range(x[0], x[x.length - 1])}, φ ${range(low, high)}, importance ${shortNumber(importance)}`;
}

/** An edge without a box: one line from node to node. */
export function drawLine(edge: Edge): string {
  const removed = isRemoved(edge.curve);
  const path = element('path', { d: connect(edge.from, edge.to), ...(removed ? FAINT : stroke(edge, 0.08)) });
  const text = removed ? `${edge.name}: removed` : `${edge.name}: importance ${shortNumber(edge.importance)}`;
  return element('g', { class: 'edge' }, tooltip(text), path);
}

/** An edge through a box with its curve, its values between `low` and `high`. */
export function drawEdge(edge: Edge, side: number, [low, high]: readonly [number, number]): string {
  const { curve, from, to } = edge;
  const { x, y } = edge.box ?? from;
  const [left, top, half] = [x - side / 2, y - side / 2, side / 2];
  const removed = isRemoved(curve);
  const lines = [connect(from, { x, y: y + half }), connect({ x, y: y - half }, to)].join('');
  const attributes = { x: left, y: top, width: side, height: side, rx: 3, class: 'box fill-background stroke-faint' };
  if (removed) {
    const box = element('rect', { ...attributes, 'stroke-width': 0.8, 'stroke-dasharray': '2 3' });
    return element(
      'g',
      { class: 'edge' },
      tooltip(`${edge.name}: removed`),
      element('path', { d: lines, ...FAINT }),
      box,
    );
  }
  const inset = Math.max(2.5, side * 0.07);
  const across = scaleLinear([curve.x[0], curve.x[curve.x.length - 1]], [left + inset, left + side - inset]);
  const up = scaleLinear(flatten(low, high), [top + side - inset, top + inset]);
  const points = Array.from(curve.x, (value, k): [number, number] => [round(across(value)), round(up(curve.y[k]))]);
  const zero =
    low < 0 && high > 0
      ? [element('path', { class: 'stroke-faint', 'stroke-width': 0.7, d: `M${round(left)},${round(up(0))}h${side}` })]
      : [];
  const drawn = {
    ...stroke(edge, 0.45),
    'stroke-width': side < LABELLED_BOX ? 1.4 : 1.8,
    'stroke-linejoin': 'round',
    'stroke-linecap': 'round',
  };
  return element(
    'g',
    { class: 'edge' },
    tooltip(describe(edge, [low, high])),
    element('path', { d: lines, ...stroke(edge, 0.14) }),
    element('rect', { ...attributes, 'stroke-width': 1 }),
    ...zero,
    element('path', { ...drawn, d: line()(points) ?? '' }),
    ...(side >= LABELLED_BOX ? ends(left - 3, top, side, low, high) : []),
  );
}

/** A constant is drawn through the middle of its box, and rounding errors are not drawn at all. */
function flatten(low: number, high: number): [number, number] {
  const least = 1e-6 * Math.max(Math.abs(low), Math.abs(high));
  return high - low > least ? [low, high] : [low - 1, high + 1];
}

/** The ends of the vertical axis, left of the box. */
function ends(x: number, top: number, side: number, low: number, high: number): string[] {
  const style = { 'text-anchor': 'end', 'font-size': 8, class: 'fill-muted' };
  if (high - low <= 1e-6 * Math.max(Math.abs(low), Math.abs(high))) {
    return [label(x, top + side / 2 + 3, shortNumber(high, 2), style)];
  }
  return [label(x, top + 7, shortNumber(high, 2), style), label(x, top + side, shortNumber(low, 2), style)];
}
