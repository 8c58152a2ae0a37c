import { checkFinite, checkLength } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';
import type { PlotCurve } from './networkPicture.js';

/** Differences and rounded ends of an axis must not overflow. */
const LARGEST = 1e300;

/** Throws unless `value` is finite, and so small that an axis around it is finite too. */
export function checkDrawable(where: string, name: string, value: unknown): void {
  checkFinite(where, name, value);
  if (Math.abs(value as number) > LARGEST) throw expected(where, `${name} within ±1e300 to be drawn`, value);
}

/** Throws unless `values` is a list of at least `minimum` numbers. */
export function checkNumbers(where: string, name: string, values: ArrayLike<number>, minimum: number): void {
  if (typeof values === 'string' || !(values?.length >= minimum)) {
    throw expected(where, `${name} as at least ${minimum} number${minimum === 1 ? '' : 's'}`, values);
  }
  for (let k = 0; k < values.length; k++) checkDrawable(where, `${name}[${k}]`, values[k]);
}

/** Throws unless a curve is a function of increasing x. */
export function checkCurve(where: string, name: string, curve: PlotCurve): void {
  if (typeof curve !== 'object' || curve === null) throw expected(where, `${name} as { x, y }`, curve);
  checkNumbers(where, `${name}.x`, curve.x, 2);
  checkLength(where, `${name}.y`, curve.y, curve.x.length, 'x');
  checkNumbers(where, `${name}.y`, curve.y, 2);
  for (let k = 1; k < curve.x.length; k++) {
    if (!(curve.x[k] > curve.x[k - 1])) {
      throw new DaruanError(where, `${name}.x does not increase at entry ${k}`, 'Sort the points by x, each x once.');
    }
  }
}

/** Throws unless `text` is a string, or undefined. */
export function checkText(where: string, name: string, text: unknown): void {
  if (text !== undefined && typeof text !== 'string') throw expected(where, `${name} to be a string`, text);
}

/** Throws unless `width` and `height`, where given, are at least so many pixels. */
export function checkSize(
  where: string,
  options: { readonly width?: number; readonly height?: number },
  least: readonly [width: number, height: number],
): void {
  (['width', 'height'] as const).forEach((name, k) => {
    const pixels = options[name];
    if (pixels === undefined) return;
    checkFinite(where, name, pixels);
    if (pixels < least[k]) throw expected(where, `${name} of at least ${least[k]} pixels`, pixels);
  });
}
