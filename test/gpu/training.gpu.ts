import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { provideGpu } from '../../kernels/gpu/provide.js';
import { Random } from '../../src/foundation/random.js';
import { selectBackend } from '../../src/tf/backend.js';
import { qkan } from '../../src/tf/QKAN.js';
import { evaluateLoss, fetchLoss } from '../../src/tf/training/engine.js';
import { fit } from '../../src/tf/training/fit.js';

const report = await provideGpu();
if (!report.available) test.skip(`training on WebGPU (${report.reason})`, () => {});

const SAMPLES = 64;
const STEPS = 60;
const data = () => {
  const random = new Random(1);
  const x = Float32Array.from({ length: SAMPLES }, () => random.uniform(-1, 1));
  const y = x.map((t) => 0.6 * Math.sin(3 * t));
  return { x: tf.tensor2d(x, [SAMPLES, 1]), y: tf.tensor2d(y, [SAMPLES, 1]) };
};
const network = () =>
  qkan({ width: [1, 2, 1], reps: 2, seed: 5, preactivationTrainable: true, postactivationWeightTrainable: true });
/** Calls `visit` with all that is read from the device; reading at once is an error. */
function watchReads(visit: (values: ArrayLike<number>) => void): void {
  const backend = tf.backend() as unknown as {
    tensorMap: { get(id: object): { values: ArrayLike<number> | null } };
    read(id: object): Promise<ArrayLike<number>>;
    readSync(id: object): ArrayLike<number>;
  };
  const read = backend.read.bind(backend);
  // what has not been on the device yet is not read from there
  const onHost = (id: object) => backend.tensorMap.get(id).values;
  backend.read = async (id) => {
    const known = onHost(id) != null;
    const values = await read(id);
    if (!known) visit(values);
    return values;
  };
  backend.readSync = (id) => {
    const values = onHost(id);
    if (values == null) throw new Error('a tensor is read at once');
    return values;
  };
}
const device = () => (tf.backend() as unknown as { device: { destroy(): void } }).device;

describe.runIf(report.available)('fit on tfjs with the backend webgpu', () => {
  beforeEach(async () => {
    tf.enableProdMode();
    await selectBackend('webgpu');
  });
  afterEach(() => selectBackend('cpu'));

  it('trains a QKAN to a loss below 1e-3, and of each step of Adam reads the loss alone', async () => {
    const sizes: number[] = [];
    watchReads((values) => sizes.push(values.length));
    const [model, samples] = [network(), data()];
    const inSteps: number[][] = [];
    const result = await fit(model, samples, {
      schedule: [
        { method: 'adam', steps: STEPS, learningRate: 0.08 },
        { method: 'lbfgs', steps: 1, maxIterations: 3 },
      ],
      onStep: () => {
        inSteps.push(sizes.splice(0));
      },
    });
    expect([result.stopped, result.precision]).toEqual(['finished', 'float32']);
    expect(result.precisionReason).toMatch(/backend "webgpu" computes in float32 on a device/);
    expect(result.history[result.history.length - 1].loss).toBeLessThan(1e-3);
    // two numbers, loss and health; about once a second the weights are copied besides
    const quiet = inSteps.slice(1, STEPS).filter((step) => step.length === 1 && step[0] === 2);
    expect(quiet.length).toBeGreaterThan(0);
    expect(await fetchLoss(model, samples)).toBeLessThan(1e-3);
    expect(() => evaluateLoss(model, samples)).toThrow(
      /evaluateLoss: the tfjs backend "webgpu" cannot be read at once/,
    );
  });

  it('takes the same steps as on the CPU, mini-batches too, and continues with the same bits', async () => {
    const schedule = [{ method: 'adam', steps: 4, learningRate: 0.05, batchSize: 24 }] as const;
    const [whole, samples] = [network(), data()];
    const uninterrupted = await fit(whole, samples, { schedule });
    const interrupt = new AbortController();
    const part = network();
    const first = await fit(part, samples, {
      schedule,
      signal: interrupt.signal,
      onStep: ({ step }) => {
        if (step === 2) interrupt.abort();
      },
    });
    expect(first.stopped).toBe('aborted');
    const rest = await fit(network(), samples, { schedule, resume: first.state });
    expect(rest.history.map(({ loss }) => loss)).toEqual(uninterrupted.history.map(({ loss }) => loss));
    expect(rest.state.parameters).toEqual(uninterrupted.state.parameters);
    await selectBackend('cpu');
    const onCpu = await fit(network(), data(), { schedule, precision: 'float32' });
    onCpu.history.forEach(({ loss }, k) => {
      // 12 updates of 0.05 each, by gradients that agree to 2e-5
      expect(Math.abs(loss - uninterrupted.history[k].loss)).toBeLessThan(1e-4);
    });
  });

  it('goes back to the last good parameters where the loss is not finite', async () => {
    const model = network();
    let calls = 0;
    const poisoned = (prediction: tf.Tensor, target: tf.Tensor) => {
      const loss = tf.mean(tf.squaredDifference(prediction, target)) as tf.Scalar;
      return ++calls > 3 ? (tf.mul(loss, Number.NaN) as tf.Scalar) : loss;
    };
    const { stopped, state } = await fit(model, data(), { schedule: [{ method: 'adam', steps: 9 }], loss: poisoned });
    expect([stopped, state.history.length, state.parameters.every(Number.isFinite)]).toEqual(['not finite', 3, true]);
  });

  it('a lost GPU is one error by default, and the model keeps its parameters', async () => {
    const model = network();
    const before = await Promise.all(model.getWeights().map((weight) => weight.data()));
    const training = fit(model, data(), {
      schedule: [{ method: 'adam', steps: 5 }],
      onStep: ({ step }) => {
        if (step === 2) device().destroy();
      },
    });
    await expect(training).rejects.toThrow(/^fit: the GPU was lost in step 3 \(.*\)\. The model holds its parameters/);
    await selectBackend('cpu');
    const after = model.getWeights().map((weight) => weight.dataSync());
    const distance = after.map((values, k) => Math.max(...Array.from(values, (v, i) => Math.abs(v - before[k][i]))));
    expect(Math.max(...distance)).toBeLessThan(0.03); // at most two steps of 0.01 away
    const { stopped } = await fit(model, data(), { schedule: [{ method: 'adam', steps: 1 }] });
    expect(stopped).toBe('finished');
  });

  it('a lost GPU is no end where training may go on on the CPU', async () => {
    const model = network();
    const { stopped, history, precisionReason } = await fit(model, data(), {
      schedule: [{ method: 'adam', steps: 6, learningRate: 0.05 }],
      onDeviceLost: 'cpu',
      onStep: ({ step }) => {
        if (step === 2 && tf.getBackend() === 'webgpu') device().destroy();
      },
    });
    expect(stopped).toBe('finished');
    expect(history.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(history[5].loss).toBeLessThan(history[0].loss);
    expect(precisionReason).toMatch(/the GPU was lost in step 3 .*; went on with the backend "(wasm|cpu)"/);
    expect(tf.getBackend()).not.toBe('webgpu');
    expect(evaluateLoss(model, data())).toBeLessThan(history[0].loss);
  });
});
