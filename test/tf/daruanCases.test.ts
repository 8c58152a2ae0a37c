import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AnsatzName, ansatze } from '../../circuits/ansatz/table.js';
import { referenceChainKernel } from '../../kernels/reference/chain.js';
import { backwardLayer, forwardLayer } from '../../src/activation/layer.js';
import { planActivation } from '../../src/activation/plan.js';
import { chainActivation } from '../../src/tf/activation/chain.js';
import { composedActivation } from '../../src/tf/activation/composed.js';
import { QKANLayer } from '../../src/tf/layers/QKANLayer.js';
import cases from '../fixtures/daruan-cases.json' with { type: 'json' };
import { relativeError, useBackend } from './environment.js';

// The same outside values as in test/activation/daruanCases.test.ts, in the float32 of tfjs.

type Nested = number | readonly Nested[];
const flat = (values: Nested): number[] => (typeof values === 'number' ? [values] : values.flatMap(flat));

beforeAll(() => useBackend('cpu'));

describe.each([
  ['chain', chainActivation],
  ['composed', composedActivation],
] as const)('edges by the route %s', (_, route) => {
  it.each(cases.edges.map((e) => [`${e.ansatz}, r = ${e.reps}, ${e.measurement}`, e] as const))(
    '%s: value and every gradient within 3e-6 relative',
    (_, edge) => {
      const family = ansatze[edge.ansatz as AnsatzName];
      const { theta, weights, biases } = family.names(edge.reps);
      const plan = planActivation(family.circuit(edge.reps), 'Z', [...theta, ...weights, ...biases]);
      const layer = { plan, inDim: 1, outDim: 1, measurement: edge.measurement as 'expectation' };
      const row = [...edge.theta.flat(), ...edge.w, ...edge.b];
      const x = tf.tensor2d(edge.x, [edge.x.length, 1]);
      const parameters = tf.tensor2d(row, [1, row.length]);
      const weigh = (value: tf.Tensor) => tf.sum(tf.mul(value, tf.tensor2d(edge.upstream, [edge.x.length, 1])));
      const scale = tf.ones([1, 1]) as tf.Tensor2D;
      const f = (a: tf.Tensor, b: tf.Tensor) => route(layer, a as tf.Tensor2D, b as tf.Tensor2D, scale);
      // tfjs rounds its inputs to float32, which alone moves results by up to 3e-6 (r = 7, angles of several turns). So the
      // arithmetic is held against the float64 functions, themselves within 1e-12 of the outside values, at those inputs.
      const exact = {
        x: Float64Array.from(edge.x, Math.fround),
        parameters: Float64Array.from(row, Math.fround),
        scale: Float64Array.of(1),
        batch: edge.x.length,
      };
      const upstream = Float64Array.from(edge.upstream, Math.fround);
      const value = forwardLayer(referenceChainKernel, layer, exact);
      expect(relativeError(value, edge.y), 'rounding of inputs').toBeLessThan(2e-5);
      expect(relativeError(f(x, parameters).dataSync(), value)).toBeLessThan(3e-6);
      const gradient = backwardLayer(referenceChainKernel, layer, exact, upstream);
      const [gradX, gradRow] = tf.grads((a, b) => weigh(f(a, b)))([x, parameters]);
      expect(relativeError(gradX.dataSync(), gradient.x)).toBeLessThan(3e-6);
      expect(relativeError(gradRow.dataSync(), gradient.parameters)).toBeLessThan(3e-6);
    },
  );
});

describe('QKANLayer with everything trainable', () => {
  it.each(
    cases.layers.map((l) => [`${l.ansatz} ${l.in_dim}→${l.out_dim}, r = ${l.reps}, ${l.measurement}`, l] as const),
  )('%s: value and every gradient within 3e-6 relative', (_, l) => {
    const layer = new QKANLayer({
      units: l.out_dim,
      inputShape: [l.in_dim],
      ansatz: l.ansatz as AnsatzName,
      reps: l.reps,
      measurement: l.measurement as 'expectation',
      preactivationTrainable: true,
      postactivationWeightTrainable: true,
      postactivationBiasTrainable: true,
    });
    const model = tfl.sequential({ layers: [layer] });
    const values: Nested[] = [l.theta, l.w, l.b, l.post_weight, l.post_bias, l.base_weight];
    const trainable = layer.trainableWeights;
    expect(trainable.length).toBe(values.length);
    trainable.forEach((weight, k) => {
      weight.write(tf.tensor(flat(values[k]), weight.shape as number[]));
    });
    const x = tf.tensor2d(l.x);
    expect(relativeError((model.predict(x) as tf.Tensor).dataSync(), flat(l.y))).toBeLessThan(3e-6);

    const loss = (input: tf.Tensor) => tf.sum(tf.mul(model.apply(input) as tf.Tensor, tf.tensor2d(l.upstream)));
    expect(relativeError(tf.grad(loss)(x).dataSync(), flat(l.grad.x))).toBeLessThan(3e-6);
    const { grads } = tf.variableGrads(
      () => loss(x) as tf.Scalar,
      trainable.map((weight) => weight.read() as tf.Variable),
    );
    const { theta, w, b, post_weight, post_bias, base_weight } = l.grad;
    [theta, w, b, post_weight, post_bias, base_weight].forEach((wanted, k) => {
      const got = grads[(trainable[k].read() as tf.Variable).name].dataSync();
      expect(relativeError(got, flat(wanted)), trainable[k].name).toBeLessThan(3e-6);
    });
  });
});
