import { extent } from '../numbers.js';
import { rangeOf } from './picture.js';

/** Values at which a density is evaluated, and bins that stand for the samples. */
const [NUM_POINTS, NUM_BINS] = [41, 256];

/**
 * A density of samples by Gaussian kernels of Silverman's width 0.9·min(σ, IQR/1.34)·n^(−1/5), relative to its greatest
 * value, between the least and the greatest sample. Empty where all samples are the same but for rounding.
 *
 * Cost: O(n log n), for the quartiles.
 * @see B. W. Silverman, Density Estimation for Statistics and Data Analysis (1986), eq. 3.31
 */
export function density(samples: Float64Array): { readonly at: number; readonly density: number }[] {
  const [low, high] = extent(samples);
  if (high - low <= 1e-12 * Math.max(1, Math.abs(low), Math.abs(high))) return [];
  const mean = samples.reduce((sum, value) => sum + value / samples.length, 0);
  const variance = samples.reduce((sum, value) => sum + (value - mean) ** 2 / samples.length, 0);
  const { quarter, threeQuarters } = rangeOf(samples);
  const spread = Math.min(Math.sqrt(variance), (threeQuarters - quarter) / 1.34) || Math.sqrt(variance);
  const width = Math.max(0.9 * spread * samples.length ** -0.2, (high - low) / NUM_POINTS);
  const bins = new Float64Array(NUM_BINS);
  for (const value of samples) bins[Math.min(NUM_BINS - 1, Math.floor(((value - low) / (high - low)) * NUM_BINS))]++;
  const points = Array.from({ length: NUM_POINTS }, (_, k) => {
    const at = low + ((high - low) * k) / (NUM_POINTS - 1);
    let sum = 0;
    for (let j = 0; j < NUM_BINS; j++) {
      const from = low + ((high - low) * (j + 0.5)) / NUM_BINS;
      if (bins[j] > 0) sum += bins[j] * Math.exp(-0.5 * ((at - from) / width) ** 2);
    }
    return { at, density: sum };
  });
  const most = Math.max(...points.map((point) => point.density));
  return points.map(({ at, density: value }) => ({ at, density: value / most }));
}
