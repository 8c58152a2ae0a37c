import { element } from './markup.js';
import { seriesColour } from './theme.js';

/** Outlines of the points of a series: circle, square, triangle, diamond, cross, triangle upside down. */
const SHAPES = [
  'm-4,0a4,4 0 1 0 8,0a4,4 0 1 0 -8,0z',
  'm-3.7,-3.7h7.4v7.4h-7.4z',
  'm0,-5l4.6,8h-9.2z',
  'm0,-5l4.4,5l-4.4,5l-4.4,-5z',
  'm-4.5,-1.4h3.1v-3.1h2.8v3.1h3.1v2.8h-3.1v3.1h-2.8v-3.1h-3.1z',
  'm0,5l4.6,-8h-9.2z',
] as const;

/** A point of series s < 6, told from others by colour and by shape. */
export const point = (s: number, x: number, y: number): string =>
  element('path', { class: `fill-${seriesColour(s)}`, d: `M${x.toFixed(2)},${y.toFixed(2)}${SHAPES[s]}` });
