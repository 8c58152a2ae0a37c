import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Basis } from '../../src/basis/basis.js';
import { basisFrom, basisNames } from '../../src/basis/table.js';
import { Random } from '../../src/foundation/random.js';
import { composedFeatures } from '../../src/tf/basis/composed.js';
import { basisFeatures } from '../../src/tf/basis/features.js';
import { activationKernels, setActivationKernels, useWasmKernels } from '../../src/tf/kernel.js';
import { useBackend } from './environment.js';

const [batch, inDim] = [9, 5];

type Features = (basis: Basis, x: tf.Tensor2D, blocks: readonly tf.Tensor[]) => tf.Tensor2D;
const besideSilu: Features = (basis, x, blocks) => basisFeatures(basis, 'silu', x, blocks);
const alone: Features = (basis, x, blocks) => basisFeatures(basis, undefined, x, blocks);
const composed: Features = (basis, x, blocks) => tf.reshape(composedFeatures(basis, x, blocks), [batch, -1]);

/** Features, and the derivatives of Σ upstream·features by x and the blocks. */
function evaluate(features: Features, name: (typeof basisNames)[number]): Float32Array[] {
  return tf.tidy(() => {
    const random = new Random(3);
    const draw = (...shape: [number, number]) =>
      tf.tensor2d(
        Float32Array.from({ length: shape[0] * shape[1] }, () => random.uniform(-1.2, 1.2)),
        shape,
      );
    const basis = basisFrom('test', name);
    const x = draw(batch, inDim);
    const blocks = basis.blocks(inDim).map(({ values, shape }) => tf.tensor([...values], [...shape]));
    const f = (...inputs: tf.Tensor[]) => features(basis, inputs[0] as tf.Tensor2D, inputs.slice(1));
    const values = f(x, ...blocks) as tf.Tensor2D;
    const upstream = draw(...values.shape);
    const trained = basis.blocks(inDim).map(({ trainable }) => trainable);
    const gradients = tf
      .grads(f)([x, ...blocks], upstream)
      .filter((_, k) => k === 0 || trained[k - 1]);
    return [values, ...gradients].map((tensor) => tensor.dataSync() as Float32Array);
  });
}

/** Some tens of roundings of the largest number. */
function expectClose(got: readonly Float32Array[], wanted: readonly Float32Array[]): void {
  wanted.forEach((numbers, k) => {
    const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    numbers.forEach((value, at) => {
      expect(Math.abs(got[k][at] - value)).toBeLessThanOrEqual(largest * 80 * 2 ** -24);
    });
  });
}

beforeAll(() => useWasmKernels(2));

describe.each(['wasm', 'cpu'] as const)('features on the tfjs backend %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(basisNames)(
    'of %s are the same by the kernel and by the basis itself, and so are their derivatives',
    (name) => {
      const byKernel = evaluate(besideSilu, name);
      const kernels = activationKernels();
      expect(kernels.features).toBeDefined();
      setActivationKernels({ features: undefined });
      const byBasis = evaluate(besideSilu, name);
      setActivationKernels(kernels);
      expectClose(byKernel, byBasis);
    },
  );

  it.each(basisNames)('of %s are the same composed of tfjs operations', (name) => {
    expectClose(evaluate(composed, name), evaluate(alone, name));
  });
});
