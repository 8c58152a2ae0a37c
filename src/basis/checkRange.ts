import { expected } from '../foundation/errors.js';

/** Throws unless `range` is a pair of finite numbers, the lower first. */
export function checkRange(where: string, name: string, range: readonly [number, number]): void {
  const good = Array.isArray(range) && range.length === 2 && range.every(Number.isFinite) && range[0] < range[1];
  if (!good) throw expected(where, `${name} to be [low, high] with low < high`, range);
}
