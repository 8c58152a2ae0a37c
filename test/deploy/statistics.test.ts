import { describe, expect, it } from 'vitest';
import type { AnsatzName } from '../../circuits/ansatz/table.js';
import { exactActivations, exactOutput } from '../../src/deploy/exact.js';
import type { MeasuredLayer } from '../../src/deploy/network.js';
import { Random } from '../../src/foundation/random.js';
import { adjoint } from '../../src/gradient/adjoint.js';
import { idealDevice, noisyDevice, quietProfile, rms, runRounds } from './files.js';
import { randomLayer } from './randomLayer.js';

/** The part of normal numbers within 1 and 2 deviations, and 5 deviations of a frequency of `count`. */
const COVERAGE = [0.6827, 0.9545];
const spread = (p: number, count: number) => 5 * Math.sqrt((p * (1 - p)) / count);

function expectCoverage(differences: ArrayLike<number>, bars: ArrayLike<number>, bias = 0): void {
  const count = differences.length;
  COVERAGE.forEach((wanted, k) => {
    const inside = Array.from(differences).filter((d, at) => Math.abs(d) <= (k + 1) * bars[at]).length / count;
    expect(Math.abs(inside - wanted)).toBeLessThan(spread(wanted, count) + bias);
  });
}

const column = (random: Random, length: number) => Float64Array.from({ length }, () => random.uniform(-1, 1));

describe('Error bars', () => {
  it('of activations cover as often as they say, down to few shots', () => {
    const random = new Random(1);
    const layer = randomLayer(random, 'pz', 1, 2);
    const x = column(random, 150);
    const profile = quietProfile(4);
    const [{ activations }] = runRounds([layer], x, { shots: 200, profile }, noisyDevice(profile, 4));
    const exact = exactActivations(layer, x).f;
    // 200 shots give steps of 0.01, up to 0.1 of a bar: coverage shifts by some per cent
    expectCoverage(
      activations.values.map((f, k) => f - exact[k]),
      activations.standardErrors,
      0.03,
    );
  });

  it('count the readout errors that a calibration measured', () => {
    const random = new Random(2);
    const layer = randomLayer(random, 'pz', 1, 1);
    // errors so large that what the calibration leaves open is half of the variance
    const qubits = Array.from({ length: 7 }, () => ({ readout: { p01: 0.2, p10: 0.3 }, gateError: 0 }));
    const profile = { ...quietProfile(7), qubits };
    const x = column(random, 7);
    const exact = exactActivations(layer, x).f;
    const pulls: number[] = [];
    for (let run = 0; run < 50; run++) {
      const options = { shots: 300, profile, readout: 'calibration', packing: 7 } as const;
      const [{ activations }] = runRounds([layer], x, options, noisyDevice(profile, 100 + run));
      pulls.push(...activations.values.map((f, k) => (f - exact[k]) / activations.standardErrors[k]));
    }
    // of n normal numbers the rms is 1 ± 1/√(2n)
    expect(Math.abs(rms(pulls) - 1)).toBeLessThan(4 / Math.sqrt(2 * pulls.length));
  });

  it('go through layers, with the covariance of shared inputs', () => {
    const random = new Random(5);
    const steep = (layer: MeasuredLayer) => ({ ...layer, weight: layer.weight.map((w) => 2 * w) });
    const names = ['pz', 'rpz', 'mix'] as const;
    const layers = names.map((name, l) => steep(randomLayer(random, name, 2, l < 2 ? 2 : 1)));
    const x = column(random, 120);
    const profile = quietProfile(4);
    const results = runRounds(layers, x, { shots: 1500, profile }, noisyDevice(profile, 6));
    expect(results.length).toBe(3);
    const exact = exactOutput(layers, x);
    const { outputs, standardErrors } = results[2];
    expectCoverage(
      outputs.map((y, k) => y - exact[k]),
      standardErrors,
      0.02,
    );
    // without what came before, bars would be too narrow
    const own = results[2].activations.standardErrors;
    const last = layers[2].weight;
    const naive = outputs.map((_, b) => Math.hypot(last[0] * own[2 * b], last[1] * own[2 * b + 1]));
    const inside = outputs.filter((y, k) => Math.abs(y - exact[k]) <= naive[k]).length / outputs.length;
    expect(inside).toBeLessThan(0.55);
  });
});

describe('Measured gradients', () => {
  const ansatze: AnsatzName[] = ['pz', 'rpz', 'px', 'real', 'mix'];

  it.each(ansatze)('are exact by θ, w, b and x on an ideal device: %s', (name) => {
    const random = new Random(8);
    for (const word of name === 'pz' ? ['Z', 'XZ'] : ['XZ']) {
      const layer = randomLayer(random, name, 2, 1, word);
      const x = column(random, 4);
      const [{ activations }] = runRounds([layer], x, { format: 'ionq', gradients: true, packing: 10 }, idealDevice);
      const { symbols, values } = activations.gradients!;
      expect(symbols).toContain('w_1');
      expect(symbols).toContain('x');
      for (let edge = 0; edge < 2; edge++) {
        const own = layer.circuit.parameters.map((p, k) => [
          p,
          layer.parameters[edge * layer.circuit.parameters.length + k],
        ]);
        const bound = { ...Object.fromEntries(own), x: [x[edge], x[2 + edge]] };
        const exact = adjoint.jacobian(layer.circuit, [layer.observable], bound);
        for (let b = 0; b < 2; b++) {
          expect(Math.abs(activations.values[2 * b + edge] - exact.values[b])).toBeLessThan(1e-13);
          symbols.forEach((symbol, s) => {
            const found = values[(2 * b + edge) * symbols.length + s];
            expect(Math.abs(found - exact.jacobian[symbol][b])).toBeLessThan(1e-12);
          });
        }
      }
    }
  });

  it('have error bars that cover', () => {
    const random = new Random(9);
    const layer = randomLayer(random, 'pz', 1, 1);
    const x = column(random, 40);
    const profile = quietProfile(4);
    const options = { shots: 500, gradients: true, profile };
    const [{ activations }] = runRounds([layer], x, options, noisyDevice(profile, 10));
    const { symbols, values, standardErrors } = activations.gradients!;
    const bound = Object.fromEntries(layer.circuit.parameters.map((p, k) => [p, layer.parameters[k]]));
    const { jacobian } = adjoint.jacobian(layer.circuit, [layer.observable], { ...bound, x });
    const moving = symbols.filter((symbol) => symbol !== 'theta_2_0'); // a turn about Z at the end: always 0
    const pick = (from: Float64Array) =>
      moving.flatMap((symbol) => Array.from(x, (_, b) => from[b * symbols.length + symbols.indexOf(symbol)]));
    const exact = moving.flatMap((symbol) => [...jacobian[symbol]]);
    // w and b of one gate share their measurements, so there are fewer independent ones than entries: twice the bound
    expectCoverage(
      pick(values).map((g, k) => g - exact[k]),
      pick(standardErrors),
      0.05,
    );
  });
});
