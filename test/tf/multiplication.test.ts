import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { parseFormula } from '../../src/data/formula.js';
import { Random } from '../../src/foundation/random.js';
import { hostLosses } from '../../src/network/losses.js';
import { edgeCurves } from '../../src/tf/edgeCurves.js';
import { kan } from '../../src/tf/KAN.js';
import { hasEdges } from '../../src/tf/layers/edgeLayer.js';
import { Multiplication } from '../../src/tf/layers/Multiplication.js';
import { qkan } from '../../src/tf/QKAN.js';
import { modelArtifacts, modelFromArtifacts } from '../../src/tf/storage/model.js';
import { autoSymbolic } from '../../src/tf/structure/autoSymbolic.js';
import { prune } from '../../src/tf/structure/prune.js';
import { hostEngine } from '../../src/tf/training/engine.js';
import { fit } from '../../src/tf/training/fit.js';
import { ParameterVector } from '../../src/tf/training/variables.js';
import type { NodeCount } from '../../src/tf/width.js';
import { relativeError, useBackend } from './environment.js';
import { itObeysTheLawsOfLayers } from './layerLaws.js';

await useBackend('wasm');

const SAMPLES = 100;
const random = new Random(1);
const points = Float32Array.from({ length: 2 * SAMPLES }, () => random.uniform(-1, 1));
const x = tf.tensor2d(points, [SAMPLES, 2]);
const targetOf = (f: (a: number, b: number) => number) =>
  tf.tensor2d(
    Float32Array.from({ length: SAMPLES }, (_, s) => f(points[2 * s], points[2 * s + 1])),
    [SAMPLES, 1],
  );

describe.each([
  ['of two', [2], [5]],
  ['of two, of two, of three', [2, 2, 3], [7]],
  ['of four in a sequence', [4], [3, 6]],
  ['of none', [], [3]],
] as const)('a Multiplication layer with products %s', (_, arities, shape) => {
  itObeysTheLawsOfLayers({ construct: () => new Multiplication({ arities: [...arities] }), shape });
});

describe('a Multiplication layer', () => {
  it('keeps the first features and multiplies the last ones', () => {
    const y = new Multiplication({ arities: [3, 2, 2] }).apply(tf.tensor2d([[9, 2, 3, 5, 7, 11, 13, -1]])) as tf.Tensor;
    expect([...y.dataSync()]).toEqual([9, 30, 77, -13]);
  });

  it('gives the same row the same bits, whatever the batch', () => {
    const layer = new Multiplication({ arities: [2, 3, 2] });
    const rows = tf.randomUniform([50, 8], -1, 1, 'float32', 3);
    const all = (layer.apply(rows) as tf.Tensor).dataSync();
    const last = (layer.apply(tf.slice(rows, [49, 0], [1, 8])) as tf.Tensor).dataSync();
    expect([...last]).toEqual([...all.slice(-4)]);
  });

  it('has derivatives of any order', () => {
    const layer = new Multiplication({ arities: [3] });
    const cube = (t: tf.Tensor) => tf.sum(layer.apply(tf.tile(t, [1, 3])) as tf.Tensor) as tf.Scalar;
    const third = tf.grad((a) => tf.sum(tf.grad((b) => tf.sum(tf.grad(cube)(b)))(a)))(tf.tensor2d([[0.7]]));
    expect(third.dataSync()[0]).toBeCloseTo(6, 5);
  });
});

const networks: Readonly<Record<string, (width: readonly NodeCount[], seed: number) => tfl.Sequential>> = {
  KAN: (width, seed) => kan({ width, seed, basis: { name: 'bspline', grid: 5 } }),
  QKAN: (width, seed) =>
    qkan({
      width,
      seed,
      reps: 3,
      preactivationTrainable: true,
      postactivationWeightTrainable: true,
      postactivationBiasTrainable: true,
    }),
};

describe.each(Object.entries(networks))('a %s with nodes that multiply', (name, make) => {
  it('has the layers that its width tells, each started as without products', () => {
    const model = make([2, [1, [2, 3]], [0, 2], 1], 5);
    expect(model.layers.map((layer) => [layer.getClassName(), layer.outputShape])).toEqual([
      [`${name}Layer`, [null, 6]],
      ['Multiplication', [null, 3]],
      [`${name}Layer`, [null, 4]],
      ['Multiplication', [null, 2]],
      [`${name}Layer`, [null, 1]],
    ]);
    const [plain, same] = [make([2, 4, 1], 5), make([2, [4, 0], 1], 5)].map((m) => m.predict(x) as tf.Tensor);
    expect([...same.dataSync()]).toEqual([...plain.dataSync()]);
    const first = make([2, 6], 5).layers[0];
    const [before, behind] = [first, model.layers[0]].map((layer) => (layer.apply(x) as tf.Tensor).dataSync());
    expect([...behind]).toEqual([...before]);
  });

  it('computes and differentiates on the host what tensors do', () => {
    const model = make([2, [2, [2, 3]], [1, 1]], 3);
    const y = tf.reverse(x, 1);
    const vector = new ParameterVector(model);
    const engine = hostEngine(model, { x, y }, 'meanSquaredError');
    const host = engine.objective()(vector.read());
    const tensors = vector.differentiate(
      () => tf.mean(tf.squaredDifference(model.apply(x) as tf.Tensor, y)) as tf.Scalar,
    );
    expect(relativeError([tensors.value], [host.value])).toBeLessThan(1e-5);
    expect(relativeError(tensors.gradient, host.gradient)).toBeLessThan(1e-4); // float32 over all samples
    const prediction = Float64Array.from((model.predict(x) as tf.Tensor).dataSync());
    const { value } = hostLosses.meanSquaredError(prediction, Float64Array.from(y.dataSync()));
    expect(relativeError([value], [host.value])).toBeLessThan(1e-5);
  });

  it('learns x·y to a lower loss than sums alone, on fewer edges, and the formula is read off', async () => {
    const y = targetOf((a, b) => a * b);
    const schedule = [{ method: 'lbfgs', steps: 8 }] as const;
    const train = async (model: tfl.Sequential) => {
      const { history, precision } = await fit(model, { x, y }, { schedule });
      expect(precision).toBe('float64');
      return history[history.length - 1].loss;
    };
    const [model, sums] = [make([2, [0, 1], 1], 1), make([2, 2, 1], 1)];
    const [withProduct, withSums] = [await train(model), await train(sums)];
    expect(withProduct).toBeLessThan(1e-5);
    expect(withProduct).toBeLessThan(withSums);
    const { model: pruned, edges, nodes } = await prune(model, x);
    expect([nodes, edges]).toEqual([[[0, 1], [0], [0]], 3]); // 2 to the factors, 1 from the product; sums alone need 6
    const { formulas, loss } = autoSymbolic(pruned, x, { y });
    expect(['x1 * x2', 'x2 * x1']).toContain(formulas[0]);
    expect(loss).toBeLessThan(1e-14); // y is rounded to float32
  });

  it('is saved and loaded with equal bits', async () => {
    const model = make([2, [1, [2, 3]], 1], 2);
    const loaded = await modelFromArtifacts(await modelArtifacts(model));
    const [before, after] = [model, loaded].map((m) => (m.predict(x) as tf.Tensor).dataSync());
    expect([...after]).toEqual([...before]);
  });
});

describe('a KAN with a product as its output', () => {
  it('learns exp(sin πx)·y along four edges, and the formula is read off', async () => {
    const f = (a: number, b: number) => Math.exp(Math.sin(Math.PI * a)) * b;
    const y = targetOf(f);
    const model = kan({ width: [2, 2, [0, 1]], basis: { name: 'bspline', grid: 8 }, seed: 2 });
    for (const layer of model.layers.filter(hasEdges)) layer.setMask([1, 0, 0, 1]);
    const { history } = await fit(model, { x, y }, { schedule: [{ method: 'lbfgs', steps: 8 }] });
    expect(history[history.length - 1].loss).toBeLessThan(1e-5);
    const { formulas, loss } = autoSymbolic(model, x, { y, digits: 8 });
    expect(loss).toBeLessThan(1e-13); // y is rounded to float32
    const read = parseFormula(formulas[0], 2); // exp(sin πx) is e·exp(−2 sin²(π/2·x − π/4)) too
    for (const [a, b] of [
      [0.3, -0.8],
      [-0.9, 0.5],
    ]) {
      expect(read([a, b])).toBeCloseTo(f(a, b), 5);
    }
  });

  it('is drawn from the curves of its edges and the factors of its products', () => {
    const model = kan({ width: [2, [1, 2], 1], normalization: 'batch' });
    const [first, second] = edgeCurves(model, x, 9);
    expect([first.inDim, first.outDim, first.arities]).toEqual([2, 5, [2, 2]]);
    expect([second.inDim, second.outDim, second.arities]).toEqual([3, 1, undefined]);
  });
});

describe('layers of tfjs', () => {
  it('stand around products as around any layer', () => {
    const dense = tfl.layers.dense({ units: 5, inputShape: [2] });
    const model = tfl.sequential({
      layers: [dense, new Multiplication({ arities: [2] }), tfl.layers.dense({ units: 1 })],
    });
    expect((model.predict(x) as tf.Tensor).shape).toEqual([SAMPLES, 1]);
  });
});
