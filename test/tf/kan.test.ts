import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BasisSpec, basisFrom, basisNames } from '../../src/basis/table.js';
import { Random } from '../../src/foundation/random.js';
import { basisLayer } from '../../src/network/basisLayer.js';
import { edgeCurves } from '../../src/tf/edgeCurves.js';
import { kan } from '../../src/tf/KAN.js';
import { KANLayer, type KANLayerArgs } from '../../src/tf/layers/KANLayer.js';
import { fit } from '../../src/tf/training/fit.js';
import { relativeError, useBackend } from './environment.js';
import { itObeysTheLawsOfLayers, type LayerCase } from './layerLaws.js';

const everything = { postactivationWeightTrainable: true, useBias: true, baseActivation: 'tanh' } as const;
const layer = (options: Partial<KANLayerArgs>) => new KANLayer({ units: 2, seed: 6, ...options });

/** Every basis as usual, and every option that changes what a layer computes. */
const cases: Record<string, LayerCase> = {
  ...Object.fromEntries(basisNames.map((name) => [name, { construct: () => layer({ basis: name }), shape: [3] }])),
  // far from b = 0, where |b| has a kink
  rational: { construct: () => layer({ basis: { name: 'rational', start: 'relu' } }), shape: [3] },
  'af with attention': {
    construct: () => layer({ basis: { name: 'af', attention: true, combination: 'prod' } }),
    shape: [4],
    range: 2,
  },
  'every option': { construct: () => layer({ basis: { name: 'fourier', frequencies: 2 }, ...everything }), shape: [3] },
  'an untrained base': {
    construct: () => layer({ basis: 'chebyshev', baseActivation: 'gelu', baseTrainable: false }),
    shape: [3],
  },
  sequences: {
    construct: () =>
      layer({ basis: { name: 'bspline', grid: 3, degree: 2, range: [-2, 2] }, coefficientDeviation: 0.3 }),
    shape: [2, 3],
  },
};

beforeAll(() => useBackend('cpu'));

describe.each(Object.entries(cases))('KANLayer, %s', (_, one) => itObeysTheLawsOfLayers(one));

const random = new Random(9);
const draw = (rows: number, columns: number, size = 0.9) =>
  tf.tensor2d(
    Float32Array.from({ length: rows * columns }, () => random.uniform(-size, size)),
    [rows, columns],
  );
const built = (options: Partial<KANLayerArgs>, inDim = 3) => {
  const made = layer(options);
  made.apply(tf.zeros([1, inDim]));
  return made;
};

describe('KANLayer', () => {
  it.each(basisNames)('of %s is the sum of its edges and biases, less those that are masked', (basis) => {
    const made = built({ basis, ...everything });
    made.setMask([1, 0, 1, 1, 1, 0]);
    const x = draw(5, 3);
    const edges = made.edges(x);
    expect(relativeError(tf.sum(edges, 2).dataSync(), (made.apply(x) as tf.Tensor).dataSync())).toBeLessThan(1e-5);
    for (const [o, i] of [
      [0, 1],
      [1, 2],
    ]) {
      const edge = tf.slice3d(edges, [0, o, i], [5, 1, 1]).dataSync();
      expect(edge.every((value) => value === 0)).toBe(true);
    }
  });

  it.each(basisNames)('of %s says on tensors what it says on the host, with the same gradients', (basis) => {
    const made = built({ basis, ...everything });
    const x = draw(5, 3);
    const host = basisLayer(made.basisLayer());
    const values = Float64Array.from(made.trainableWeights.flatMap((weight) => [...weight.read().dataSync()]));
    expect(values.length).toBe(host.length);
    const data = Float64Array.from(x.dataSync());
    const y = made.apply(x) as tf.Tensor;
    // float32 features and products of at most 36 terms
    expect(relativeError(y.dataSync(), host.forward(values, data, 5))).toBeLessThan(1e-5);
    const upstream = draw(5, 2);
    const variables = made.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const { grads } = tf.variableGrads(
      () => tf.sum(tf.mul(made.apply(x) as tf.Tensor, upstream)) as tf.Scalar,
      variables,
    );
    const got = variables.flatMap(({ name }) => [...grads[name].dataSync()]);
    const wanted = host.backward(values, data, 5, Float64Array.from(upstream.dataSync()), true);
    expect(relativeError(got, wanted.values)).toBeLessThan(1e-5);
    const byX = tf.grad((input) => tf.sum(tf.mul(made.apply(input) as tf.Tensor, upstream)))(x);
    expect(relativeError(byX.dataSync(), wanted.x)).toBeLessThan(1e-5);
  });

  it('counts its parameters as the formula says', () => {
    const count = (basis: KANLayerArgs['basis']) => {
      const model = kan({ width: [4, 3], ...(basis && { basis }) });
      return model.countParams() - 12; // without the mask
    };
    expect(count('bspline')).toBe(12 * (8 + 1) + 4 * 2); // G + k, c, and the ends of the grids
    expect(count('fourier')).toBe(12 * 11);
    expect(count('radial')).toBe(12 * (8 + 1));
    expect(count('chebyshev')).toBe(12 * 5);
    expect(count('wavelet')).toBe(12 * 5 + 2 * 4 * 5 + 3);
    expect(count('relu')).toBe(12 * 8 + 2 * 4 * 8 + 3);
    expect(count('af')).toBe(12 * (6 + 1) + 2 * 4 * 6);
    expect(count({ name: 'af', attention: true })).toBe(12 + 2 * 4 * 6 + 6 + 1 + 2 * 4);
    expect(count({ name: 'rational', groups: 2 })).toBe(12 + 6 + 2 * 4 + 3);
  });

  it('of rational functions keeps the variance of its inputs: the initialisation is applied', () => {
    const normal = Float64Array.from({ length: 20000 }, () => random.normal());
    for (const start of ['silu', 'gelu', 'identity', 'relu'] as const) {
      const made = built({ units: 64, basis: { name: 'rational', start } }, 256);
      const { coefficients, blocks } = made.parameters();
      const features = new Float64Array(normal.length);
      made.basis.features(
        { x: normal, batch: normal.length, inDim: 1, parameters: Object.values(blocks) },
        features,
        1,
      );
      const squares = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value * value, 0);
      const variance = ((256 * squares(coefficients)) / coefficients.length) * (squares(features) / normal.length);
      // 20,000 values of F² and 16,384 weights: standard errors of 2 % and 1 %.
      expect(Math.abs(variance - 1), start).toBeLessThan(0.06);
    }
  });

  it.each<BasisSpec>([
    ...basisNames.map((name): BasisSpec => ({ name })),
    { name: 'bspline', degree: 1, outside: 'clamp', range: [-0.5, 0.5] },
    { name: 'bspline', degree: 4, grid: 2 },
    ...(['morlet', 'gaussianSlope', 'shannon'] as const).map((wavelet) => ({ name: 'wavelet', wavelet }) as const),
    ...(['quad2', 'sum', 'prod', 'sumProd', 'cubic1', 'cubic2'] as const).map(
      (combination) => ({ name: 'af', combination, normalise: false }) as const,
    ),
    { name: 'af', attention: true },
    { name: 'af', attention: true, normalise: false, activation: 'tanh' },
    { name: 'rational', denominator: 'absoluteOfSum', sharedNumerator: false, groups: 2 },
  ])('has the same values and gradients when $name is composed of tfjs operations', (basis) => {
    const x = draw(5, 4, 1.3);
    const upstream = draw(5, 2);
    const [analytic, composed] = (['auto', 'composed'] as const).map((route) => {
      const made = built({ basis, ...everything, route }, 4);
      const variables = made.trainableWeights.map((weight) => weight.read() as tf.Variable);
      const loss = (input: tf.Tensor) => tf.sum(tf.mul(made.apply(input) as tf.Tensor, upstream)) as tf.Scalar;
      const { value, grads } = tf.variableGrads(() => loss(x), variables);
      return [
        ...value.dataSync(),
        ...tf.grad(loss)(x).dataSync(),
        ...variables.flatMap(({ name }) => [...grads[name].dataSync()]),
      ];
    });
    expect(relativeError(composed, analytic)).toBeLessThan(1e-5); // float32, some tens of roundings
  });

  it('has second derivatives when it is composed: of a sine, minus the sine', () => {
    const made = new KANLayer({ units: 1, basis: { name: 'fourier', frequencies: 1 }, route: 'composed' });
    made.apply(tf.zeros([1, 1]));
    made.setParameters([0, 0, 1]);
    const slope = (input: tf.Tensor) => tf.sum(tf.grad((y) => tf.sum(made.apply(y) as tf.Tensor))(input));
    const [value] = tf
      .grad(slope)(tf.tensor2d([[0.7]]))
      .dataSync();
    expect(value).toBeCloseTo(-Math.sin(0.7), 6);
  });

  it('tells a second derivative from zero', () => {
    const made = built({});
    const slope = (x: tf.Tensor) => tf.sum(tf.grad((input) => tf.sum(made.apply(input) as tf.Tensor))(x));
    expect(() => tf.grad(slope)(draw(2, 3))).toThrow('KANLayer: its features have first derivatives only');
  });

  it('takes a basis of your own', () => {
    const cosine = { ...basisFrom('test', { name: 'fourier', frequencies: 1 }), name: 'mine' };
    const made = built({ basis: cosine });
    expect((made.apply(draw(2, 3)) as tf.Tensor).shape).toEqual([2, 2]);
    expect(() => made.getConfig()).toThrow('KANLayer: the basis "mine" is no data that could be saved. Name one.');
  });
});

describe('kan', () => {
  it.each(basisNames)("with %s trains by tfjs's own fit, and in float64 by ours", async (name) => {
    const basis: BasisSpec = name === 'wavelet' ? { name, count: 4 } : { name };
    const model = kan({ width: [2, 3, 1], basis, seed: 2 });
    const x = draw(40, 2);
    const y = tf.sin(tf.sum(tf.mul(x, [[2, 1]]), 1, true));
    const result = await fit(model, { x, y }, { schedule: [{ method: 'lbfgs', steps: 3 }] });
    expect([result.precision, result.stopped]).toEqual(['float64', 'finished']);
    expect(result.history[2].loss).toBeLessThan(0.03);
    model.compile({ optimizer: tf.train.adam(0.003), loss: 'meanSquaredError' });
    const { history } = await model.fit(x, y, { epochs: 3, verbose: 0 });
    expect(history.loss.every((loss) => (loss as number) < 0.1)).toBe(true);
  });

  it('normalises the input of every layer on request', () => {
    const classes = (normalization: 'batch' | 'layer') =>
      kan({ width: [4, 5, 1], normalization }).layers.map((one) => one.getClassName());
    expect(classes('batch')).toEqual(['BatchNormalization', 'KANLayer', 'BatchNormalization', 'KANLayer']);
    expect(classes('layer')).toEqual(['LayerNormalization', 'KANLayer', 'LayerNormalization', 'KANLayer']);
  });

  it('starts from its seed, layers of equal shape differently', () => {
    const values = (seed: number) =>
      kan({ width: [2, 2, 2], seed }).layers.map((one) => [...one.getWeights()[0].dataSync()]);
    expect(values(1)).toEqual(values(1));
    expect(values(1)).not.toEqual(values(2));
    expect(values(1)[0]).not.toEqual(values(1)[1]);
  });

  it('offers the curves of its edges, for pictures', () => {
    const [first, second] = edgeCurves(kan({ width: [2, 3, 1], basis: 'chebyshev' }), draw(20, 2), 9);
    expect([first.inDim, first.outDim, second.inDim, second.outDim]).toEqual([2, 3, 3, 1]);
    expect(first.curves.every(({ x, y }) => x.length === 9 && y.every(Number.isFinite))).toBe(true);
    expect(Math.min(...first.importance)).toBeGreaterThan(0);
  });

  it('is regularised by the sizes of its edges', async () => {
    const model = kan({ width: [2, 2, 1], seed: 1 });
    const data = { x: draw(30, 2), y: tf.zeros([30, 1]) };
    const options = { schedule: [{ method: 'lbfgs', steps: 1, maxIterations: 2 }] } as const;
    const plain = await fit(kan({ width: [2, 2, 1], seed: 1 }), data, options);
    const result = await fit(model, data, { ...options, regularisation: { strength: 1 } });
    expect(result.precision).toBe('float32');
    expect(result.history[0].loss).toBeGreaterThan(plain.history[0].loss + 0.1);
  });
});
