import { beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../../src/deploy/collect.js';
import { deploy } from '../../src/deploy/deploy.js';
import { exactOutput } from '../../src/deploy/exact.js';
import { type Device, fineTune } from '../../src/deploy/fineTune.js';
import { measuredGradient } from '../../src/deploy/gradient.js';
import type { MeasuredNetwork } from '../../src/deploy/network.js';
import { simulateJobs } from '../../src/deploy/simulateJobs.js';
import { Random } from '../../src/foundation/random.js';
import { hostLosses } from '../../src/network/losses.js';
import { exampleProfiles } from '../../src/noise/exampleProfiles.js';
import { loadMeasured, measuredNetwork } from '../../src/tf/measuredNetwork.js';
import { predictArray } from '../../src/tf/plainArrays.js';
import { useBackend } from '../tf/environment.js';
import { idealDevice, noisyDevice, runRounds } from './files.js';
import { randomLayer } from './randomLayer.js';
import { points, trainedModel } from './trained.js';

const early = exampleProfiles['typical-transmon-early'];
const raw = { profile: early, readout: 'none' } as const;
const simulated = (seed: number): Device => {
  const random = new Random(seed);
  return ({ manifest, files }) => simulateJobs(manifest, files, { seed: random });
};
const { x, y } = points(11, 4);
const data = { x, y, samples: 4 };

/** The mean squared error on the noisy device, its shots too many to matter. */
const noisyLoss = (network: MeasuredNetwork): number => {
  const results = runRounds(network, x, { ...raw, shots: 10_000 }, noisyDevice(early, 5));
  return hostLosses.meanSquaredError(results[1].outputs, y).value;
};

describe('Fine-tuning on a noisy device', { timeout: 60_000 }, () => {
  let model: Awaited<ReturnType<typeof trainedModel>>;
  let network: MeasuredNetwork;
  beforeAll(async () => {
    await useBackend('cpu');
    model = await trainedModel();
    network = measuredNetwork(model);
  });

  it('by parameter shift lowers the loss under that noise', async () => {
    const before = noisyLoss(network);
    const deploy = { ...raw, shots: 512 };
    const tuned = await fineTune(network, data, {
      device: simulated(1),
      deploy,
      steps: 6,
      learningRate: 0.04,
      seed: 2,
    });
    const after = noisyLoss(tuned.network);
    expect(tuned.history.length).toBe(6);
    expect(after).toBeLessThan(before / 2);
    expect(tuned.network[0].parameters).not.toEqual(network[0].parameters);

    loadMeasured(model, tuned.network); // and back into the model
    const exact = exactOutput(tuned.network, x);
    const predicted = predictArray(model, x);
    exact.forEach((value, k) => {
      expect(Math.abs(value - predicted[k])).toBeLessThan(1e-5);
    });
  });

  it('by SPSA lowers it too, with two losses a step, and again with the same bits', async () => {
    const options = {
      method: 'spsa',
      deploy: { ...raw, shots: 256 },
      steps: 8,
      learningRate: 0.02,
      batchSize: 3,
    } as const;
    const tuned = await fineTune(network, data, { ...options, device: simulated(3), seed: 4 });
    const again = await fineTune(network, data, { ...options, device: simulated(3), seed: 4, steps: 2 });
    expect(noisyLoss(tuned.network)).toBeLessThan(noisyLoss(network));
    expect(again.history).toEqual(tuned.history.slice(0, 2));
  });
});

describe('The measured gradient of a loss', () => {
  it('goes through layers: it is that of finite differences on an ideal device', () => {
    const random = new Random(6);
    const group = { ...randomLayer(random, 'pz', 2, 2), circuitOf: [0, 1, 0, 1] };
    const width = group.circuit.parameters.length;
    group.parameters.set(group.parameters.slice(0, 2 * width), 2 * width); // edges of one circuit have its parameters
    const layers: MeasuredNetwork = [group, randomLayer(random, 'mix', 2, 1)];
    const loss = (network: MeasuredNetwork) => hostLosses.meanSquaredError(exactOutput(network, x), y);
    const results = [];
    const inputs = [];
    let next: ReturnType<typeof deploy> | undefined = deploy(layers, x, {
      format: 'ionq',
      gradients: true,
      packing: 12,
    });
    while (next) {
      inputs.push(Float64Array.from(next.manifest.inputs));
      const collected: ReturnType<typeof collect> = collect(
        next.manifest,
        idealDevice(next.files['manifest.json'], next.files),
      );
      results.push(collected.result);
      next = collected.next;
    }
    const found = measuredGradient(layers, results, inputs, loss(layers).gradient);
    let at = 0;
    layers.forEach((layer, l) => {
      layer.parameters.forEach((_, p) => {
        if (++at % 8 !== 0) return;
        const moved = (by: number) =>
          loss(
            layers.map((other, k) => ({
              ...other,
              parameters: other.parameters.map((value, q) => {
                const same = k === 0 ? (q - p) % (2 * width) === 0 : q === p;
                return k === l && same ? value + by : value;
              }),
            })),
          ).value;
        const h = 1e-4;
        // central differences of fourth order: error h⁴ and rounding 1e-16/h
        const slope = (8 * (moved(h) - moved(-h)) - (moved(2 * h) - moved(-2 * h))) / (12 * h);
        expect(Math.abs(found[at - 1] - slope)).toBeLessThan(1e-10);
      });
    });
    expect(at).toBe(found.length);
  });
});
