import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { customAnsatz } from '../../circuits/ansatz/custom.js';
import { entanglingAnsatze } from '../../circuits/ansatz/table.js';
import { circuit, op } from '../../circuits/circuit.js';
import { CausalAttention } from '../../src/tf/layers/CausalAttention.js';
import { CircuitLayer } from '../../src/tf/layers/CircuitLayer.js';
import { DaruanConv2d } from '../../src/tf/layers/DaruanConv2d.js';
import { HQKAN } from '../../src/tf/layers/HQKAN.js';
import { KANConv2d } from '../../src/tf/layers/KANConv2d.js';
import { LayerNorm } from '../../src/tf/layers/LayerNorm.js';
import { Linear } from '../../src/tf/layers/Linear.js';
import { PositionEmbedding } from '../../src/tf/layers/PositionEmbedding.js';
import { QKANLayer } from '../../src/tf/layers/QKANLayer.js';
import { TokenEmbedding } from '../../src/tf/layers/TokenEmbedding.js';
import { relativeError, useBackend } from './environment.js';
import { itObeysTheLawsOfLayers, type LayerCase } from './layerLaws.js';

const small = { reps: 1, seed: 4 } as const;
const pair = circuit({
  numQubits: 2,
  data: ['x_0', 'x_1'],
  operations: [op('ry', [0], 'x_0'), op('rx', [1], 'w_1*x_1'), op('rxx', [0, 1], 'theta_0'), op('ry', [0], 'Theta_1')],
});

const rotations = circuit({
  numQubits: 1,
  data: ['x'],
  operations: [op('ry', [0], 'theta_0'), op('rx', [0], 'x'), op('ry', [0], 'Theta')],
});

const cases: Record<string, LayerCase> = {
  'QKANLayer of an own circuit': {
    construct: () => new QKANLayer({ units: 2, ansatz: customAnsatz(rotations, 'Z'), seed: 1 }),
    shape: [2],
  },
  Linear: { construct: () => new Linear({ units: 2, seed: 1 }), shape: [3] },
  'Linear with GELU': { construct: () => new Linear({ units: 2, activation: 'gelu', useBias: false }), shape: [2, 3] },
  HQKAN: { construct: () => new HQKAN({ units: 3, latent: 2, ...small }), shape: [3] },
  'HQKAN on sequences, every option': {
    construct: () =>
      new HQKAN({
        units: 2,
        latent: 2,
        depth: 2,
        useBias: false,
        ...small,
        ansatz: 'mix',
        preactivationTrainable: true,
        postactivationWeightTrainable: true,
        postactivationBiasTrainable: true,
        baseActivation: 'tanh',
        group: 1,
      }),
    shape: [2, 3],
  },
  DaruanConv2d: {
    construct: () => new DaruanConv2d({ filters: 2, kernelSize: 2, ...small }),
    shape: [3, 2, 1],
  },
  'DaruanConv2d, same, strides': {
    construct: () =>
      new DaruanConv2d({ filters: 1, kernelSize: [3, 2], strides: [2, 1], padding: 'same', group: 2, ...small }),
    shape: [3, 3, 2],
  },
  'KANConv2d of a HQKAN': {
    construct: () =>
      new KANConv2d({ layer: new HQKAN({ units: 2, latent: 2, ...small }), kernelSize: 2, dilationRate: 2 }),
    shape: [3, 4, 1],
  },
  CircuitLayer: {
    construct: () =>
      new CircuitLayer({
        circuit: pair,
        observables: [
          'ZI',
          [
            ['XX', 0.5],
            ['IY', 2],
          ],
        ],
        initial: { w_1: 1 },
      }),
    shape: [2],
  },
  'CircuitLayer of an ansatz on sequences': {
    construct: () =>
      new CircuitLayer({ circuit: entanglingAnsatze.brick.circuit(2, 1), observables: 'ZZ', deviation: 1 }),
    shape: [2, 1],
  },
  CausalAttention: { construct: () => new CausalAttention({ heads: 2, seed: 2 }), shape: [3, 4] },
  LayerNorm: { construct: () => new LayerNorm(), shape: [2, 4] },
  TokenEmbedding: { construct: () => new TokenEmbedding({ vocabularySize: 3, width: 2 }), shape: [4], tokens: 3 },
  'TokenEmbedding of vectors': { construct: () => new TokenEmbedding({ vocabularySize: 3, width: 2 }), shape: [2, 2] },
  PositionEmbedding: { construct: () => new PositionEmbedding({ context: 2 }), shape: [2, 2] },
};

beforeAll(() => useBackend('cpu'));

describe.each(Object.entries(cases))('%s', (_, layer) => itObeysTheLawsOfLayers(layer));

describe('HQKAN', () => {
  it('is a linear map, a QKAN layer and a linear map', () => {
    const layer = new HQKAN({ units: 3, latent: 2, ...small });
    const x = tf.tensor2d([[0.3, -0.7, 1.1]]);
    const y = layer.apply(x) as tf.Tensor;
    const [w, b, ...rest] = layer.trainableWeights.map((weight) => weight.read());
    const [v, c] = rest.slice(-2);
    const latent = tf.add(tf.matMul(x, w as tf.Tensor2D, false, true), b);
    const activated = layer.activations[0].apply(latent) as tf.Tensor2D;
    const wanted = tf.add(tf.matMul(activated, v as tf.Tensor2D, false, true), c);
    expect(relativeError(y.dataSync(), wanted.dataSync())).toBeLessThan(1e-6);
  });

  it('has the parameters that its documentation counts, and starts its parts differently', () => {
    const [inDim, units, latent, reps] = [12, 10, 4, 3];
    const layer = new HQKAN({ units, latent, reps, depth: 2 });
    layer.apply(tf.zeros([1, inDim]));
    const trained = layer.trainableWeights.reduce((sum, weight) => sum + weight.read().size, 0);
    const edges = latent * latent * (2 * (reps + 1) + 1);
    expect(trained).toBe((inDim + units) * latent + latent + units + 2 * edges);
    const [first, second] = layer.activations.map((part) => [...part.trainableWeights[0].read().dataSync()]);
    expect(first).not.toEqual(second);
  });
});

describe('KANConv2d and DaruanConv2d', () => {
  it('apply their layer to every window, as a convolution with linear activations would', () => {
    for (const [padding, strides, dilationRate] of [
      ['valid', 1, 1],
      ['same', 1, 1],
      ['same', 2, 1],
      ['same', 1, 2],
      ['valid', [2, 1], 1],
    ] as const) {
      const x = tf.sin(tf.reshape(tf.range(0, 2 * 5 * 6 * 2), [2, 5, 6, 2])) as tf.Tensor4D;
      const layer = new KANConv2d({
        layer: new Linear({ units: 3, useBias: false }),
        kernelSize: [3, 2],
        padding,
        strides: strides as number,
        dilationRate,
      });
      const y = layer.apply(x) as tf.Tensor;
      const [kernel] = layer.trainableWeights.map((weight) => weight.read() as tf.Tensor2D); // [filters, taps·channels]
      const filters = tf.reshape(tf.transpose(kernel), [3, 2, 2, 3]) as tf.Tensor4D;
      const wanted = tf.conv2d(x, filters, strides as number, padding, 'NHWC', dilationRate);
      expect(y.shape).toEqual(wanted.shape);
      expect(relativeError(y.dataSync(), wanted.dataSync())).toBeLessThan(1e-6);
    }
  });

  it('are their layer on the window, channels first within a tap', () => {
    const layer = new DaruanConv2d({ filters: 2, kernelSize: [1, 2], ...small });
    const x = tf.tensor4d([0.1, -0.4, 0.8, 0.3], [1, 1, 2, 2]);
    const y = layer.apply(x) as tf.Tensor;
    const alone = new QKANLayer({ units: 2, ...small });
    expect([...y.dataSync()]).toEqual([...(alone.apply(tf.reshape(x, [1, 4])) as tf.Tensor).dataSync()]);
  });
});

describe('CircuitLayer', () => {
  it('starts parameters at the numbers they are given', () => {
    const layer = new CircuitLayer({ circuit: pair, observables: 'ZI', initial: { w_1: 1.5 }, deviation: 0 });
    layer.apply(tf.zeros([1, 2]));
    const start = [...layer.trainableWeights[0].read().dataSync()];
    expect(start).toEqual(pair.parameters.map((name) => (name === 'w_1' ? 1.5 : 0)));
  });
});
