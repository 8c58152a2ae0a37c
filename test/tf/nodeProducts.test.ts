import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeKernels } from '../../kernels/index.js';
import { Random } from '../../src/foundation/random.js';
import { nodeOutputs, nodeOutputsBesideSilu } from '../../src/tf/activation/nodeProducts.js';
import { joinColumns } from '../../src/tf/columns.js';
import { setActivationKernels } from '../../src/tf/kernel.js';
import { weightedSum } from '../../src/tf/linear.js';
import { silu } from '../../src/tf/smooth.js';
import { relativeError, useBackend } from './environment.js';

const [batch, inDim, outDim, degree] = [5, 3, 2, 2];
const count = 2 * degree + 1;
const random = new Random(3);
const draw = (shape: number[], reach: number) =>
  tf.tensor(
    Float32Array.from({ length: shape.reduce((size, n) => size * n, 1) }, () => random.uniform(-reach, reach)),
    shape,
  );

type Pair = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

/** f, and gradients of functions of gradients of it in both arguments, three deep, in one list. */
function threeDeep(f: Pair, a: tf.Tensor, b: tf.Tensor): number[][] {
  const gradients = (g: Pair) => (p: tf.Tensor, q: tf.Tensor) => tf.grads(g)([p, q]);
  const mixed =
    (parts: (p: tf.Tensor, q: tf.Tensor) => tf.Tensor[]): Pair =>
    (p, q) => {
      const [first, second] = parts(p, q);
      // every pair of derivatives meets: squares, and a product of sums
      return tf.add(tf.add(tf.sum(tf.square(first)), tf.sum(tf.sin(second))), tf.mul(tf.mean(first), tf.mean(second)));
    };
  const first = gradients((p, q) => tf.sum(tf.sin(f(p, q))));
  const second = gradients(mixed(first));
  const third = gradients(mixed(second));
  return [f(a, b), ...first(a, b), ...second(a, b), ...third(a, b)].map((tensor) => [...tensor.dataSync()]);
}

// Three derivatives of features of degree 2, each sum of some twenty terms in float32, relative to the largest.
const TOLERANCE = 2e-5;

describe.each([
  ['cpu', 'reference'],
  ['wasm', 'wasm'],
] as const)('on the backend %s with the node kernel "%s"', (backend, kernel) => {
  beforeAll(async () => {
    await useBackend(backend);
    setActivationKernels({ nodes: await nodeKernels[kernel]() });
  });

  it('products with features have the derivatives that tfjs finds, three deep in both factors', async () => {
    const x = draw([batch, inDim], 2);
    const coefficients = draw([count, outDim, inDim], 0.5);
    const plain: Pair = (t, c) => {
      const angles = tf.mul(tf.expandDims(t, 2), tf.tensor1d([1, 2]));
      const features = tf.concat([tf.ones([batch, inDim, 1]), tf.cos(angles), tf.sin(angles)], 2);
      const matrix = tf.reshape(tf.transpose(c, [2, 0, 1]), [inDim * count, outDim]);
      return tf.matMul(tf.reshape(features, [batch, inDim * count]) as tf.Tensor2D, matrix as tf.Tensor2D);
    };
    const node = await nodeKernels[kernel]();
    const own: Pair = (t, c) => nodeOutputs(node, { inDim, outDim, degree, order: 0 }, t, c);
    const wanted = threeDeep(plain, x, coefficients);
    threeDeep(own, x, coefficients).forEach((part, k) => {
      expect(relativeError(part, wanted[k]), `part ${k}`).toBeLessThan(TOLERANCE);
    });
  });

  it('silu beside the products changes nothing but the number of jobs, three derivatives deep', async () => {
    const node = await nodeKernels[kernel]();
    const shape = { inDim, outDim, degree, order: 0 };
    const data = draw([batch, inDim], 2);
    const weights = draw([count + 1, outDim, inDim], 0.5); // C and W
    const parts = (w: tf.Tensor) =>
      [tf.slice(w, 0, count), tf.reshape(tf.slice(w, count), [outDim, inDim]) as tf.Tensor2D] as const;
    const together: Pair = (x, w) => nodeOutputsBesideSilu(node, shape, x as tf.Tensor2D, ...parts(w));
    const apart: Pair = (x, w) => {
      const [coefficients, base] = parts(w);
      const values = silu(x) as tf.Tensor2D;
      return tf.add(nodeOutputs(node, shape, x, coefficients), weightedSum(values, base));
    };
    const wanted = threeDeep(apart, data, weights);
    threeDeep(together, data, weights).forEach((part, k) => {
      expect(relativeError(part, wanted[k]), `part ${k}`).toBeLessThan(TOLERANCE);
    });
  });

  it('weighted sums have the derivatives of matMul, three deep in both factors', () => {
    const [x, weights] = [draw([batch, inDim], 2), draw([outDim, inDim], 1)];
    const wanted = threeDeep((a, w) => tf.matMul(a as tf.Tensor2D, tf.transpose(w as tf.Tensor2D)), x, weights);
    threeDeep((a, w) => weightedSum(a as tf.Tensor2D, w as tf.Tensor2D), x, weights).forEach((part, k) => {
      expect(relativeError(part, wanted[k]), `part ${k}`).toBeLessThan(TOLERANCE);
    });
  });

  it('columns are joined as concat joins them, two derivatives deep', () => {
    const parts = [draw([4, 2], 1), draw([4, 3], 1), draw([4, 1], 1)] as tf.Tensor2D[];
    const upstream = draw([4, 6], 1);
    const check = (join: (tensors: tf.Tensor2D[]) => tf.Tensor2D) => {
      const f = (...tensors: tf.Tensor[]) => tf.sum(tf.mul(tf.sin(join(tensors as tf.Tensor2D[])), upstream));
      const g = (...tensors: tf.Tensor[]) =>
        tf.addN(
          tf
            .grads(f)(tensors)
            .map((gradient, k) => tf.mul(tf.sum(tf.square(gradient)), k + 1)),
        );
      return [join(parts), ...tf.grads(f)(parts), ...tf.grads(g)(parts)].flatMap((tensor) => [...tensor.dataSync()]);
    };
    const wanted = check((tensors) => tf.concat2d(tensors, 1));
    expect(relativeError(check(joinColumns), wanted)).toBeLessThan(1e-6);
  });
});
