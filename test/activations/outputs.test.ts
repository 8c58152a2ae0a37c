import { describe, expect, it } from 'vitest';
import { alphaDropout, alphaDropoutMap } from '../../src/activations/alphaDropout.js';
import { sdm, sdmLoss } from '../../src/activations/sdm.js';
import { dkwBand, similarityDistance } from '../../src/activations/sdmNeighbours.js';
import { seluFunction } from '../../src/activations/selu.js';
import { afaLoss, topAFA } from '../../src/activations/topAFA.js';
import { Random } from '../../src/foundation/random.js';

const momentsOf = (values: Float64Array) => {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return [mean, values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length];
};
/** Central differences of a function of an array. */
const differences = (array: Float64Array, f: () => number) =>
  array.map((start, k) => {
    const at = (shift: number) => {
      array[k] = start + shift;
      const value = f();
      array[k] = start;
      return value;
    };
    return (at(1e-5) - at(-1e-5)) / 2e-5;
  });
const near = (got: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number) => {
  expect(got.length).toBe(wanted.length);
  Array.from(got).forEach((value, k) => {
    expect(Math.abs(value - wanted[k]), `entry ${k}`).toBeLessThan(tolerance);
  });
};

describe('Alpha dropout', () => {
  it.each([
    [0.05, 0.954844476, 0.0839355722],
    [0.1, 0.9212845161, 0.1619709701],
    [0.2, 0.8789035834, 0.3090399621],
    [0.5, 0.8864048947, 0.7791939305],
  ])('has the affine map of rate %s', (rate, a, b) => {
    const map = alphaDropoutMap(rate);
    near([map.a, map.b], [a, b], 6e-11);
  });

  it('keeps the mean 0 and the variance 1 of SELU’s outputs', () => {
    const random = new Random(4);
    const x = Float64Array.from({ length: 1_000_000 }, () => seluFunction.value(random.normal()));
    for (const [rate, count] of [
      [0.1, 1_000_000],
      [0.5, 100_000],
    ]) {
      const [mean, variance] = momentsOf(alphaDropout(x.subarray(0, count), rate, 5));
      const error = 1 / Math.sqrt(count); // the standard error of the mean
      expect(Math.abs(mean)).toBeLessThan(3 * error);
      expect(Math.abs(variance - 1)).toBeLessThan(10 * error);
    }
  });

  it('leaves all as it is at rate 0, and repeats itself for a seed', () => {
    const x = Float64Array.of(0.3, -1.2, 0.8);
    expect([...alphaDropout(x, 0, 1)]).toEqual([...x]);
    expect([...alphaDropout(x, 0.5, 1)]).toEqual([...alphaDropout(x, 0.5, 1)]);
  });
});

describe('SELU', () => {
  it('keeps mean and variance through 32 layers of 256 units', () => {
    const [width, batch, random] = [256, 8, new Random(8)];
    let x = Float64Array.from({ length: batch * width }, () => random.normal());
    for (let layer = 0; layer < 32; layer++) {
      const y = new Float64Array(batch * width);
      for (let o = 0; o < width; o++) {
        const row = Float64Array.from({ length: width }, () => random.normal(0, 1 / Math.sqrt(width)));
        for (let b = 0; b < batch; b++) {
          let z = 0;
          for (let i = 0; i < width; i++) z += row[i] * x[b * width + i];
          y[b * width + o] = seluFunction.value(z);
        }
      }
      x = y;
    }
    const [mean, variance] = momentsOf(x);
    expect(Math.abs(mean)).toBeLessThan(0.1);
    expect(variance).toBeGreaterThan(0.8);
    expect(variance).toBeLessThan(1.5);
  });
});

describe('The similarity-distance-magnitude activation', () => {
  const of = (q: number, d: number) => ({
    logits: Float64Array.of(2, 1, -1),
    classes: 3,
    similarity: Float64Array.of(q),
    distance: Float64Array.of(d),
  });

  it.each([
    [Math.E - 2, 1, [0.705384513, 0.25949646, 0.035119027]],
    [10, 0.8, [0.877539759, 0.120204799, 0.002255443]],
    [0, 1, [0.615384615, 0.307692308, 0.076923077]],
    [5, 0, [1 / 3, 1 / 3, 1 / 3]],
  ])('has its published values at q = %s, d = %s', (q, d, wanted) => near(sdm(of(q, d)), wanted, 6e-10));

  it('has a loss whose gradient is that of differences', () => {
    const input = {
      logits: Float64Array.of(2, 1, -1, 0.3, -0.4, 0.1),
      classes: 3,
      similarity: Float64Array.of(3, 0),
      distance: Float64Array.of(0.7, 0.2),
    };
    const { gradient } = sdmLoss(input, [1, 2]);
    near(
      gradient,
      differences(input.logits, () => sdmLoss(input, [1, 2]).value),
      1e-9,
    );
  });

  it('counts the neighbours that agree, and is sure near the data only', () => {
    // two clusters; the third row of the first is misclassified
    const reference = {
      exemplars: Float64Array.of(0, 0.1, 0.25, 0.45, 10, 10.1),
      width: 1,
      labels: [0, 0, 0, 0, 1, 1],
      predicted: [0, 0, 1, 0, 1, 1],
    };
    const { similarity, distance } = similarityDistance(reference, Float64Array.of(-0.05, 10.05, 5), [0, 1, 0]);
    expect([...similarity]).toEqual([2, 2, 1]);
    // distances to the nearest other row: 0.1, 0.1, 0.15, 0.2 and 0.1, 0.1
    expect([...distance]).toEqual([1, 1, 0]);
  });

  it('has the band of Dvoretzky, Kiefer and Wolfowitz', () => near([dkwBand(100, 0.05)], [0.13581], 5e-6));
});

describe('Top-AFA', () => {
  it('keeps as many activations as reach the norm of the input, whatever the rows beside', () => {
    const norms = Float64Array.of(1, 2, 1);
    // contributions 3, 4, 0.1: √9 = 3, 5, 5.001
    const row = [3, 2, 0.1];
    expect([...topAFA({ activations: Float64Array.from(row), norms, target: Float64Array.of(4.9) })]).toEqual([
      1, 1, 0,
    ]);
    const both = topAFA({ activations: Float64Array.from([...row, ...row]), norms, target: Float64Array.of(3.9, 9) });
    expect([...both]).toEqual([0, 1, 0, 1, 1, 1]);
  });

  it('has a loss whose gradient is that of differences', () => {
    const input = {
      activations: Float64Array.of(1, 0.4, -0.2, 0.5, 0, 0.7),
      norms: Float64Array.of(1, 2, 0.5),
      target: Float64Array.of(0.9, 2),
    };
    const wanted = differences(input.activations, () => afaLoss(input).value);
    near(afaLoss(input).gradient, wanted, 1e-9);
  });
});
