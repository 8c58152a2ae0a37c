import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/foundation/random.js';
import { kan } from '../../src/tf/KAN.js';
import type { KANLayer } from '../../src/tf/layers/KANLayer.js';
import { type MLPArgs, mlp } from '../../src/tf/MLP.js';
import { qkan } from '../../src/tf/QKAN.js';
import { readCheckpoint, writeCheckpoint } from '../../src/tf/storage/checkpoint.js';
import { evaluateLoss, hostEngine, tensorEngine } from '../../src/tf/training/engine.js';
import { type FitOptions, fit } from '../../src/tf/training/fit.js';
import { losses } from '../../src/tf/training/losses.js';
import { forwardWithPenalty } from '../../src/tf/training/regularise.js';
import type { Stage } from '../../src/tf/training/stages.js';
import { ParameterVector } from '../../src/tf/training/variables.js';
import { relativeError, useBackend } from './environment.js';

beforeAll(() => useBackend('cpu'));

const data = (seed: number, samples = 80) => {
  const random = new Random(seed);
  const x = Float32Array.from({ length: 2 * samples }, () => random.uniform(-1, 1));
  const y = Float32Array.from({ length: samples }, (_, b) => Math.sin(2 * x[2 * b]) + x[2 * b + 1] ** 2);
  return { x: tf.tensor2d(x, [samples, 2]), y: tf.tensor2d(y, [samples, 1]) };
};
const network = (seed = 1) => qkan({ width: [2, 2, 1], reps: 2, seed, preactivationTrainable: true });
const weights = (model: tfl.LayersModel) => model.getWeights().flatMap((weight) => [...weight.dataSync()]);
const lbfgs = (steps: number): Stage => ({ method: 'lbfgs', steps, maxIterations: 5 });
const adam = (steps: number): Stage => ({ method: 'adam', steps, learningRate: 0.02, batchSize: 32 });

describe('fit', () => {
  it('lowers the loss by L-BFGS, on data that it has not seen too', async () => {
    const model = network();
    const before = evaluateLoss(model, data(2));
    const { history, stopped } = await fit(model, data(1), { schedule: [{ method: 'lbfgs', steps: 10 }] });
    expect(stopped).toBe('finished');
    expect(history.length).toBe(10);
    history.slice(1).forEach((record, k) => {
      expect(record.loss).toBeLessThanOrEqual(history[k].loss);
    });
    expect(evaluateLoss(model, data(2))).toBeLessThan(before / 100);
  });

  it('trains by Adam in mini-batches, then by L-BFGS', async () => {
    const model = network();
    const { history } = await fit(model, data(1), { schedule: [adam(5), lbfgs(3)], validation: data(2) });
    expect(history.map(({ method }) => method)).toEqual([...Array(5).fill('adam'), ...Array(3).fill('lbfgs')]);
    expect(history[7].validationLoss).toBeLessThan(history[0].validationLoss! / 5);
    expect(Math.abs(history[7].validationLoss! / evaluateLoss(model, data(2)) - 1)).toBeLessThan(1e-4);
  });

  it('computes in float64 on the host where it can, and says why where it cannot', async () => {
    const schedule = [lbfgs(1)];
    const precision = async (model: tfl.LayersModel, options: FitOptions = {}) => {
      const result = await fit(model, data(1), { schedule, ...options });
      return [result.precision, result.precisionReason];
    };
    expect(await precision(network())).toEqual(['float64', 'every layer is computed on the host']);
    expect((await precision(mlp({ width: [2, 3, 1], activation: 'dice' })))[1]).toMatch(/is computed with tensors/);
    expect(await precision(network(), { precision: 'float32' })).toEqual(['float32', 'it was asked for']);
    expect((await precision(network(), { regularisation: { strength: 1 } }))[1]).toMatch(/regularisation/);
    const dense = tfl.sequential({ layers: [tfl.layers.dense({ units: 1, inputShape: [2] })] });
    expect((await precision(dense))[1]).toMatch(/is computed with tensors/);
    const frozen = network();
    frozen.layers[0].trainable = false;
    expect((await precision(frozen))[1]).toMatch(/is not trained/);
    await expect(precision(dense, { precision: 'float64' })).rejects.toThrow(/precision "float64" cannot be had/);
  });

  it('has the same objective and gradient on the host as with tensors', async () => {
    const quantum = (options: object) => qkan({ width: [2, 2, 1], reps: 2, seed: 1, ansatz: 'rpz', ...options });
    const both = { postactivationWeightTrainable: true, postactivationBiasTrainable: true };
    const nodes = (activation: MLPArgs['activation']) => mlp({ width: [2, 3, 1], activation, seed: 1 });
    for (const model of [
      quantum({}),
      quantum({ group: 1 }),
      quantum(both),
      nodes('polyNorm'),
      nodes('nodewise'),
      nodes({ name: 'daruan', reps: 2, preactivationTrainable: true, ...both }),
      nodes({ name: 'daruan', reps: 2, shared: true, ...both }),
    ]) {
      const vector = new ParameterVector(model);
      const evaluations = [
        hostEngine(model, data(1), 'meanSquaredError'),
        tensorEngine(model, vector, data(1), losses.meanSquaredError),
      ].map((engine) => engine.objective(Uint32Array.of(3, 1, 4, 1, 5))(vector.read()));
      const [host, tensors] = await Promise.all(evaluations);
      expect(Math.abs(host.value / tensors.value - 1)).toBeLessThan(1e-5);
      expect(relativeError(tensors.gradient, host.gradient)).toBeLessThan(1e-5);
    }
  });

  it('gives the same bits for the same seed, and others for another', async () => {
    const run = async (seed: number) => {
      const model = network();
      await fit(model, data(1), { schedule: [adam(2)], seed });
      return weights(model);
    };
    const [a, b, c] = [await run(4), await run(4), await run(5)];
    expect(b).toEqual(a);
    expect(c).not.toEqual(a);
  });

  it.each([1, 3, 5, 6, 7])(
    'continues bit for bit after an interruption in step %i, through a checkpoint',
    async (stop) => {
      const options: FitOptions = { schedule: [adam(4), lbfgs(4)], validation: data(2) };
      const whole = network();
      const uninterrupted = await fit(whole, data(1), options);

      const interrupt = new AbortController();
      const first = network();
      const part = await fit(first, data(1), {
        ...options,
        signal: interrupt.signal,
        onStep: ({ step }) => {
          if (step === stop) interrupt.abort();
        },
      });
      expect([part.stopped, part.history.length]).toEqual(['aborted', stop]);
      const text = await writeCheckpoint({ model: first, training: part.state, notes: { seed: 1 } });
      const { model, training, notes } = await readCheckpoint(text);
      expect(notes).toEqual({ seed: 1 });
      const rest = await fit(model, data(1), { ...options, resume: training });
      expect(weights(model)).toEqual(weights(whole));
      const losses = (result: typeof rest) => result.history.map(({ loss, validationLoss }) => [loss, validationLoss]);
      expect(losses(rest)).toEqual(losses(uninterrupted));
    },
  );

  it('stops early when patience is over, and returns to the best parameters', async () => {
    const model = network();
    const { stopped, history, state } = await fit(model, data(1, 6), {
      schedule: [{ method: 'adam', steps: 400, learningRate: 0.3 }],
      validation: data(2),
      earlyStopping: { patience: 5 },
    });
    expect(stopped).toBe('early');
    const best = Math.min(...history.map(({ validationLoss }) => validationLoss!));
    expect(state.best!.loss).toBe(best);
    // The model holds the parameters in float32.
    expect(Math.abs(evaluateLoss(model, data(2)) / best - 1)).toBeLessThan(1e-4);
  });

  it.each(['adam', 'lbfgs'] as const)('restores the last good state when %s meets NaN', async (method) => {
    const model = network();
    let calls = 0;
    let good: number[] = [];
    const poisoned = (prediction: tf.Tensor, target: tf.Tensor) => {
      calls++;
      const loss = tf.mean(tf.squaredDifference(prediction, target)) as tf.Scalar;
      return calls > 12 ? (tf.mul(loss, Number.NaN) as tf.Scalar) : loss;
    };
    const { stopped, message } = await fit(model, data(1), {
      schedule: [{ method, steps: 50, ...(method === 'lbfgs' && { maxIterations: 2 }) } as Stage],
      loss: poisoned,
      onStep: () => {
        good = weights(model);
      },
    });
    expect(stopped).toBe('not finite');
    expect(message).toMatch(/not finite in step \d+ .*last good parameters/);
    expect(weights(model)).toEqual(good);
    expect(good.every(Number.isFinite)).toBe(true);
  });

  it('leaves no tensors behind', async () => {
    const [model, samples] = [network(), data(1)];
    await fit(model, samples, { schedule: [adam(1), lbfgs(1)] });
    const before = tf.memory().numTensors;
    await fit(model, samples, { schedule: [adam(2), lbfgs(2)], regularisation: { strength: 0.01 } });
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('regularisation', () => {
  it('is L1 plus entropy of the mean |φ| of each edge', () => {
    const model = network();
    const { x } = data(1);
    const layer = model.layers[0] as unknown as { edges(x: tf.Tensor2D): tf.Tensor3D };
    const single = tfl.sequential({ layers: [model.layers[0]] });
    const sizes = [...tf.mean(tf.abs(layer.edges(x)), 0).dataSync()];
    const total = sizes.reduce((sum, a) => sum + a, 0);
    const entropy = -sizes.reduce((sum, a) => sum + (a / total) * Math.log(a / total), 0);
    const { penalty } = forwardWithPenalty(single, x, { strength: 0.5, l1: 1, entropy: 2 });
    expect(Math.abs(penalty.dataSync()[0] - 0.5 * (total + 2 * entropy))).toBeLessThan(1e-5);
  });

  it('has the entropy ln 2 of two equal edges, and takes no notice of a dead one', () => {
    const model = kan({ width: [3, 1], basis: 'chebyshev', baseActivation: 'none' });
    const [layer] = model.layers as KANLayer[];
    const edge = [0, 1, 0.5, 0, 0];
    layer.setParameters([...edge, ...edge, 0, 0, 0, 0, 0]);
    const column = tf.reshape(tf.linspace(-1, 1, 9), [9, 1]);
    const x = tf.concat([column, column, column], 1) as tf.Tensor2D;
    const penalty = (weights: { l1: number; entropy: number }) =>
      forwardWithPenalty(model, x, { strength: 1, ...weights }).penalty.dataSync()[0];
    expect(penalty({ l1: 0, entropy: 1 })).toBeCloseTo(Math.LN2, 6);
    const sizes = tf.mean(tf.abs(layer.edges(x)), 0).dataSync();
    expect(sizes[2]).toBe(0);
    expect(penalty({ l1: 1, entropy: 0 })).toBeCloseTo(2 * sizes[0], 6);
  });

  it('sends its gradient through the activations, to every variable and to the input', () => {
    const model = network();
    const { x } = data(1);
    const penalty = (input: tf.Tensor) => forwardWithPenalty(model, input, { strength: 1 }).penalty;
    const { grads } = tf.variableGrads(() => penalty(x));
    const trainable = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    for (const variable of trainable) {
      expect(
        grads[variable.name].dataSync().some((value) => value !== 0),
        variable.name,
      ).toBe(true);
    }
    // The first θ against a central difference, h² and float32 rounding of a sum near 5.
    const theta = trainable[0];
    const original = Float32Array.from(theta.dataSync());
    const h = 2 ** -8;
    const wanted = original.slice(0, 6).map((_, i) => {
      const at = (shift: number) => {
        theta.assign(
          tf.tensor(
            original.map((value, j) => (j === i ? value + shift : value)),
            theta.shape,
          ),
        );
        return penalty(x).dataSync()[0];
      };
      const slope = (at(h) - at(-h)) / (2 * h);
      theta.assign(tf.tensor(original, theta.shape));
      return slope;
    });
    expect(relativeError(grads[theta.name].dataSync().slice(0, 6), wanted)).toBeLessThan(2e-3);
  });

  it('makes edges smaller', async () => {
    const run = async (strength: number) => {
      const model = network();
      await fit(model, data(1), { schedule: [lbfgs(6)], regularisation: { strength } });
      return forwardWithPenalty(model, data(1).x, { strength: 1 }).penalty.dataSync()[0];
    };
    expect(await run(0.1)).toBeLessThan(0.7 * (await run(0)));
  });
});

describe('readCheckpoint', () => {
  it.each([
    ['a cut-off text', '{"format": "daruan.che', /not JSON/],
    ['another file', '{"format": "something"}', /expected format "daruan.checkpoint", got "something"/],
    ['a later version', '{"format": "daruan.checkpoint", "version": 99}', /expected version 1, got 99/],
  ])('refuses %s', async (_, text, message) => {
    await expect(readCheckpoint(text)).rejects.toThrow(message);
  });
});
