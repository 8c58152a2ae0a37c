import { round } from '../markup.js';

/** A point on the page, and how far it lies towards the reader: below 0 it is behind the middle of the sphere. */
export interface Seen {
  readonly x: number;
  readonly y: number;
  readonly depth: number;
}

/** Sees Bloch vectors from afar: x to the lower left, y to the right, z upwards. */
export type View = (x: number, y: number, z: number) => Seen;

/** The direction that one looks from, radians: around z from the x axis, and above the equator. */
const [AZIMUTH, ELEVATION] = [(32 * Math.PI) / 180, (18 * Math.PI) / 180];

/** Parallel projection onto a disc. */
export function viewFrom(centre: { readonly x: number; readonly y: number; readonly radius: number }): View {
  const [ca, sa, ce, se] = [Math.cos(AZIMUTH), Math.sin(AZIMUTH), Math.cos(ELEVATION), Math.sin(ELEVATION)];
  return (x, y, z) => ({
    x: centre.x + centre.radius * (ca * y - sa * x),
    y: centre.y - centre.radius * (ce * z - se * (ca * x + sa * y)),
    depth: ce * (ca * x + sa * y) + se * z,
  });
}

/** A curve on the sphere in pieces, each in front or behind. */
export function pieces(points: readonly Seen[]): { readonly front: boolean; readonly d: string }[] {
  const found: { front: boolean; points: Seen[] }[] = [];
  for (const [k, point] of points.entries()) {
    if (k === 0) continue;
    const front = (point.depth + points[k - 1].depth) / 2 >= 0;
    const last = found[found.length - 1];
    if (last?.front === front) last.points.push(point);
    else found.push({ front, points: [points[k - 1], point] });
  }
  return found.map(({ front, points: held }) => ({ front, d: pathOf(held) }));
}

const pathOf = (points: readonly Seen[]): string =>
  points.map(({ x, y }, k) => `${k === 0 ? 'M' : 'L'}${round(x)},${round(y)}`).join('');
