import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { customAnsatz } from '../../../circuits/ansatz/custom.js';
import { circuit, op } from '../../../circuits/circuit.js';
import { Random } from '../../../src/foundation/random.js';
import { exportOnnx } from '../../../src/tf/interchange/onnx.js';
import { kan } from '../../../src/tf/KAN.js';
import { HQKAN } from '../../../src/tf/layers/HQKAN.js';
import { Linear } from '../../../src/tf/layers/Linear.js';
import type { QKANLayer } from '../../../src/tf/layers/QKANLayer.js';
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

describe('ONNX Runtime computes what the network computes', () => {
  it.each(cases)('%s', async (_, args) => {
    const model = shaken(qkan({ width: [3, 4, 2], reps: 2, seed: 7, ...args }));
    (model.layers[args.batchNormalization ? 1 : 0] as QKANLayer).setMask([1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0, 1]);
    expect(await compare(model, args.ansatz === 'px' ? 1.2 : 3)).toBeLessThan(TOLERANCE);
  });

  it('HQKAN between linear and dense layers', async () => {
    const model = tfl.sequential({
      layers: [
        tfl.layers.dense({ units: 5, activation: 'tanh', inputShape: [2] }),
        new HQKAN({ units: 4, latent: 3, depth: 2, seed: 1 }),
        new Linear({ units: 2, activation: 'silu', seed: 2 }),
        tfl.layers.dense({ units: 1, useBias: false }),
      ],
    });
    expect(await compare(shaken(model), 2)).toBeLessThan(TOLERANCE);
  });

  it('a layer that cannot be written is refused by name', () => {
    expect(() => exportOnnx(kan({ width: [1, 1] }))).toThrow(/layers of kind QKANLayer, Linear, HQKAN.*KANLayer/);
    const dense = tfl.sequential({ layers: [tfl.layers.dense({ units: 1, activation: 'softmax', inputShape: [1] })] });
    expect(() => exportOnnx(dense)).toThrow(/an activation of silu, .*softmax/);
    const sequence = tfl.sequential({ layers: [tfl.layers.dense({ units: 1, inputShape: [4, 1] })] });
    expect(() => exportOnnx(sequence)).toThrow(/a model of one input \[batch, in\]/);
  });
});
