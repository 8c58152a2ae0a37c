import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/foundation/random.js';
import { edgeMatrix } from '../../src/tf/basis/edgeMatrix.js';
import { relativeError, useBackend } from './environment.js';

const random = new Random(5);
const draw = (rows: number, columns: number) =>
  tf.tensor2d(
    Float32Array.from({ length: rows * columns }, () => random.uniform(-1, 1)),
    [rows, columns],
  );

type Join = typeof edgeMatrix;
const joined: Join = (rows, scale, last) => {
  const scaled = tf.mul(rows, scale) as tf.Tensor2D;
  return last ? tf.concat2d([scaled, last], 1) : scaled;
};

/** The matrix, and gradients of functions of gradients of it, three deep, in one list. */
function threeDeep(join: Join, parts: tf.Tensor2D[]): number[] {
  type Scalar = (...parts: tf.Tensor[]) => tf.Tensor;
  const next =
    (f: Scalar): Scalar =>
    (...tensors) =>
      tf
        .grads(f)(tensors)
        .reduce<tf.Tensor>((sum, part, k) => tf.add(sum, tf.sum(tf.sin(tf.mul(part, k + 1)))), tf.scalar(0));
  const matrix = (rows: tf.Tensor, scale: tf.Tensor, last?: tf.Tensor) =>
    join(rows as tf.Tensor2D, scale as tf.Tensor2D, last as tf.Tensor2D);
  const first: Scalar = (...tensors) => tf.sum(tf.sin(matrix(...(tensors as [tf.Tensor, tf.Tensor]))));
  const [second, third] = [next(first), next(next(first))];
  const gradients = [first, second, third].flatMap((f) => tf.grads(f)(parts));
  return [matrix(...(parts as [tf.Tensor, tf.Tensor])), ...gradients].flatMap((tensor) => [...tensor.dataSync()]);
}

describe.each(['cpu', 'wasm'] as const)('on the backend %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it('rows are scaled, and a column put beside them, as tfjs does, three derivatives deep', () => {
    const [rows, scale, last] = [draw(7, 3), draw(7, 1), draw(7, 1)];
    for (const parts of [
      [rows, scale],
      [rows, scale, last],
    ]) {
      expect(relativeError(threeDeep(edgeMatrix, parts), threeDeep(joined, parts))).toBeLessThan(2e-6);
    }
  });
});
