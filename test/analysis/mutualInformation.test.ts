import { describe, expect, it } from 'vitest';
import { binnedInformation, kernelInformation } from '../../src/analysis/mutualInformation.js';
import { Random } from '../../src/foundation/random.js';

/** 2^k inputs, their images under an injective map to two units, and the parity of the input as label. */
const injective = (k: number) => {
  const inputs = Array.from({ length: 2 ** k }, (_, n) => n);
  return {
    activations: Float64Array.from(inputs.flatMap((n) => [Math.sin(n), Math.tanh(n / 5 - 1)])),
    width: 2,
    labels: inputs.map((n) => n % 2),
  };
};

describe('Information by adaptive binning', () => {
  it.each([1, 3, 5])('is %s bits of as many that pass an injective map, one of the parity', (k) => {
    const { input, label } = binnedInformation(injective(k), 2 ** (k + 1));
    expect(input).toBeCloseTo(k, 12);
    expect(label).toBeCloseTo(1, 12);
  });

  it('is 0 of a constant layer and of one bin', () => {
    const constant = { ...injective(4), activations: new Float64Array(32).fill(0.7) };
    expect(binnedInformation(constant)).toEqual({ input: 0, label: 0 });
    expect(binnedInformation(injective(4), 1)).toEqual({ input: 0, label: 0 });
  });

  it('does not depend on the scale of the activations, nor on the order of units or samples', () => {
    const samples = injective(5);
    const wanted = binnedInformation(samples, 4);
    const scaled = samples.activations.map((value) => Math.exp(3 * value)); // monotonic: the same ranks
    expect(binnedInformation({ ...samples, activations: scaled }, 4)).toEqual(wanted);
    const swapped = samples.activations.map((_, at) => samples.activations[at % 2 === 0 ? at + 1 : at - 1]);
    expect(binnedInformation({ ...samples, activations: swapped }, 4)).toEqual(wanted);
    const order = [...new Random(3).permutation(32)];
    const shuffled = {
      ...samples,
      activations: Float64Array.from(order.flatMap((s) => [...samples.activations.subarray(2 * s, 2 * s + 2)])),
      labels: order.map((s) => samples.labels[s]),
    };
    const found = binnedInformation(shuffled, 4);
    expect(found.input).toBeCloseTo(wanted.input, 12);
    expect(found.label).toBeCloseTo(wanted.label, 12);
  });

  it('puts as many different values into each bin, however they lie', () => {
    const skew = { activations: Float64Array.from({ length: 64 }, (_, n) => 2 ** (n / 4)), width: 1 };
    expect(binnedInformation({ ...skew, labels: new Uint8Array(64) }, 8).input).toBeCloseTo(3, 12);
  });
});

describe('Information by kernel density', () => {
  it('bounds that of a Gaussian channel, ½·log₂(1 + signal/noise)', () => {
    const random = new Random(6);
    const activations = Float64Array.from({ length: 800 }, () => random.normal());
    const largest = activations.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
    const variance = 0.05;
    const samples = { activations, width: 1, labels: new Uint8Array(800) };
    const { lower, upper } = kernelInformation(samples, { noise: variance / largest ** 2 });
    const exact = 0.5 * Math.log2(1 + 1 / variance);
    expect(lower.input).toBeLessThan(exact);
    expect(upper.input).toBeGreaterThan(exact);
    expect(upper.input - lower.input).toBeLessThan(1.1);
    expect([lower.label, upper.label]).toEqual([0, 0]); // all of one class
  });

  it('is that of clusters which the noise does not reach across, and does not depend on the scale', () => {
    const random = new Random(1);
    const labels = Array.from({ length: 64 }, (_, s) => s % 4);
    const activations = Float64Array.from(labels, (label) => label + 1 + random.uniform(-1e-6, 1e-6));
    const { lower, upper } = kernelInformation({ activations, width: 1, labels }, { noise: 1e-5 });
    for (const { input, label } of [lower, upper]) {
      expect(input).toBeCloseTo(2, 6);
      expect(label).toBeCloseTo(2, 6);
    }
    const larger = kernelInformation(
      { activations: activations.map((t) => 50 * t), width: 1, labels },
      { noise: 1e-5 },
    );
    expect(larger.upper.input).toBeCloseTo(upper.input, 10);
  });
});
