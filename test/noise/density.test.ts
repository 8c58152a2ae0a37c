import { describe, expect, it } from 'vitest';
import { circuit, controlled, op } from '../../circuits/circuit.js';
import { wasmBackend } from '../../kernels/wasm/statevector/backend.js';
import { Random } from '../../src/foundation/random.js';
import { bitFlip } from '../../src/noise/channels.js';
import { densityMatrix } from '../../src/noise/density.js';
import type { NoiseModel } from '../../src/noise/model.js';
import { noisyExpectation, noisyProbabilities } from '../../src/noise/noisy.js';
import { independentParts } from '../../src/noise/parts.js';
import { sampleNoisy } from '../../src/noise/sampleNoisy.js';
import { trajectories, trajectoryExpectation } from '../../src/noise/trajectories.js';
import { expectation, probabilities, statevector } from '../../src/simulate/simulate.js';
import { largestDifference, randomCircuit, randomObservable, randomValues } from '../gradient/randomCircuit.js';
import { randomNoise } from './models.js';
import { chiSquare, tally } from './statistics.js';

/** |ψ⟩⟨ψ|, added to `into` with a weight. */
function addOuter(into: Float64Array, state: Float64Array, weight: number): void {
  const size = state.length / 2;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const [a, b, c, d] = [state[2 * i], state[2 * i + 1], state[2 * j], state[2 * j + 1]];
      into[2 * (i * size + j)] += weight * (a * c + b * d);
      into[2 * (i * size + j) + 1] += weight * (b * c - a * d);
    }
  }
}

describe.each([1, 2])('seed %i', (seed) => {
  const random = new Random(seed);
  const source = randomCircuit(random, 3, 25);
  const values = randomValues(random, source, 2);
  const noise = randomNoise(random, 3);
  const words = [randomObservable(random, 3), 'YYI', 'IYX', 'ZIZ'];

  it('a pure circuit has ρ = |ψ⟩⟨ψ| and the expectations of its state', () => {
    const states = statevector(source, values);
    const wanted = new Float64Array(2 * 128);
    for (let b = 0; b < 2; b++)
      addOuter(wanted.subarray(b * 128, (b + 1) * 128), states.subarray(b * 16, (b + 1) * 16), 1);
    expect(largestDifference(densityMatrix(source, values), wanted)).toBeLessThan(1e-12);
    expect(largestDifference(noisyExpectation(source, words, values), expectation(source, words, values))).toBeLessThan(
      1e-12,
    );
    expect(largestDifference(noisyProbabilities(source, values), probabilities(source, values))).toBeLessThan(1e-12);
  });

  it('ρ is Hermitian, of trace 1, and no purer than a state', () => {
    const rho = densityMatrix(source, values, { noise }).subarray(0, 128);
    let [trace, purity, skew] = [0, 0, 0];
    for (let i = 0; i < 8; i++) {
      trace += rho[2 * (8 * i + i)];
      for (let j = 0; j < 8; j++) {
        const [at, mirror] = [2 * (8 * i + j), 2 * (8 * j + i)];
        purity += rho[at] ** 2 + rho[at + 1] ** 2;
        skew = Math.max(skew, Math.abs(rho[at] - rho[mirror]), Math.abs(rho[at + 1] + rho[mirror + 1]));
      }
    }
    expect(Math.abs(trace - 1)).toBeLessThan(1e-13);
    expect(skew).toBeLessThan(1e-13);
    expect(purity).toBeLessThan(0.9);
  });

  it('the mean of trajectories is ρ within 5 standard errors, entry by entry', () => {
    const count = 600;
    const rho = densityMatrix(source, values, { noise });
    const states = trajectories(source, count, seed, values, { noise });
    for (let b = 0; b < 2; b++) {
      const [mean, square] = [new Float64Array(128), new Float64Array(128)];
      for (let k = 0; k < count; k++) {
        const one = new Float64Array(128);
        addOuter(one, states.subarray((b * count + k) * 16, (b * count + k + 1) * 16), 1);
        one.forEach((entry, at) => {
          mean[at] += entry / count;
          square[at] += (entry * entry) / count;
        });
      }
      mean.forEach((entry, at) => {
        const error = Math.sqrt(Math.max(0, square[at] - entry * entry) / (count - 1));
        expect(Math.abs(entry - rho[b * 128 + at])).toBeLessThan(5 * error + 1e-12);
      });
    }
  });

  it('expectations over trajectories come with their standard error', () => {
    const wanted = noisyExpectation(source, words, values, { noise });
    const { mean, standardError } = trajectoryExpectation(source, words, 400, seed, values, { noise });
    mean.forEach((value, k) => {
      expect(Math.abs(value - wanted[k])).toBeLessThan(5 * standardError[k]);
      expect(standardError[k]).toBeGreaterThan(0);
      expect(standardError[k]).toBeLessThan(3 / Math.sqrt(400));
    });
  });

  it.each(['density', 'trajectories'] as const)(
    'samples by %s follow the probabilities, readout errors included',
    (method) => {
      const shots = 1000;
      const chances = noisyProbabilities(source, values, { noise });
      const outcomes = sampleNoisy(source, shots, seed, values, { noise, method });
      for (let b = 0; b < 2; b++) {
        const counts = tally(outcomes.subarray(b * shots, (b + 1) * shots), 8);
        const { chi, quantile, cells } = chiSquare(counts, chances.subarray(8 * b, 8 * b + 8), shots);
        expect(chi).toBeLessThan(quantile);
        expect(cells).toBeGreaterThan(3);
      }
      const bare = probabilities(source, values).subarray(0, 8); // and not those without noise
      expect(chiSquare(tally(outcomes.subarray(0, shots), 8), bare, shots).chi).toBeGreaterThan(50);
    },
  );
});

describe('Noise', () => {
  const random = new Random(9);
  const source = randomCircuit(random, 3, 20);
  const values = randomValues(random, source, 3);
  const noise = randomNoise(random, 3);

  it('runs on every backend: WebAssembly agrees with the reference', async () => {
    const options = { noise, backend: await wasmBackend() };
    const wanted = densityMatrix(source, values, { noise });
    expect(largestDifference(densityMatrix(source, values, options), wanted)).toBeLessThan(1e-13);
    const states = trajectories(source, 5, 7, values, options);
    expect(largestDifference(states, trajectories(source, 5, 7, values, { noise }))).toBeLessThan(1e-12);
  });

  it('has the same bits for the same seed, whatever else is in the batch', () => {
    const one = Object.fromEntries(Object.entries(values).map(([k, v]) => [k, typeof v === 'number' ? v : [v[0]]]));
    expect(trajectories(source, 4, 7, one, { noise })).toEqual(
      trajectories(source, 4, 7, values, { noise }).subarray(0, 64),
    );
    expect(sampleNoisy(source, 50, 7, values, { noise })).toEqual(sampleNoisy(source, 50, 7, values, { noise }));
    expect(sampleNoisy(source, 50, 8, values, { noise })).not.toEqual(sampleNoisy(source, 50, 7, values, { noise }));
  });

  it('of one qubit stays on that qubit where no gate joins it to others', () => {
    const flips = circuit({ numQubits: 3, operations: [op('x', [0]), op('x', [1]), op('x', [2])] });
    const local: NoiseModel = {
      rules: [{ channel: bitFlip(0.25), qubits: [1] }],
      readout: [0, 0, 0.2].map((p10) => ({ p01: 0, p10 })),
    };
    const found = noisyExpectation(flips, ['Z', 'IZ', 'IIZ'], {}, { noise: local });
    expect(largestDifference(found, [-1, -0.5, -1])).toBeLessThan(1e-15);
    const chances = noisyProbabilities(flips, {}, { noise: local });
    [0.2 * 0.25, 0.2 * 0.75, 0.8 * 0.25, 0.8 * 0.75].forEach((wanted, k) => {
      expect(Math.abs(chances[2 * k + 1] - wanted)).toBeLessThan(1e-15);
    });
  });

  it('lets circuits side by side come apart: 24 qubits in pairs cost what pairs cost', () => {
    const operations = Array.from({ length: 12 }, (_, k) => [
      op('ry', [k], `a_${k}`),
      controlled(op('x', [k + 12]), k),
    ]).flat();
    const wide = circuit({ numQubits: 24, operations });
    expect(independentParts(wide).map(({ qubits }) => qubits)).toEqual(
      Array.from({ length: 12 }, (_, k) => [k, k + 12]),
    );
    const angles = Object.fromEntries(Array.from({ length: 12 }, (_, k) => [`a_${k}`, [0.1 * k, 0.2]]));
    const pair = circuit({ numQubits: 2, operations: [op('ry', [0], 'a'), controlled(op('x', [1]), 0)] });
    const rules = randomNoise(new Random(1), 24).rules?.filter(({ qubits }) => qubits === undefined);
    const found = noisyExpectation(wide, [`${'I'.repeat(15)}Z`, `${'I'.repeat(5)}X${'I'.repeat(11)}X`], angles, {
      noise: { rules },
    });
    const wanted = [0.3, 0.5].map((a, k) => noisyExpectation(pair, ['IZ', 'XX'], { a }, { noise: { rules } })[k]);
    expect(Math.abs(found[0] - wanted[0])).toBeLessThan(1e-14);
    expect(Math.abs(found[1] - wanted[1])).toBeLessThan(1e-14);
  });
});
