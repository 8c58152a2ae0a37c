import { describe, expect, it } from 'vitest';
import { seluFunction } from '../../src/activations/selu.js';
import { activations } from '../../src/activations/table.js';
import { wideDeepFunction } from '../../src/activations/wideDeep.js';
import { criticality, susceptibilities } from '../../src/analysis/criticality.js';
import { daruanFunctions } from '../../src/analysis/daruanFunctions.js';
import { functionsOf, gaussianAverages } from '../../src/analysis/gaussian.js';
import { taxonomy } from '../../src/analysis/taxonomy.js';
import { type BaseFunction, baseFunctions } from '../../src/basis/baseFunctions.js';
import { complementaryError, normalDensity } from '../../src/basis/errorFunction.js';
import { Random } from '../../src/foundation/random.js';

const sine: BaseFunction = { value: Math.sin, derivative: Math.cos };
const erf: BaseFunction = {
  value: (x) => 1 - complementaryError(x),
  derivative: (x) => 2 * Math.SQRT2 * normalDensity(Math.SQRT2 * x),
};
const close = (got: number, wanted: number, tolerance: number) =>
  expect(Math.abs(got - wanted)).toBeLessThanOrEqual(tolerance);

describe('The critical point', () => {
  it.each([
    ['silu', 0.55514317, 1.98800468, 14.32017362],
    ['gelu', 0.17292239, 1.98305826, 3.56155281],
  ] as const)('of %s has its published constants', (name, bias, weight, kernel) => {
    const found = criticality(baseFunctions[name]);
    expect(found.kind).toBe('halfStable');
    // printed with 8 digits
    close(found.weightVariance, weight, 6e-9);
    close(found.biasVariance, bias, 6e-9);
    close(found.kernel, kernel, 6e-9);
    const { parallel, perpendicular } = susceptibilities(baseFunctions[name], found);
    close(parallel, 1, 1e-12);
    close(perpendicular, 1, 1e-12);
  });

  it.each([
    ['tanh', baseFunctions.tanh, 1],
    ['sin 2x', { value: (x: number) => Math.sin(2 * x), derivative: (x: number) => 2 * Math.cos(2 * x) }, 1 / 4],
    ['erf', erf, Math.PI / 4],
  ] as const)('of %s is at K* = 0 with C_W = 1/φ′(0)²', (_, phi, weight) => {
    const { kind, weightVariance, biasVariance, kernel } = criticality(phi);
    expect([kind, biasVariance, kernel]).toEqual(['zero', 0, 0]);
    close(weightVariance, weight, 1e-14);
  });

  it('of leaky functions is at every K with C_W = 2/(a₊² + a₋²)', () => {
    for (const leak of [0, 0.3]) {
      const phi = { value: (x: number) => (x > 0 ? x : leak * x), derivative: (x: number) => (x > 0 ? 1 : leak) };
      const found = criticality(phi);
      expect([found.kind, found.biasVariance]).toEqual(['scaleInvariant', 0]);
      close(found.weightVariance, 2 / (1 + leak ** 2), 1e-13);
    }
  });

  it('is an edge of order where φ(0) ≠ 0, and ordered where the slope is too small', () => {
    const edge = criticality({ value: (x) => Math.cos(2 * x), derivative: (x) => -2 * Math.sin(2 * x) });
    expect([edge.kind, edge.kernel, edge.perpendicular]).toEqual(['edge', 1, 1]);
    expect(edge.parallel).toBeLessThan(1);
    const ordered = criticality(baseFunctions.sigmoid, { kernel: 0.5 });
    expect([ordered.kind, ordered.biasVariance]).toEqual(['ordered', 0]);
    expect(ordered.perpendicular).toBeLessThan(1);
    const { square } = gaussianAverages(baseFunctions.sigmoid, ordered.kernel);
    close(ordered.weightVariance * square, 0.5, 1e-14);
  });
});

describe('Gaussian averages of', () => {
  it.each([
    ['gelu', 2.3517156],
    ['silu', 2.8107611],
    ['relu', 2],
    ['tanh', 2.5361754],
    ['sigmoid', 3.4085598],
  ] as const)('%s give the gain %s', (name, gain) => {
    close(1 / gaussianAverages(baseFunctions[name], 1).square, gain, 6e-8);
  });

  it('an activation of the table are those of its function', () => {
    const [phi] = functionsOf(activations.fixed({ function: 'gelu' }));
    expect(gaussianAverages(phi, 2)).toEqual(gaussianAverages(baseFunctions.gelu, 2));
  });

  it('SELU make N(0, 1) a fixed point', () => {
    const { mean, square, slopeSquare } = gaussianAverages(seluFunction, 1);
    close(mean, 0, 1e-14);
    close(square, 1, 1e-14);
    close(slopeSquare, 1.071575, 5e-7);
  });

  it('a sinusoid are those of its closed form', () => {
    const [omega, phase] = [1.7, 0.4];
    const { mean, square } = gaussianAverages(
      { value: (z) => Math.sin(omega * z + phase), derivative: (z) => omega * Math.cos(omega * z + phase) },
      1,
    );
    close(mean, Math.exp((-omega * omega) / 2) * Math.sin(phase), 1e-14);
    close(square, 0.5 - 0.5 * Math.exp(-2 * omega * omega) * Math.cos(2 * phase), 1e-14);
  });
});

describe('Networks of quantum activations', () => {
  it.each([
    ['pz', 3, Math.sqrt(1 / 3)],
    ['pz', 3, 0.03],
  ] as const)(
    'of %s with %s repetitions and deviation %s keep the variance through 32 layers',
    (ansatz, reps, deviation) => {
      const [width, batch] = [400, 2];
      const found = criticality(daruanFunctions({ ansatz, reps, deviation, draws: 150, seed: 1 }), { nodes: 40 });
      const random = new Random(2);
      let z = Float64Array.from({ length: batch * width }, () => random.normal());
      const variances: number[] = [];
      for (let layer = 0; layer < 32; layer++) {
        const phi = daruanFunctions({ ansatz, reps, deviation, draws: width, seed: random });
        const y = z.map((value, at) => phi[at % width].value(value));
        z = new Float64Array(batch * width);
        for (let o = 0; o < width; o++) {
          const bias = random.normal(0, Math.sqrt(found.biasVariance));
          const row = Float64Array.from({ length: width }, () => random.uniform(-1, 1)); // of variance 1/3
          const scale = Math.sqrt((3 * found.weightVariance) / width);
          for (let b = 0; b < batch; b++) {
            let sum = 0;
            for (let i = 0; i < width; i++) sum += row[i] * y[b * width + i];
            z[b * width + o] = bias + scale * sum;
          }
        }
        variances.push(z.reduce((sum, value) => sum + value * value, 0) / z.length);
      }
      expect(Math.min(...variances)).toBeGreaterThan(0.8);
      expect(Math.max(...variances)).toBeLessThan(1.5);
    },
  );
});

describe('The taxonomy of infinitely wide and deep networks', () => {
  it.each([2, 3, 4, 8])('gives φ_%s its exponent', (d) => {
    const phi = wideDeepFunction(d);
    const found = taxonomy(phi);
    expect(found.class).toBe('singularKernel');
    close(found.exponent ?? 0, d, 1e-12);
    close(found.mean, 0, 1e-14);
    close(found.square, 1, 1e-13);
    close(found.slope, 2 ** (-d / 4), 1e-13);
    close(found.slopeSquare, 2, 1e-13);
  });

  it('knows the classes of ReLU, tanh, erf and others', () => {
    const relu = taxonomy(baseFunctions.relu);
    expect(relu.class).toBe('majorityVote');
    close(relu.mean, 1 / Math.sqrt(Math.PI), 1e-14); // ⟨φ⟩/√⟨φ²⟩ = (1/√2π)/√½
    close(relu.slope, Math.SQRT1_2, 1e-14);
    expect(taxonomy(baseFunctions.tanh).class).toBe('singularKernel');
    expect(taxonomy(erf).class).toBe('singularKernel');
    expect(taxonomy(sine).class).toBe('singularKernel');
    expect(taxonomy(baseFunctions.identity).class).toBe('linear');
    expect(taxonomy({ value: (x) => x * x - 1, derivative: (x) => 2 * x }).class).toBe('nearestNeighbour');
    expect(taxonomy({ value: Math.cos, derivative: (x) => -Math.sin(x) }).class).toBe('majorityVote');
  });

  it('gives sin ωx the exponent that its averages have in closed form', () => {
    const omega = 0.8;
    const { exponent } = taxonomy({
      value: (x) => Math.sin(omega * x),
      derivative: (x) => omega * Math.cos(omega * x),
    });
    const fade = Math.exp(-2 * omega * omega);
    const square = (1 - fade) / 2;
    const slope = (omega * Math.exp((-omega * omega) / 2)) / Math.sqrt(square);
    const slopeSquare = (omega * omega * (1 + fade)) / 2 / square;
    close(exponent ?? 0, (-4 * Math.log(slope)) / Math.log(slopeSquare), 1e-12);
  });
});
