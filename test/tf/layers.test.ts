import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/foundation/random.js';
import { Daruan, type DaruanArgs } from '../../src/tf/layers/Daruan.js';
import { QKANLayer, type QKANLayerArgs } from '../../src/tf/layers/QKANLayer.js';
import { qkan } from '../../src/tf/QKAN.js';
import { modelArtifacts, modelFromArtifacts } from '../../src/tf/storage/model.js';
import { relativeError, useBackend } from './environment.js';

const everythingTrainable = {
  preactivationTrainable: true,
  postactivationWeightTrainable: true,
  postactivationBiasTrainable: true,
} as const;

/** Every layer with every option that changes what it computes. */
const layers: [string, () => QKANLayer | Daruan][] = [
  ...(
    [
      ['default', {}],
      ['everything trainable', everythingTrainable],
      ['rpz', { ansatz: 'rpz' }],
      ['px', { ansatz: 'px' }],
      ['real, trainable', { ansatz: 'real', ...everythingTrainable }],
      ['mix', { ansatz: 'mix', thetaInitializer: 'smallGaussian' }],
      ['amplitude', { measurement: 'amplitude', thetaInitializer: 'smallGaussian' }],
      ['group of 2', { group: 2, ...everythingTrainable }],
      ['powers of 3', { weightInitializer: 'powersOfThree', reps: 2 }],
      ['gelu, base untrained', { baseActivation: 'gelu', baseTrainable: false }],
      ['no base', { baseActivation: 'none' }],
      ['composed', { route: 'composed' }],
    ] satisfies [string, Partial<QKANLayerArgs>][]
  ).map(([name, options]): [string, () => QKANLayer] => [
    `QKANLayer, ${name}`,
    () => new QKANLayer({ units: 2, reps: 2, seed: 11, ...options }),
  ]),
  ...(
    [
      ['default', {}],
      ['shared', { shared: true }],
      ['everything trainable', everythingTrainable],
      ['px', { ansatz: 'px' }],
    ] satisfies [string, DaruanArgs][]
  ).map(([name, options]): [string, () => Daruan] => [
    `Daruan, ${name}`,
    () => new Daruan({ reps: 2, seed: 11, ...options }),
  ]),
];

const random = new Random(3);
const values = Float32Array.from({ length: 18 }, () => random.uniform(-0.9, 0.9));
const sample = (rows = 6) => tf.tensor2d(values.subarray(0, 3 * rows), [rows, 3]);
const variables = (layer: tfl.layers.Layer) => layer.trainableWeights.map((weight) => weight.read() as tf.Variable);

beforeAll(() => useBackend('cpu'));

describe.each(layers)('%s', (_, construct) => {
  /** The layer with its variables, which the first input creates. */
  const make = () => {
    const layer = construct();
    layer.apply(sample(1));
    return layer;
  };

  it('has the gradient that finite differences give, in inputs and in every variable', () => {
    const layer = make();
    const weigh = (y: tf.Tensor) =>
      tf.sum(tf.mul(y, tf.sin(tf.reshape(tf.range(1, y.size + 1), y.shape)))) as tf.Scalar;
    const x = sample();
    const loss = (input: tf.Tensor) => weigh(layer.apply(input) as tf.Tensor);
    const h = 2 ** -7;
    const numeric = (read: Float32Array, evaluate: (changed: Float32Array) => number) =>
      read.map((value, i) => {
        const at = (shift: number) => evaluate(read.map((other, j) => (j === i ? value + shift : other)));
        return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
      });
    // Five-point rule: h⁴/30 · f⁽⁵⁾ with frequencies up to 4, and float32 rounding of a sum of 12 terms, 1e-6/h.
    const tolerance = 1e-3;
    const start = x.dataSync() as Float32Array;
    const inX = numeric(start, (changed) => loss(tf.tensor2d(changed, [6, 3])).dataSync()[0]);
    expect(relativeError(tf.grad(loss)(x).dataSync(), inX)).toBeLessThan(tolerance);
    const { grads } = tf.variableGrads(() => loss(x), variables(layer));
    for (const variable of variables(layer)) {
      const original = Float32Array.from(variable.dataSync());
      const wanted = numeric(original, (changed) => {
        variable.assign(tf.tensor(changed, variable.shape));
        const value = loss(x).dataSync()[0];
        variable.assign(tf.tensor(original, variable.shape));
        return value;
      });
      const got = grads[variable.name].dataSync();
      const largest = Math.max(1, ...wanted.map(Math.abs));
      got.forEach((value, i) => {
        expect(Math.abs(value - wanted[i]) / largest, variable.name).toBeLessThan(tolerance);
      });
    }
  });

  it('gives every trainable variable a gradient', () => {
    const layer = make();
    const { grads } = tf.variableGrads(
      () => tf.sum(tf.square(layer.apply(sample()) as tf.Tensor)) as tf.Scalar,
      variables(layer),
    );
    for (const variable of variables(layer)) {
      expect(
        grads[variable.name].dataSync().some((value) => value !== 0),
        variable.name,
      ).toBe(true);
    }
  });

  it('gives the same row the same output, whatever the batch', () => {
    const layer = make();
    const all = (layer.apply(sample()) as tf.Tensor).arraySync() as number[][];
    // Another batch may take another route, so rounding may differ, nothing else.
    const alone = (layer.apply(sample(1)) as tf.Tensor).arraySync() as number[][];
    expect(relativeError(alone[0], all[0])).toBeLessThan(1e-5);
  });

  it('saves, loads, and gives equal bits', async () => {
    const model = tfl.sequential({ layers: [tfl.layers.inputLayer({ inputShape: [3] }), construct()] });
    const loaded = await modelFromArtifacts(await modelArtifacts(model));
    const [before, after] = [model, loaded].map((m) => (m.predict(sample()) as tf.Tensor).dataSync());
    expect([...after]).toEqual([...before]);
  });

  it('leaves no tensors behind', () => {
    const layer = make();
    const x = sample();
    const run = () =>
      tf.tidy(() => {
        tf.variableGrads(() => tf.sum(layer.apply(x) as tf.Tensor) as tf.Scalar, variables(layer));
      });
    run();
    const before = tf.memory().numTensors;
    run();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('keeps the leading axes of sequences', () => {
    const layer = make();
    const flat = layer.apply(sample()) as tf.Tensor;
    const sequence = layer.apply(tf.reshape(sample(), [2, 3, 3])) as tf.Tensor;
    expect(sequence.shape).toEqual([2, 3, flat.shape[1]]);
    expect(relativeError(sequence.dataSync(), flat.dataSync())).toBeLessThan(1e-6);
    expect(layer.computeOutputShape([null, 3, 3])).toEqual([null, 3, flat.shape[1]]);
  });
});

describe('QKANLayer', () => {
  it('removes an edge whose mask is 0, and only that one', () => {
    const layer = new QKANLayer({ units: 2, inputShape: [3], ...everythingTrainable });
    layer.apply(sample());
    const before = layer.edges(sample()).arraySync();
    layer.setMask([1, 1, 0, 1, 1, 1]);
    const after = layer.edges(sample()).arraySync();
    after.forEach((outputs, b) => {
      outputs.forEach((inputs, o) => {
        inputs.forEach((value, i) => {
          expect(value).toBe(o === 0 && i === 2 ? 0 : before[b][o][i]);
        });
      });
    });
  });

  it('shares circuits in groups: edge (o, i) uses circuit i mod g', () => {
    const layer = new QKANLayer({ units: 2, inputShape: [4], group: 2, baseActivation: 'none' });
    const x = tf.tile(tf.tensor2d([0.3, -0.8], [2, 1]), [1, 4]) as tf.Tensor2D;
    layer.apply(x);
    expect(layer.trainableWeights.map((weight) => weight.shape)).toEqual([[2, 4, 2]]);
    for (const outputs of layer.edges(x).arraySync()) {
      for (const [a, b, c, d] of outputs) {
        expect([c, d]).toEqual([a, b]);
        expect(a).not.toBe(b);
      }
    }
  });

  it('starts θ with the standard deviation of its initialiser', () => {
    const deviation = (options: Partial<QKANLayerArgs>) => {
      const layer = new QKANLayer({ units: 64, inputShape: [64], reps: 3, ...options });
      layer.apply(tf.zeros([1, 64]));
      const theta = [...layer.trainableWeights[0].read().dataSync()];
      return Math.sqrt(theta.reduce((sum, value) => sum + value * value, 0) / theta.length);
    };
    // 32,768 draws: the deviation is known within 0.4 % (one standard error).
    expect(deviation({}) / Math.sqrt(2 / (128 * 8))).toBeCloseTo(1, 1.5);
    expect(deviation({ thetaInitializer: 'smallGaussian' }) / Math.sqrt(1 / 3)).toBeCloseTo(1, 1.5);
    expect(deviation({ thetaInitializer: 'zeros' })).toBe(0);
  });

  it('reads "amplitude" as |α| − |β|', () => {
    const [z, amplitude] = (['expectation', 'amplitude'] as const).map((measurement) => {
      const options = { units: 1, baseActivation: 'none', thetaInitializer: 'smallGaussian', measurement } as const;
      return (new QKANLayer(options).apply(tf.tensor2d([[0.4], [1.3]])) as tf.Tensor).dataSync();
    });
    z.forEach((value, i) => {
      const wanted = Math.sqrt((1 + value) / 2) - Math.sqrt((1 - value) / 2);
      expect(Math.abs(amplitude[i] - wanted)).toBeLessThan(1e-6);
    });
  });
});

describe('qkan', () => {
  it("trains by tfjs's own compile and fit", async () => {
    const model = tfl.sequential({
      layers: [
        new QKANLayer({ units: 3, reps: 2, inputShape: [3], preactivationTrainable: true }),
        new Daruan({ reps: 1 }),
        tfl.layers.dense({ units: 1 }),
      ],
    });
    model.compile({ optimizer: tf.train.adam(0.05), loss: 'meanSquaredError' });
    const y = tf.sin(tf.sum(sample(), 1, true));
    const { history } = await model.fit(sample(), y, { epochs: 40, verbose: 0 });
    expect(history.loss[39]).toBeLessThan((history.loss[0] as number) / 10);
  });

  it('is a sequential model of its width, started from its seed', () => {
    const build = (seed: number) => qkan({ width: [2, 5, 1], seed });
    const [a, b, c] = [build(1), build(1), build(2)].map((model) => {
      expect(model.outputs[0].shape).toEqual([null, 1]);
      return model.getWeights().flatMap((weight) => [...weight.dataSync()]);
    });
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });

  it('starts layers of equal shape differently', () => {
    const [first, second] = qkan({ width: [2, 2, 2] }).layers.map((layer) => [...layer.getWeights()[0].dataSync()]);
    expect(first).not.toEqual(second);
  });

  it('normalises the input of every layer on request', () => {
    const model = qkan({ width: [2, 3, 1], batchNormalization: true });
    expect(model.layers.map((layer) => layer.getClassName())).toEqual([
      'BatchNormalization',
      'QKANLayer',
      'BatchNormalization',
      'QKANLayer',
    ]);
    expect((model.predict(tf.ones([4, 2])) as tf.Tensor).shape).toEqual([4, 1]);
  });
});
