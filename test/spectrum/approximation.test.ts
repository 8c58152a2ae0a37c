import { describe, expect, it } from 'vitest';
import { ansatze } from '../../circuits/ansatz/table.js';
import { planActivation } from '../../src/activation/plan.js';
import { activationSpectrum } from '../../src/spectrum/activation.js';
import { approximationNumbers, truncationError } from '../../src/spectrum/approximation.js';
import { drawParameters } from '../../src/spectrum/draws.js';
import { evaluateSpectrum } from '../../src/spectrum/evaluate.js';
import { recordSpectra } from '../../src/spectrum/history.js';
import { sampledSpectrum } from '../../src/spectrum/sampled.js';
import type { Spectrum } from '../../src/spectrum/spectrum.js';
import { coefficientStatistics } from '../../src/spectrum/statistics.js';

/** |sin x|³, of which the second derivative is continuous; its tail beyond the degree is small and known to leak. */
const smooth = sampledSpectrum((x) => x.map((t) => Math.abs(Math.sin(t)) ** 3), [300], { onAliasing: 'report' });

/** What is left of a series without its frequencies up to K. */
const tail = (target: Spectrum, K: number): Spectrum => ({
  ...target,
  coefficients: target.coefficients.map((c, at) => (target.frequencies[at >> 1] <= K ? 0 : c)),
});

describe('Errors from coefficients', () => {
  it.each([0, 1, 2])('hold the largest error of the truncated series, up to derivative %i', (order) => {
    const points = Float64Array.from({ length: 500 }, (_, k) => (2 * Math.PI * k) / 500);
    for (const K of [2, 6, 14]) {
      const { lower, upper } = truncationError(smooth, K, order);
      const largest = Math.max(
        ...Array.from({ length: order + 1 }, (_, j) =>
          evaluateSpectrum(tail(smooth, K), points, [j]).reduce((most, value) => Math.max(most, Math.abs(value)), 0),
        ),
      );
      expect(largest).toBeLessThanOrEqual(upper * (1 + 1e-12));
      expect(largest).toBeGreaterThanOrEqual(lower);
    }
  });

  it('are 0 from the bandwidth of the target on', () => {
    expect(truncationError(smooth, 300, 2)).toEqual({ lower: 0, upper: 0 });
  });
});

describe('The exponential claim', () => {
  const table = approximationNumbers(smooth, [1, 2, 3, 4]);
  it('is one of bandwidth: 2^r − 1 and (3^r − 1)/2, where weights 1 give r', () => {
    const of = (base: number) => table.filter((row) => row.base === base).map(({ bandwidth }) => bandwidth);
    expect([of(1), of(2), of(3)]).toEqual([
      [1, 2, 3, 4],
      [1, 3, 7, 15],
      [1, 4, 13, 40],
    ]);
  });

  it('is not one of freedom, which is 3r + 1 whatever the weights', () => {
    expect(table.map(({ reps, freedom }) => freedom - 3 * reps)).toEqual(table.map(() => 1));
    const [row] = approximationNumbers(smooth, [4], [3]);
    expect([row.coefficients, row.freedom]).toEqual([81, 13]);
    expect(row.bandwidthError.upper).toBeLessThan(row.freedomError.lower);
    expect(row.freedomError).toEqual(truncationError(smooth, 6));
  });
});

describe('Statistics', () => {
  it('of pz with r = 1 are those of its closed form', () => {
    const plan = planActivation(ansatze.pz.circuit(1));
    const spectrum = activationSpectrum(plan, drawParameters(plan.parameters, 20_000, 11), 20_000);
    const { mean, variance, magnitude, quantiles, samples } = coefficientStatistics(spectrum);
    // c_0 = −cos d cos a sin b: E c_0² = 1/8; |c_1| has E|c_1|² = (E cos²a cos²b + E sin²a)/8 = 3/32.
    expect(samples).toBe(20_000);
    expect(Math.abs(variance[0] - 1 / 8)).toBeLessThan(6 * Math.sqrt((27 / 512 - 1 / 64) / 20_000));
    expect(Math.abs(variance[1] - 3 / 32)).toBeLessThan(0.005);
    expect(Math.hypot(mean[0], mean[2], mean[3])).toBeLessThan(0.02);
    expect(quantiles[0]).toBeGreaterThanOrEqual(0);
    expect(quantiles[9]).toBeLessThanOrEqual(0.5);
    expect(magnitude[1]).toBeGreaterThan(quantiles[6]);
    expect(magnitude[1]).toBeLessThan(quantiles[8]);
  });

  it('of one, two and three draws are what they are by hand', () => {
    const of = (...values: number[]) =>
      coefficientStatistics(
        {
          variables: ['x'],
          frequencies: Float64Array.of(0),
          batch: values.length,
          coefficients: Float64Array.from(values.flatMap((v) => [v, 0])),
        },
        [0, 0.25, 1],
      );
    expect(of(-2)).toMatchObject({
      mean: Float64Array.of(-2, 0),
      variance: Float64Array.of(0),
      magnitude: Float64Array.of(2),
    });
    expect(of(1, -3)).toMatchObject({
      mean: Float64Array.of(-1, 0),
      variance: Float64Array.of(8),
      quantiles: Float64Array.of(1, 1.5, 3),
    });
    expect(of(1, 2, 3)).toMatchObject({ variance: Float64Array.of(1), quantiles: Float64Array.of(1, 1.5, 3) });
  });
});

describe('A recorder', () => {
  it('keeps the first step and every so many', () => {
    let w = 1;
    const plan = planActivation(ansatze.real.circuit(1));
    const { onStep, history } = recordSpectra(
      () =>
        activationSpectrum(
          plan,
          Float64Array.from(plan.parameters, (name) => (name === 'w_0' ? w : 0.5)),
        ),
      5,
    );
    for (let step = 1; step <= 11; step++) {
      onStep({ step });
      w += 0.1;
    }
    expect(history.steps).toEqual([1, 5, 10]);
    const highest = history.spectra.map(({ frequencies }) => Number(frequencies[1].toFixed(12)));
    expect(highest).toEqual([1, 1.4, 1.9]);
  });
});
