import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { provideGpu } from '../../kernels/gpu/provide.js';
import { selectBackend } from '../../src/tf/backend.js';
import { describeLayers } from '../../src/tf/describe.js';
import { edgeCurves } from '../../src/tf/edgeCurves.js';
import { measuredNetwork } from '../../src/tf/measuredNetwork.js';
import { fetchPrediction, predictArray } from '../../src/tf/plainArrays.js';
import { qkan } from '../../src/tf/QKAN.js';
import { readOnHost } from '../../src/tf/readOnHost.js';
import { prune } from '../../src/tf/structure/prune.js';
import { fit } from '../../src/tf/training/fit.js';

const report = await provideGpu();
if (!report.available) test.skip(`reading from WebGPU (${report.reason})`, () => {});

const rounds = Float64Array.from({ length: 5000 }, (_, k) => k / 2500 - 1); // two samples a row: more than one part
const network = () =>
  qkan({ width: [1, 2, 1], reps: 2, seed: 5, preactivationTrainable: true, postactivationWeightTrainable: true });

describe.runIf(report.available)('A model on the tfjs backend webgpu', () => {
  let model: ReturnType<typeof network>;
  let x: tf.Tensor2D;
  beforeAll(async () => {
    tf.enableProdMode();
    await selectBackend('webgpu');
    model = network();
    x = tf.tensor2d([-0.5, 0, 0.5, 1], [4, 1]);
    const schedule = [{ method: 'adam', steps: 2 }] as const;
    await fit(model, { x, y: tf.sin(x) }, { schedule }); // its weights are made on the device
  });
  afterAll(() => selectBackend('cpu'));

  it('is not read at once, and the error says how it is', () => {
    const problem = 'the tfjs backend "webgpu" cannot be read at once';
    expect(() => predictArray(model, rounds)).toThrow(`predictArray: ${problem}. Await fetchPrediction(model, x).`);
    expect(() => describeLayers(model)).toThrow(`describeLayers: ${problem}. Await readOnHost(model, describeLayers).`);
    expect(() => edgeCurves(model, x)).toThrow(`edgeCurves: ${problem}. Await readOnHost(`);
    expect(() => measuredNetwork(model)).toThrow(`measuredNetwork: ${problem}. Await readOnHost(`);
  });

  it('is read on the host by any function, with tensors of the device, and goes on there', async () => {
    const before = await fetchPrediction(model, rounds);
    const onDevice = tf.mul(x, 1); // not on the host yet
    const [layer] = await readOnHost(model, describeLayers);
    const [curves] = await readOnHost(model, () => edgeCurves(model, onDevice as tf.Tensor2D, 5), [onDevice]);
    const { model: pruned } = await readOnHost(model, () => prune(model, onDevice as tf.Tensor2D), [onDevice]);
    expect(tf.getBackend()).toBe('webgpu');
    expect(await fetchPrediction(model, rounds)).toEqual(before);
    expect((await fetchPrediction(pruned, rounds)).length).toBe(5000);

    const onCpu = await readOnHost(model, (found) => predictArray(found, rounds));
    const parts = Array.from(before, (value, k) => Math.abs(value - onCpu[k]));
    expect(Math.max(...parts)).toBeLessThan(2e-5);
    expect([layer.parameters.length, curves.curves.length]).toEqual([2 * layer.plan.parameters.length, 2]);
    expect(layer.parameters.every(Number.isFinite)).toBe(true);
    expect(curves.curves[0].x[4]).toBe(1);
  });

  it('goes back to the device where reading fails', async () => {
    await expect(
      readOnHost(model, () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(tf.getBackend()).toBe('webgpu');
  });
});
