import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { alphaDropoutMap, DROPPED } from '../../../src/activations/alphaDropout.js';
import { selu } from '../../../src/activations/selu.js';
import { criticality } from '../../../src/analysis/criticality.js';
import { daruanFunctions } from '../../../src/analysis/daruanFunctions.js';
import { AlphaDropout } from '../../../src/tf/layers/AlphaDropout.js';
import {
  CRReLU,
  Dice,
  EvoNormB0,
  EvoNormS0,
  PolyNorm,
  PolyReLU,
  Selu,
  WideDeep,
} from '../../../src/tf/layers/activationLayers.js';
import { Linear } from '../../../src/tf/layers/Linear.js';
import { NodeActivation } from '../../../src/tf/layers/NodeActivation.js';
import { type MLPArgs, mlp } from '../../../src/tf/MLP.js';
import { modelArtifacts, modelFromArtifacts } from '../../../src/tf/storage/model.js';
import { fit } from '../../../src/tf/training/fit.js';
import { activationOf, BATCH, FEATURES, POSITIONS, specs, tensorsOf } from '../../activations/cases.js';
import { relativeError, useBackend } from '../environment.js';
import { itObeysTheLawsOfLayers, type LayerCase } from '../layerLaws.js';

beforeAll(() => useBackend('cpu'));

const named = {
  Selu: () => new Selu(),
  CRReLU: () => new CRReLU({ epsilon: 0.2 }),
  PolyReLU: () => new PolyReLU({ degree: 2 }),
  PolyNorm: () => new PolyNorm(),
  EvoNormB0: () => new EvoNormB0(),
  EvoNormS0: () => new EvoNormS0({ groups: 2 }),
  Dice: () => new Dice({ alpha: 0.25 }),
  WideDeep: () => new WideDeep({ dimension: 3 }),
  'B-splines on nodes': () => new NodeActivation({ activation: 'nodewise' }),
  'rational on nodes': () =>
    new NodeActivation({ activation: { name: 'nodewise', basis: { name: 'rational', start: 'relu' } } }),
} satisfies Record<string, () => NodeActivation>;

const cases: [string, LayerCase][] = Object.entries(named).map(([name, construct]) => [
  name,
  // ReLUs have a kink at 0, within whose reach finite differences would see two slopes
  {
    construct: construct as () => tfl.layers.Layer,
    shape: /Norm/.test(name) ? [2, 4] : [2],
    tolerance: /ReLU|Selu|B0/.test(name) ? 0.02 : 1e-3,
  },
]);

describe.each(cases)('%s', (_, layer) => {
  itObeysTheLawsOfLayers(layer);
});

describe('Layers of activations', () => {
  it.each(specs.map((spec) => [JSON.stringify(spec), spec] as const))(
    'compute the same by tfjs operations as on the host, with equal gradients: %s',
    (_, spec) => {
      const activation = activationOf(spec);
      for (const training of [false, true]) {
        const { x } = tensorsOf(activation, training);
        const sample = tf.tensor3d(Float32Array.from(x), [BATCH, POSITIONS, FEATURES]);
        const [host, composed] = (['auto', 'composed'] as const).map((route) => {
          const layer = new NodeActivation({ activation: spec, route });
          layer.apply(sample);
          const variables = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
          const weigh = (input: tf.Tensor) => {
            const y = layer.apply(input, { training }) as tf.Tensor;
            return tf.sum(tf.mul(y, tf.sin(tf.reshape(tf.range(1, y.size + 1), y.shape)))) as tf.Scalar;
          };
          const grads = variables.length > 0 ? tf.variableGrads(() => weigh(sample), variables).grads : {};
          const inX = tf.grad(weigh)(sample);
          return [weigh(sample), inX, ...variables.map(({ name }) => grads[name])].map((t) => t.dataSync());
        });
        host.forEach((values, k) => {
          expect(relativeError(composed[k], values)).toBeLessThan(2e-5);
        });
      }
    },
  );

  it('are marked where they depend on the batch', () => {
    const marked = [Selu, CRReLU, PolyReLU, PolyNorm, EvoNormB0, EvoNormS0, Dice, WideDeep].map(
      (layer) => [layer.className, layer.batchDependent] as const,
    );
    for (const [name, dependent] of marked)
      expect([name, named[name as keyof typeof named]().batchDependent]).toEqual([name, dependent]);
    expect(marked.filter(([, dependent]) => dependent).map(([name]) => name)).toEqual(['EvoNormB0', 'Dice']);
  });

  it.each([Dice, EvoNormB0])(
    'follow the moments of the batches with momentum 0.9, saved with the model',
    async (Layer) => {
      const layer = new Layer({ inputShape: [2] });
      const x = tf.tensor2d([1, 10, 3, 30], [2, 2]);
      layer.apply(x, { training: true });
      layer.apply(x, { training: false });
      const moving = layer.nonTrainableWeights.map((weight) => [...weight.read().dataSync()]);
      const variance = [0.9 + 0.1, 0.9 + 10];
      const wanted = Layer === Dice ? [[0.2, 2], variance] : [variance];
      moving.forEach((values, k) => {
        expect(relativeError(values, wanted[k])).toBeLessThan(1e-6);
      });
    },
  );

  it('are saved as plain data, but for one’s own', () => {
    const own = new NodeActivation({ activation: { ...selu(), name: 'own' } });
    expect(() => own.getConfig()).toThrow('NodeActivation: the activation "own" is no data that could be saved');
  });
});

describe('AlphaDropout', () => {
  it('drops to α′ while training only, and lets the gradient of what it keeps through', () => {
    const layer = new AlphaDropout({ rate: 0.5, seed: 3 });
    const x = tf.fill([1, 1000], 0.5);
    expect([...(layer.apply(x) as tf.Tensor).dataSync()]).toEqual([...x.dataSync()]);
    const { a, b } = alphaDropoutMap(0.5);
    const y = (layer.apply(x, { training: true }) as tf.Tensor).dataSync();
    const kept = [...y].filter((value) => Math.abs(value - (0.5 * a + b)) < 1e-6).length;
    const dropped = [...y].filter((value) => Math.abs(value - (DROPPED * a + b)) < 1e-6).length;
    expect(kept + dropped).toBe(1000);
    expect(Math.abs(dropped - 500)).toBeLessThan(64); // four standard deviations
    const slopes = tf
      .grad((input) => layer.apply(input, { training: true }) as tf.Tensor)(x)
      .dataSync();
    expect(new Set([...slopes].map((slope) => slope.toFixed(5)))).toEqual(new Set(['0.00000', a.toFixed(5)]));
  });

  it('repeats itself for a seed', () => {
    const [first, second] = [1, 2].map(() =>
      (new AlphaDropout({ rate: 0.3, seed: 9 }).apply(tf.ones([4, 5]), { training: true }) as tf.Tensor).dataSync(),
    );
    expect([...first]).toEqual([...second]);
  });
});

describe('Linear', () => {
  it.each([
    ['lecun', 1 / 200],
    ['he', 2 / 200],
    ['xavier', 2 / 300],
  ] as const)('starts with the variance that "%s" names', (deviation, variance) => {
    const layer = new Linear({ units: 100, deviation, biasDeviation: 2, seed: 1 });
    layer.apply(tf.zeros([1, 200]));
    const [kernel, bias] = layer.trainableWeights.map((weight) => [...weight.read().dataSync()]);
    const square = (values: number[]) => values.reduce((sum, v) => sum + v * v, 0) / values.length;
    // 20,000 and 100 draws: standard errors of the variance 1 % and 14 %
    expect(Math.abs(square(kernel) / variance - 1)).toBeLessThan(0.04);
    expect(Math.abs(square(bias) / 4 - 1)).toBeLessThan(0.5);
  });
});

describe('mlp', () => {
  const parameters = (activation: MLPArgs['activation']) =>
    mlp({ width: [2, 3, 1], activation }).countParams() - (2 * 3 + 3 + 3 + 1);

  it('puts any activation on its nodes, d functions for d nodes', () => {
    expect(parameters('selu')).toBe(0);
    expect(parameters({ name: 'daruan', reps: 3 })).toBe(3 * 8);
    expect(parameters('daruan')).toBe(3 * 8);
    expect(parameters({ name: 'nodewise', basis: { name: 'bspline', grid: 5 } })).toBe(3 * 8 + 3 + 3 * 2);
    expect(parameters({ name: 'nodewise', basis: 'rational' })).toBe(6 + 3 * 4);
    expect(parameters({ ...selu(), name: 'own' })).toBe(0);
    expect(parameters(() => new CRReLU())).toBe(1);
  });

  it.each(['daruan', 'nodewise', { name: 'nodewise', basis: 'rational' }, 'dice', 'selu'] as const)(
    'trains, saves and loads with %s',
    async (activation) => {
      const model = mlp({ width: [1, 6, 1], activation, seed: 2 });
      const x = tf.reshape(tf.linspace(-1, 1, 32), [32, 1]) as tf.Tensor2D;
      const y = tf.sin(tf.mul(x, 3)) as tf.Tensor2D;
      const { history } = await fit(model, { x, y }, { schedule: [{ method: 'adam', steps: 40, learningRate: 0.05 }] });
      expect(history[history.length - 1].loss).toBeLessThan(history[0].loss / 2);
      const loaded = await modelFromArtifacts(await modelArtifacts(model));
      const [before, after] = [model, loaded].map((each) => (each.predict(x) as tf.Tensor).dataSync());
      expect([...after]).toEqual([...before]);
    },
  );

  it('starts critical with quantum activations: the variance stays through 12 layers', () => {
    const reps = 3;
    const width = 300;
    const functions = daruanFunctions({ reps, deviation: 1 / Math.sqrt(reps), draws: 200, seed: 1 });
    const { weightVariance, biasVariance } = criticality(functions, { nodes: 60 });
    const model = mlp({
      width: Array.from({ length: 13 }, () => width),
      activation: { name: 'daruan', reps, thetaInitializer: 'smallGaussian' },
      weightVariance,
      biasVariance,
      seed: 4,
    });
    const random = tf.randomNormal([4, width], 0, 1, 'float32', 1);
    let h: tf.Tensor = random;
    for (const layer of model.layers.slice(0, -1)) {
      h = layer.apply(h) as tf.Tensor;
      if (!(layer instanceof Linear)) continue;
      const variance = tf.mean(tf.square(h)).dataSync()[0];
      if (layer === model.layers[0]) continue; // random inputs instead of activations
      expect(variance).toBeGreaterThan(0.75);
      expect(variance).toBeLessThan(1.5);
    }
  });
});
