/** A rectangle around (x, y). */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const HEIGHT = 14;

/** The place for a text of some width beside a point, of eight around it, that overlaps least; `angle` is tried first. */
export function freePlace(
  point: { readonly x: number; readonly y: number },
  width: number,
  angle: number,
  taken: readonly Box[],
): Box {
  const turns = [0, 1, -1, 2, -2, 3, -3, 4].map((k) => angle + (k * Math.PI) / 4);
  const places = turns.map((turn): Box => {
    const [x, y] = [point.x + (9 + width / 2) * Math.cos(turn), point.y + (8 + HEIGHT / 2) * Math.sin(turn)];
    return { x, y, width, height: HEIGHT };
  });
  const cost = (place: Box): number => taken.reduce((sum, other) => sum + overlap(place, other), 0);
  return places.reduce((best, place) => (cost(place) < cost(best) ? place : best));
}

function overlap(a: Box, b: Box): number {
  const side = (p: number, q: number, sizes: number): number => Math.max(0, sizes / 2 - Math.abs(p - q));
  return side(a.x, b.x, a.width + b.width) * side(a.y, b.y, a.height + b.height);
}
