import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chainKernels, nodeKernels } from '../../kernels/index.js';
import { Random } from '../../src/foundation/random.js';
import type { Route } from '../../src/tf/activation/route.js';
import { type ActivationKernels, setActivationKernels } from '../../src/tf/kernel.js';
import { Daruan } from '../../src/tf/layers/Daruan.js';
import { QKANLayer, type QKANLayerArgs } from '../../src/tf/layers/QKANLayer.js';
import { namedAndOwn } from '../circuits/ansatz/ownAnsatz.js';
import { relativeError, useBackend } from './environment.js';

/** Value and all gradients of Σ upstream·layer(x), in one list. */
function everything(layer: QKANLayer | Daruan, x: tf.Tensor): number[] {
  const output = () => layer.apply(x) as tf.Tensor;
  const value = output();
  const upstream = tf.tensor(
    Float32Array.from({ length: value.size }, (_, i) => Math.cos(1 + i)),
    value.shape,
  );
  const loss = (input: tf.Tensor) => tf.sum(tf.mul(layer.apply(input) as tf.Tensor, upstream)) as tf.Scalar;
  const { grads } = tf.variableGrads(
    () => loss(x),
    layer.trainableWeights.map((weight) => weight.read() as tf.Variable),
  );
  const gradients = layer.trainableWeights.flatMap((weight) => [
    ...grads[(weight.read() as tf.Variable).name].dataSync(),
  ]);
  return [...value.dataSync(), ...tf.grad(loss)(x).dataSync(), ...gradients];
}

const inputs = (rows: number, columns: number) => {
  const random = new Random(7);
  return tf.tensor2d(
    Float32Array.from({ length: rows * columns }, () => random.uniform(-0.9, 0.9)),
    [rows, columns],
  );
};

// Float32 arithmetic of about 40 operations in a row on numbers up to 1, summed over up to 3 inputs and 9 samples.
const TOLERANCE = 2e-5;

describe.each([
  ['cpu', 'reference'],
  ['wasm', 'reference'],
  ['cpu', 'wasm'],
  ['wasm', 'wasm'],
] as const)('on the backend %s with the kernels "%s"', (backend, kernels) => {
  let former: ActivationKernels;
  beforeAll(async () => {
    await useBackend(backend);
    former = setActivationKernels({ tensors: await chainKernels[kernels](), nodes: await nodeKernels[kernels]() });
  });
  afterAll(() => {
    setActivationKernels(former);
  });

  describe.each(namedAndOwn)('%s', (_, ansatz) => {
    const layerOf = (route: Route, extra: Partial<QKANLayerArgs> = {}) =>
      new QKANLayer({ units: 2, ansatz, reps: 3, seed: 5, route, ...extra });

    it('all routes of a layer give the same value and gradients', () => {
      const x = inputs(9, 3);
      const wanted = everything(layerOf('composed'), x);
      for (const route of ['chain', 'nodes', 'auto'] as const) {
        expect(relativeError(everything(layerOf(route), x), wanted), route).toBeLessThan(TOLERANCE);
      }
    });

    it('all routes of the element-wise activation give the same value and gradients', () => {
      const x = inputs(9, 3);
      const activation = (route: Route) => new Daruan({ ansatz, reps: 2, seed: 3, route });
      const wanted = everything(activation('composed'), x);
      for (const route of ['chain', 'nodes', 'auto'] as const) {
        expect(relativeError(everything(activation(route), x), wanted), route).toBeLessThan(TOLERANCE);
      }
    });

    it('the sum of the edges is the layer', () => {
      const x = inputs(5, 3);
      for (const route of ['chain', 'nodes', 'composed'] as const) {
        const layer = layerOf(route, { postactivationWeightTrainable: true, postactivationBiasTrainable: true });
        const y = layer.apply(x) as tf.Tensor;
        const sum = tf.sum(layer.edges(x), 2);
        expect(relativeError(sum.dataSync(), y.dataSync()), route).toBeLessThan(TOLERANCE);
      }
    });
  });

  it.each(['powersOfTwo', 'powersOfThree'] as const)('integer encoding weights %s compile to nodes', (start) => {
    const x = inputs(9, 3);
    const layer = (route: Route) => new QKANLayer({ units: 2, reps: 3, seed: 5, route, weightInitializer: start });
    // Derivatives in x grow with the highest frequency, 13 at most.
    expect(relativeError(everything(layer('nodes'), x), everything(layer('composed'), x))).toBeLessThan(5e-5);
  });

  it('px outside its domain is an error in every route, or clamped with slope 0', () => {
    const inside = tf.tensor2d([0.3, 1, -1, -0.2], [2, 2]);
    const beyond = tf.tensor2d([0.3, 1.7, -4, -0.2], [2, 2]);
    const layer = (route: Route, outsideDomain: 'throw' | 'clamp') =>
      new QKANLayer({ units: 2, ansatz: 'px', reps: 3, route, outsideDomain, baseActivation: 'none' });
    for (const route of ['chain', 'nodes', 'composed'] as const) {
      expect(() => layer(route, 'throw').apply(beyond), route).toThrow(/acos\(w·x \+ b\) needs \|w·x \+ b\| ≤ 1/);
      const clamped = layer(route, 'clamp');
      const [a, b] = [inside, beyond].map((x) => (clamped.apply(x) as tf.Tensor).dataSync());
      expect(relativeError(b, a), route).toBeLessThan(TOLERANCE);
      const slope = tf
        .grad((x) => tf.sum(tf.square(clamped.apply(x) as tf.Tensor)))(beyond)
        .dataSync();
      expect(Math.max(Math.abs(slope[1]), Math.abs(slope[2])), route).toBe(0);
      expect(slope.every(Number.isFinite), route).toBe(true);
    }
  });

  it('trainable encoding weights refuse the route "nodes" by name', () => {
    const layer = new QKANLayer({ units: 1, route: 'nodes', preactivationTrainable: true });
    expect(() => layer.apply(inputs(2, 2))).toThrow(/route "nodes".*encoding weights are trained/);
  });
});

describe('derivatives of derivatives', () => {
  beforeAll(() => useBackend('cpu'));
  const layer = (route: Route) => new QKANLayer({ units: 1, reps: 2, seed: 5, route, baseActivation: 'none' });
  const at = (values: number[]) => tf.tensor2d(values, [values.length, 1]);
  const secondDerivative = (l: QKANLayer, x: tf.Tensor) => {
    const first = (input: tf.Tensor) => tf.grad((t) => tf.sum(l.apply(t) as tf.Tensor))(input);
    return tf.grad((input) => tf.sum(first(input)))(x);
  };

  it.each(['composed', 'nodes'] as const)('the route %s has the second derivative in x', (route) => {
    const l = layer(route);
    const points = [-0.6, 0.1, 0.8];
    const h = 0.02;
    const slope = (shift: number) =>
      tf
        .grad((t) => tf.sum(l.apply(t) as tf.Tensor))(at(points.map((x) => x + shift)))
        .dataSync();
    const [ahead, behind] = [slope(h), slope(-h)];
    const wanted = points.map((_, i) => (ahead[i] - behind[i]) / (2 * h));
    // Central difference: h²/6 · f'''' ≤ 7e-5 · 16 relative, and float32 rounding 1e-7/h.
    expect(relativeError(secondDerivative(l, at(points)).dataSync(), wanted)).toBeLessThan(2e-3);
  });

  it('the second derivative of both routes agree, and its gradient in θ too', () => {
    const [composed, nodes] = (['composed', 'nodes'] as const).map((route) => {
      const l = layer(route);
      l.apply(at([0]));
      const theta = l.trainableWeights[0].read() as tf.Variable;
      const loss = () =>
        tf.sum(tf.square(tf.grad((t) => tf.sum(l.apply(t) as tf.Tensor))(at([-0.6, 0.3])))) as tf.Scalar;
      return [...tf.variableGrads(loss, [theta]).grads[theta.name].dataSync()];
    });
    expect(composed.some((value) => Math.abs(value) > 1e-3)).toBe(true);
    expect(relativeError(nodes, composed)).toBeLessThan(TOLERANCE);
  });

  it.each(['reference', 'wasm'] as const)(
    'third and mixed derivatives of the node kernel "%s" are the composed ones',
    async (name) => {
      const former = setActivationKernels({ nodes: await nodeKernels[name]() });
      try {
        const points = tf.tensor2d([-0.6, 0.3, 0.2, 1.7, -1.1, 0.9], [3, 2]);
        const [composed, nodes] = (['composed', 'nodes'] as const).map((route) => {
          const l = new QKANLayer({ units: 2, reps: 2, seed: 5, route, postactivationWeightTrainable: true });
          const value = (x: tf.Tensor) => tf.sum(tf.square(l.apply(x) as tf.Tensor));
          const first = (x: tf.Tensor) => tf.grad(value)(x);
          const second = (x: tf.Tensor) => tf.grad((t) => tf.sum(tf.mul(first(t), t)))(x);
          const third = tf.grad((t) => tf.sum(tf.square(second(t))))(points);
          // ∂/∂(weights) of a function of second derivatives in x
          const variables = l.trainableWeights.map((weight) => weight.read() as tf.Variable);
          const { grads } = tf.variableGrads(() => tf.sum(tf.mul(second(points), points)) as tf.Scalar, variables);
          const mixed = variables.map((variable) => [...grads[variable.name].dataSync()]);
          return { third: [...third.dataSync()], mixed };
        });
        expect(relativeError(nodes.third, composed.third)).toBeLessThan(TOLERANCE);
        nodes.mixed.forEach((gradient, k) => {
          expect(relativeError(gradient, composed.mixed[k])).toBeLessThan(TOLERANCE);
        });
      } finally {
        setActivationKernels(former);
      }
    },
  );

  it('the first layer is not differentiated by its data unless that is asked for', async () => {
    const asked: string[] = [];
    const kernel = await nodeKernels.wasm();
    const inputs: typeof kernel.inputs = (shape, ...rest) => {
      if (shape.degree > 0) asked.push('inputs');
      return kernel.inputs(shape, ...rest);
    };
    const former = setActivationKernels({ nodes: { ...kernel, inputs } });
    try {
      const l = layer('nodes');
      const x = at([-0.6, 0.3]);
      l.apply(x);
      const theta = l.trainableWeights[0].read() as tf.Variable;
      tf.variableGrads(() => tf.sum(l.apply(x) as tf.Tensor) as tf.Scalar, [theta]);
      expect(asked).toEqual([]);
      tf.grad((t) => tf.sum(l.apply(t) as tf.Tensor))(x);
      expect(asked).toEqual(['inputs']);
    } finally {
      setActivationKernels(former);
    }
  });

  it('the route "chain" refuses a second derivative by name', () => {
    expect(() => secondDerivative(layer('chain'), at([0.1]))).toThrow(/route "chain" has first derivatives only/);
  });
});
