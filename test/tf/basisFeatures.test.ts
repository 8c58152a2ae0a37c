import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basisFrom, basisNames } from '../../src/basis/table.js';
import { Random } from '../../src/foundation/random.js';
import { selectBackend } from '../../src/tf/backend.js';
import { basisFeatures } from '../../src/tf/basis/features.js';
import { activationKernels, setActivationKernels } from '../../src/tf/kernel.js';

tf.enableProdMode();
const [batch, inDim] = [9, 5];

/** Features of a basis beside silu, and the derivatives of Σ upstream·features by x and the blocks. */
function evaluate(name: (typeof basisNames)[number]): Float32Array[] {
  return tf.tidy(() => {
    const random = new Random(3);
    const draw = (...shape: [number, number]) =>
      tf.tensor2d(
        Float32Array.from({ length: shape[0] * shape[1] }, () => random.uniform(-1.2, 1.2)),
        shape,
      );
    const basis = basisFrom('test', name);
    const x = draw(batch, inDim);
    const upstream = draw(batch, inDim * (basis.size + 1));
    const blocks = basis.blocks(inDim).map(({ values, shape }) => tf.tensor([...values], [...shape]));
    const features = (...inputs: tf.Tensor[]) =>
      basisFeatures(basis, 'silu', inputs[0] as tf.Tensor2D, inputs.slice(1));
    const gradients = tf.grads(features)([x, ...blocks], upstream);
    return [features(x, ...blocks), ...gradients].map((tensor) => tensor.dataSync() as Float32Array);
  });
}

describe.each(['wasm', 'cpu'])('features on the tfjs backend %s', (backend) => {
  beforeAll(async () => {
    await selectBackend(backend);
  });
  afterAll(async () => {
    await selectBackend('wasm');
  });

  it.each(basisNames)(
    'of %s are the same by the kernel and by the basis itself, and so are their derivatives',
    (name) => {
      const byKernel = evaluate(name);
      const kernels = activationKernels();
      expect(kernels.features).toBeDefined();
      setActivationKernels({ features: undefined });
      const byBasis = evaluate(name);
      setActivationKernels(kernels);
      byBasis.forEach((wanted, k) => {
        const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        byKernel[k].forEach((value, at) => {
          expect(Math.abs(value - wanted[at])).toBeLessThanOrEqual(largest * 80 * 2 ** -24); // some tens of roundings
        });
      });
    },
  );
});
