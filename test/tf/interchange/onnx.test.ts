import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { customAnsatz } from '../../../circuits/ansatz/custom.js';
import { circuit, op } from '../../../circuits/circuit.js';
import { fourier } from '../../../src/basis/fourier.js';
import { Random } from '../../../src/foundation/random.js';
import { exportOnnx } from '../../../src/tf/interchange/onnx.js';
import { type KANArgs, kan } from '../../../src/tf/KAN.js';
import type { EdgeLayer } from '../../../src/tf/layers/edgeLayer.js';
import { HQKAN } from '../../../src/tf/layers/HQKAN.js';
import { LayerNorm } from '../../../src/tf/layers/LayerNorm.js';
import { Linear } from '../../../src/tf/layers/Linear.js';
import { mlp } from '../../../src/tf/MLP.js';
import { type QKANArgs, qkan } from '../../../src/tf/QKAN.js';
import { relativeError, useBackend } from '../environment.js';

await useBackend('wasm');

const random = new Random(6);

/** Moves every weight from where it starts. */
function shaken<Model extends tfl.LayersModel>(model: Model): Model {
  for (const weight of model.weights) {
    if (weight.name.includes('mask')) continue;
    const noise = Float32Array.from({ length: weight.read().size }, () => random.uniform(0, 0.3));
    weight.write(tf.add(weight.read(), tf.tensor(noise, weight.read().shape)));
  }
  return model;
}

/** The outputs of ONNX Runtime beside those of tfjs, for batches of two sizes. */
async function compare(model: tfl.LayersModel, reach: number): Promise<number> {
  const session = await InferenceSession.create(exportOnnx(model));
  const inDim = model.inputs[0].shape[1]!;
  let worst = 0;
  for (const batch of [1, 33]) {
    const x = Float32Array.from({ length: batch * inDim }, () => random.uniform(-reach, reach));
    const { y } = await session.run({ x: new Tensor('float32', x, [batch, inDim]) });
    const wanted = model.predict(tf.tensor2d(x, [batch, inDim])) as tf.Tensor;
    expect(y.dims).toEqual(wanted.shape);
    worst = Math.max(worst, relativeError(y.data as Float32Array, wanted.dataSync()));
  }
  const { y } = await session.run({ x: new Tensor('float32', new Float32Array(inDim).fill(Number.NaN), [1, inDim]) });
  expect([...(y.data as Float32Array)].filter((value) => !Number.isNaN(value))).toEqual([]); // what is missing stays missing
  await session.release();
  return worst;
}

/** Two layers of some twenty float32 operations each. */
const TOLERANCE = 5e-6;

const own = customAnsatz(
  circuit({
    numQubits: 1,
    data: ['x'],
    operations: [op('ry', [0], 'a'), op('rz', [0], '2*x + b'), op('rx', [0], 'c*x')],
  }),
  'X',
);
const cases: readonly [string, Partial<QKANArgs>][] = [
  ['pz by nodes', {}],
  ['pz by nodes, powers of three', { weightInitializer: 'powersOfThree', group: 2, baseActivation: 'gelu' }],
  ['pz by the chain', { preactivationTrainable: true, postactivationWeightTrainable: true, baseActivation: 'tanh' }],
  ['rpz', { ansatz: 'rpz', postactivationBiasTrainable: true, baseActivation: 'relu' }],
  ['mix', { ansatz: 'mix', preactivationTrainable: true, baseActivation: 'none' }],
  ['real', { ansatz: 'real', preactivationTrainable: true, baseActivation: 'sigmoid' }],
  ['px by nodes', { ansatz: 'px', outsideDomain: 'clamp', baseActivation: 'identity' }],
  ['px by the chain', { ansatz: 'px', preactivationTrainable: true, outsideDomain: 'clamp' }],
  ['the amplitude', { measurement: 'amplitude', preactivationTrainable: true }],
  ['batch normalisation', { batchNormalization: true }],
  ['a circuit of one’s own', { ansatz: own }],
];

/** KANs by basis, and how far their inputs go: beyond grids and centres. */
const classical: readonly [string, Partial<KANArgs>, number][] = [
  ['splines', { postactivationWeightTrainable: true, useBias: true }, 2.5],
  ['splines that end with their grid', { basis: { name: 'bspline', outside: 'clamp', range: [-1, 0.5] } }, 2.5],
  [
    'splines of degree 1 on a single cell',
    { basis: { name: 'bspline', grid: 1, degree: 1 }, baseActivation: 'none' },
    4,
  ],
  ['splines of degree 5 that follow samples', { basis: { name: 'bspline', degree: 5, grid: 8, outside: 'update' } }, 3],
  ['fourier', { basis: { name: 'fourier', frequencies: 4 }, baseActivation: 'gelu' }, 4],
  ['radial', { basis: { name: 'radial', centres: 5, range: [-1, 2] }, baseTrainable: false }, 5],
  ['chebyshev', { basis: { name: 'chebyshev', degree: 6 }, baseActivation: 'sigmoid' }, 4],
  ['chebyshev of degree 1', { basis: { name: 'chebyshev', degree: 1 } }, 4],
  ['mexican hats', { basis: 'wavelet' }, 4],
  ['morlet', { basis: { name: 'wavelet', wavelet: 'morlet', count: 1 } }, 3],
  ['slopes of Gaussians', { basis: { name: 'wavelet', wavelet: 'gaussianSlope', range: [0, 2] } }, 4],
  ['shannon', { basis: { name: 'wavelet', wavelet: 'shannon' } }, 4],
  ['relu', { basis: { name: 'relu', grid: 4, degree: 2 }, baseActivation: 'identity' }, 3],
  ['af', { basis: 'af' }, 3],
  ['af with attention', { basis: { name: 'af', attention: true } }, 3],
  ...(['quad2', 'sum', 'prod', 'sumProd', 'cubic1', 'cubic2'] as const).map(
    (combination): [string, Partial<KANArgs>, number] => [
      `af by ${combination}`,
      { basis: { name: 'af', combination, activation: 'tanh', normalise: combination !== 'sum' } },
      2,
    ],
  ),
  ['rational', { basis: { name: 'rational', groups: 2 } }, 4],
  [
    'rational, of the other form',
    { basis: { name: 'rational', denominator: 'absoluteOfSum', start: 'tanh', groups: 3, sharedNumerator: false } },
    3,
  ],
  ['batch normalisation before splines', { normalization: 'batch' }, 3],
];

describe('ONNX Runtime computes what the network computes', () => {
  it.each(cases)('%s', async (_, args) => {
    const model = shaken(qkan({ width: [3, 4, 2], reps: 2, seed: 7, ...args }));
    (model.layers[args.batchNormalization ? 1 : 0] as EdgeLayer).setMask([1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0, 1]);
    expect(await compare(model, args.ansatz === 'px' ? 1.2 : 3)).toBeLessThan(TOLERANCE);
  });

  it.each(classical)('KAN: %s', async (_, args, reach) => {
    const model = shaken(kan({ width: [4, 4, 2], seed: 7, ...args }));
    (model.layers[args.normalization ? 1 : 0] as EdgeLayer).setMask([1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1]);
    expect(await compare(model, reach)).toBeLessThan(TOLERANCE);
  });

  it('nodes that multiply', async () => {
    const width = [3, [1, [2, 2, 3]], [0, 1]] as const;
    expect(await compare(shaken(kan({ width, seed: 7 })), 1)).toBeLessThan(TOLERANCE);
    expect(await compare(shaken(qkan({ width, reps: 2, seed: 7 })), 3)).toBeLessThan(TOLERANCE);
  });

  it('a wavelet at its own middle, and splines on their knots', async () => {
    const shannon = kan({
      width: [1, 1],
      basis: { name: 'wavelet', wavelet: 'shannon', count: 3, range: [-1, 1] },
      seed: 1,
    });
    const spline = kan({ width: [1, 1], basis: { name: 'bspline', grid: 4, degree: 1 }, seed: 1 });
    for (const model of [shannon, spline]) {
      const session = await InferenceSession.create(exportOnnx(model));
      const x = Float32Array.of(-2, -1.25, -1, -0.5, 0, 0.5, 1, 1.25, 1.5, 1 + 1e-5, Number.NaN);
      const { y } = await session.run({ x: new Tensor('float32', x, [x.length, 1]) });
      const wanted = (model.predict(tf.tensor2d(x, [x.length, 1])) as tf.Tensor).dataSync();
      expect(relativeError((y.data as Float32Array).slice(0, -1), wanted.slice(0, -1))).toBeLessThan(TOLERANCE);
      expect([y.data.at(-1), wanted.at(-1)]).toEqual([Number.NaN, Number.NaN]);
      await session.release();
    }
  });

  it.each([
    ['tanh', { name: 'fixed', function: 'tanh' }],
    ['splines on nodes', { name: 'nodewise', basis: { name: 'bspline', degree: 2 } }],
    ['Fourier series on nodes', { name: 'nodewise', basis: 'fourier', base: 'relu' }],
    ['rational functions on nodes', { name: 'nodewise', basis: { name: 'rational', groups: 2 } }],
  ] as const)('a multilayer perceptron: %s', async (_, activation) => {
    expect(await compare(shaken(mlp({ width: [2, 5, 4, 1], activation, seed: 3 })), 2)).toBeLessThan(TOLERANCE);
  });

  it('inputs that are scaled before they reach the network', async () => {
    const model = kan({ width: [2, 1], basis: 'fourier', seed: 3 });
    const session = await InferenceSession.create(
      exportOnnx(model, { standardisation: { mean: [2, -1], scale: [0.5, 4] } }),
    );
    const { y } = await session.run({ x: new Tensor('float32', Float32Array.of(2.5, 3, 1, 1), [2, 2]) });
    const wanted = model.predict(tf.tensor2d([1, 1, -2, 0.5], [2, 2])) as tf.Tensor;
    expect(relativeError(y.data as Float32Array, wanted.dataSync())).toBeLessThan(TOLERANCE);
    await session.release();
  });

  it('HQKAN between linear and dense layers', async () => {
    const kernelInitializer = tfl.initializers.glorotUniform({ seed: 3 });
    const model = tfl.sequential({
      layers: [
        tfl.layers.dense({ units: 5, activation: 'tanh', inputShape: [2], kernelInitializer }),
        new HQKAN({ units: 4, latent: 3, depth: 2, seed: 1 }),
        new Linear({ units: 2, activation: 'silu', seed: 2 }),
        tfl.layers.dense({ units: 1, useBias: false, kernelInitializer }),
      ],
    });
    expect(await compare(shaken(model), 2)).toBeLessThan(TOLERANCE);
  });

  it('a layer that cannot be written is refused by name', () => {
    const pool = tfl.sequential({ layers: [new LayerNorm({ inputShape: [2] })] });
    expect(() => exportOnnx(pool)).toThrow(
      /layers of kind QKANLayer, KANLayer, Linear, NodeActivation, HQKAN.*LayerNorm/,
    );
    const strict = kan({ width: [1, 1], basis: { name: 'bspline', outside: 'throw' } });
    expect(() => exportOnnx(strict)).toThrow(
      /the layer ".*" throws outside its grid .*Use "clamp", "extend" or "update"/,
    );
    const own = kan({ width: [1, 1], basis: { ...fourier(), name: 'mine' } });
    expect(() => exportOnnx(own)).toThrow(/bases of bspline, fourier, .*got "mine"/);
    expect(() => exportOnnx(mlp({ width: [1, 2, 1], activation: 'crrelu' }))).toThrow(
      /activations of fixed, nodewise, got "crrelu"/,
    );
    expect(() => exportOnnx(own, { standardisation: { mean: [1, 2], scale: [1, 2] } })).toThrow(
      /exportOnnx: expected standardisation\.mean .*1/,
    );
    const dense = tfl.sequential({ layers: [tfl.layers.dense({ units: 1, activation: 'softmax', inputShape: [1] })] });
    expect(() => exportOnnx(dense)).toThrow(/an activation of linear, silu, .*softmax/);
    const sequence = tfl.sequential({ layers: [tfl.layers.dense({ units: 1, inputShape: [4, 1] })] });
    expect(() => exportOnnx(sequence)).toThrow(/a model of one input \[batch, in\]/);
  });
});
