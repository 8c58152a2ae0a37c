import { checkChoice, checkLength } from '../../foundation/checks.js';
import { DaruanError, expected } from '../../foundation/errors.js';
import type { Spectrum } from '../../spectrum/spectrum.js';
import { checkDrawable, checkNumbers, checkSize, checkText } from '../checks.js';
import { checkPictureOptions, type PictureOptions } from '../theme.js';
import type { ScaleName } from '../ticks.js';

export type SpectrumKind = 'bar' | 'violin' | 'radial';

export interface SpectrumOptions extends PictureOptions {
  /**
   * Bars of |c_ω| with the range over all draws (default); violins of the distribution of its real and imaginary parts;
   * or |c_ω| on spokes around a centre.
   */
  readonly kind?: SpectrumKind;
  /** Of bars. Default `'linear'`. */
  readonly verticalScale?: ScaleName;
  readonly title?: string;
  /** What the axis of frequencies is called, unit included. Default `'frequency ω in x'`, after the variable. */
  readonly xName?: string;
  /** Pixels. Default 720 × 420, 560 × 560 radial. */
  readonly width?: number;
  readonly height?: number;
}

/** Quantiles of |c| over the draws. */
export interface Range {
  readonly low: number;
  readonly quarter: number;
  readonly median: number;
  readonly threeQuarters: number;
  readonly high: number;
}

/** Quantiles of numbers by linear interpolation between the two nearest. */
export function rangeOf(values: Float64Array): Range {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    const above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  };
  return { low: at(0), quarter: at(0.25), median: at(0.5), threeQuarters: at(0.75), high: at(1) };
}

/** One part of coefficient k over the draws. */
export function column(
  { batch, coefficients, frequencies }: Spectrum,
  k: number,
  part: 're' | 'im' | 'abs',
): Float64Array {
  return Float64Array.from({ length: batch }, (_, b) => {
    const at = 2 * (b * frequencies.length + k);
    const [re, im] = [coefficients[at], coefficients[at + 1]];
    return part === 're' ? re : part === 'im' ? im : Math.hypot(re, im);
  });
}

/** Throws unless a spectrum can be drawn: finite, its frequencies in one variable and increasing. */
export function checkSpectrum(where: string, name: string, spectrum: Spectrum): void {
  const { variables, frequencies, batch, coefficients } = spectrum ?? {};
  if (!Array.isArray(variables) || !frequencies || !coefficients) {
    throw expected(where, `${name} as { variables, frequencies, batch, coefficients }`, spectrum);
  }
  if (variables.length !== 1) {
    throw expected(where, `${name} in one variable`, variables, 'Keep the others at a value, or draw them one by one.');
  }
  checkNumbers(where, `${name}.frequencies`, frequencies, 1);
  for (let k = 1; k < frequencies.length; k++) {
    if (frequencies[k] > frequencies[k - 1]) continue;
    throw new DaruanError(where, `${name}.frequencies do not increase at entry ${k}`, 'Sort them, each once.');
  }
  if (!(Number.isInteger(batch) && batch >= 1)) throw expected(where, `${name}.batch to be an integer ≥ 1`, batch);
  const shape = `[batch, frequencies, 2] = [${batch}, ${frequencies.length}, 2]`;
  checkLength(where, `${name}.coefficients`, coefficients, batch * frequencies.length * 2, shape);
  for (let k = 0; k < coefficients.length; k++) checkDrawable(where, `${name}.coefficients[${k}]`, coefficients[k]);
}

/** Throws unless the options of a spectrum's picture are sound. */
export function checkSpectrumOptions(where: string, options: SpectrumOptions): void {
  checkPictureOptions(where, options);
  checkSize(where, options, [240, 240]);
  checkText(where, 'title', options.title);
  checkText(where, 'xName', options.xName);
  checkChoice(where, 'kind', options.kind ?? 'bar', ['bar', 'violin', 'radial']);
  checkChoice(where, 'verticalScale', options.verticalScale ?? 'linear', ['linear', 'log']);
}

/** "1 draw", "500 draws". */
export const draws = (batch: number): string => (batch === 1 ? '1 draw' : `${batch.toLocaleString('en-US')} draws`);
