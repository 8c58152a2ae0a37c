import { expected } from '../foundation/errors.js';
import { checkSpectrum } from './evaluate.js';
import type { CoefficientStatistics, Spectrum } from './spectrum.js';

const LEVELS = [0, 0.25, 0.5, 0.75, 1];

/**
 * How each coefficient of a spectrum is distributed over its draws: mean and variance of c, mean and quantiles of |c|.
 *
 * @param levels  of the quantiles, in [0, 1]; between two draws quantiles are linear
 * @throws if a level is outside [0, 1]
 * Cost: frequencies · batch · log batch.
 * @example
 * const plan = planActivation(ansatze.pz.circuit(2));
 * const draws = drawParameters(plan.parameters, 1000, 7);
 * coefficientStatistics(activationSpectrum(plan, draws, 1000)).variance; // of c_0, c_1, c_2
 */
export function coefficientStatistics(spectrum: Spectrum, levels: readonly number[] = LEVELS): CoefficientStatistics {
  const where = 'coefficientStatistics';
  checkSpectrum(where, spectrum);
  const { variables, frequencies, batch, coefficients } = spectrum;
  if (!Array.isArray(levels) || !levels.every((level) => level >= 0 && level <= 1)) {
    throw expected(where, 'levels in [0, 1]', levels);
  }
  const count = frequencies.length / variables.length;
  const mean = new Float64Array(2 * count);
  const variance = new Float64Array(count);
  const magnitude = new Float64Array(count);
  const quantiles = new Float64Array(count * levels.length);
  for (let k = 0; k < count; k++) {
    const part = (offset: number): Float64Array =>
      Float64Array.from({ length: batch }, (_, b) => coefficients[2 * (b * count + k) + offset]);
    const [re, im] = [part(0), part(1)];
    mean[2 * k] = average(re);
    mean[2 * k + 1] = average(im);
    if (batch > 1) {
      const squares = re.map((x, b) => (x - mean[2 * k]) ** 2 + (im[b] - mean[2 * k + 1]) ** 2);
      variance[k] = (average(squares) * batch) / (batch - 1);
    }
    const sizes = re.map((x, b) => Math.hypot(x, im[b])).sort();
    magnitude[k] = average(sizes);
    levels.forEach((level, l) => {
      quantiles[k * levels.length + l] = quantile(sizes, level);
    });
  }
  return { variables, frequencies, samples: batch, mean, variance, magnitude, quantiles, levels };
}

const average = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Of ascending numbers. */
function quantile(sorted: Float64Array, level: number): number {
  const place = level * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
