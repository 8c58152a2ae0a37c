import { checkAllFinite, checkChoice, checkInteger, checkLength } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';
import { type Aliasing, findAliasing } from './aliasing.js';
import { gridCoefficients, gridNodes, halfLattice, sizeOf } from './grid.js';
import type { Spectrum } from './spectrum.js';

/** Any real function: its values at points of shape [points, variables]. */
export type SampledFunction = (points: Float64Array) => ArrayLike<number>;

export interface SampledSpectrumOptions {
  /** Names of the variables; x, or x1, x2, … by default. */
  readonly variables?: readonly string[];
  /** The period in each variable; 2π by default. */
  readonly periods?: readonly number[];
  /** What to do if the function has higher frequencies than it was said to have: an error, or only a report. */
  readonly onAliasing?: 'throw' | 'report';
  /** What |f − series| may be where there is no aliasing: rounding by default, shot noise where f is measured. */
  readonly tolerance?: number;
}

/** A spectrum with the result of its check. */
export interface SampledSpectrum extends Spectrum {
  readonly aliasing: Aliasing;
}

/**
 * The Fourier coefficients of any periodic function up to given degrees, from samples, with a check: the series is compared with
 * the function on a second grid whose sizes have no divisor in common with those of the first. A frequency beyond the
 * degrees looks like a lower one on either grid, but like the same one on both only from half the product of the sizes on.
 *
 * @param f        a function of points, shape [points, variables]; called once for each grid
 * @param degrees  the highest frequency in each variable, in units of 2π/period
 * @returns all integer frequencies up to the degrees, and the report of the check
 * @throws if frequencies beyond the degrees leak, unless `onAliasing` is 'report'; if f or an argument is not finite
 * Cost: Π(2d + 1) + Π(4d + 3) evaluations of f, and their transforms.
 * @example sampledSpectrum((x) => x.map((t) => Math.cos(2 * t)), [2]).coefficients; // 0, 0, 1/2
 */
export function sampledSpectrum(
  f: SampledFunction,
  degrees: readonly number[],
  options: SampledSpectrumOptions = {},
): SampledSpectrum {
  const where = 'sampledSpectrum';
  if (typeof f !== 'function') throw expected(where, 'a function of points', f);
  if (!Array.isArray(degrees) || degrees.length === 0) throw expected(where, 'degrees, one a variable', degrees);
  degrees.forEach((degree, v) => {
    checkInteger(where, `degrees[${v}]`, degree, 0, 4096);
  });
  const width = degrees.length;
  const variables = options.variables ?? (width === 1 ? ['x'] : degrees.map((_, v) => `x${v + 1}`));
  const periods = options.periods ?? degrees.map(() => 2 * Math.PI);
  const { onAliasing = 'throw', tolerance } = options;
  if (variables.length !== width) throw expected(where, `${width} variable(s), one a degree`, variables);
  checkLength(where, 'periods', periods, width, `[degrees ${width}]`);
  checkChoice(where, 'onAliasing', onAliasing, ['throw', 'report']);
  if (!periods.every((period) => period > 0 && Number.isFinite(period))) throw expected(where, 'periods > 0', periods);
  if (tolerance !== undefined && !(tolerance > 0)) throw expected(where, 'a tolerance > 0', tolerance);

  const sample = (shape: readonly number[]): Float64Array => {
    const values = f(gridNodes(shape, periods));
    checkLength(where, 'the values of the function', values, sizeOf(shape), `[points ${sizeOf(shape)}]`);
    checkAllFinite(where, 'f', values);
    return Float64Array.from(values);
  };
  const shape = degrees.map((degree) => 2 * degree + 1);
  const list = halfLattice(degrees);
  const coefficients = gridCoefficients(sample(shape), 1, shape, list);
  const frequencies = Float64Array.from(list, (k, at) => k * ((2 * Math.PI) / periods[at % width]));
  const spectrum: Spectrum = { variables, frequencies, batch: 1, coefficients };
  // 2N + 1 has no divisor in common with N, and room for the frequencies up to 2d + 1.
  const second = shape.map((length) => 2 * length + 1);
  const aliasing = findAliasing(spectrum, { shape, second, periods, values: sample(second) }, tolerance);
  if (aliasing.found && onAliasing === 'throw') {
    const [first] = aliasing.leaks;
    const guess = first ? `, at frequency ${first.frequency} for one` : '';
    throw new DaruanError(
      where,
      `the function has frequencies beyond the degrees [${degrees.join(', ')}]${guess}: on a second grid it is up to ${aliasing.residual.toExponential(1)} away from its series`,
      'Raise the degrees; or, if it is noise, the tolerance.',
    );
  }
  return { ...spectrum, aliasing };
}
