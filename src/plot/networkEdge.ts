import { scaleLinear } from 'd3-scale';
import { curveBumpY, link } from 'd3-shape';
import { element, label, polyline, round, tooltip } from './markup.js';

import type { NetworkLayout, Place } from './networkLayout.js';
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
  // Straight and steeply fading, so that what matters stands out of thousands.
  const [d, fading] = [
    polyline([
      [edge.from.x, edge.from.y],
      [edge.to.x, edge.to.y],
    ]),
    edge.strength ** 3,
  ];
  const style = { ...stroke(edge, 0), 'stroke-width': 0.5 + 1.5 * fading, 'stroke-opacity': 0.06 + 0.94 * fading };
  const path = element('path', { d, ...(removed ? FAINT : style) });
  const text = removed ? `${edge.name}: removed` : `${edge.name}: importance ${shortNumber(edge.importance)}`;
  return element('g', { class: 'edge' }, tooltip(text), path);
}

/** An edge through a box with its curve, its values between `low` and `high`. */
export function drawEdge(
  edge: Edge,
  { box: side, labelled }: NetworkLayout,
  [low, high]: readonly [number, number],
): string {
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
  const points = Array.from(curve.x, (value, k): [number, number] => [across(value), up(curve.y[k])]);
  const zero =
    low < 0 && high > 0
      ? [element('path', { class: 'stroke-faint', 'stroke-width': 0.7, d: `M${round(left)},${round(up(0))}h${side}` })]
      : [];
  const drawn = {
    ...stroke(edge, 0.55),
    'stroke-width': labelled ? 1.8 : 1.4,
    'stroke-linejoin': 'round',
    'stroke-linecap': 'round',
  };
  return element(
    'g',
    { class: 'edge' },
    tooltip(describe(edge, [low, high])),
    element('path', { d: lines, ...stroke(edge, 0.2) }),
    element('rect', { ...attributes, 'stroke-width': 1 }),
    ...zero,
    element('path', { ...drawn, d: polyline(points) }),
    ...(labelled ? ends(left - 3, top, side, low, high) : []),
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
