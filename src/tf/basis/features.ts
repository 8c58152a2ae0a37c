import * as tf from '@tensorflow/tfjs-core';
import type { Floats } from '../../../kernels/chain.js';
import type { BaseFunction } from '../../basis/baseFunctions.js';
import type { Basis } from '../../basis/basis.js';
import { DaruanError } from '../../foundation/errors.js';
import { apply } from '../differentiable.js';
import { numbersOf, tensorOf } from '../numbers.js';

/**
 * Φ_k(x_bi), and base(x_bi) in the last column where there is one, shape [batch, in·width]. Computed on the host in float64 and
 * rounded, differentiable once in x and in the blocks.
 *
 * @param x       shape [batch, in]
 * @param blocks  the basis's blocks
 */
export function basisFeatures(
  basis: Basis,
  base: BaseFunction | undefined,
  x: tf.Tensor2D,
  blocks: readonly tf.Tensor[],
): tf.Tensor2D {
  const [batch, inDim] = x.shape;
  const width = basis.size + (base ? 1 : 0);
  const tensors = (numbers: readonly Floats[]) => ({ x: numbers[0], batch, inDim, parameters: numbers.slice(1) });
  return apply<tf.Tensor2D>(
    {
      forward: (...inputs) => {
        const read = tensors(numbersOf(...inputs));
        const values = new Float32Array(batch * inDim * width);
        basis.features(read, values, width);
        if (base) for (let k = 0; k < read.x.length; k++) values[k * width + basis.size] = base.value(read.x[k]);
        return tensorOf(values, [batch, inDim * width]);
      },
      gradient: (dy, ...saved) => {
        let computed: readonly (() => tf.Tensor)[] | undefined;
        const parts = () => {
          const [upstream, ...numbers] = numbersOf(dy, ...saved);
          const read = tensors(numbers);
          const onX = new Float32Array(batch * inDim);
          const parameters = read.parameters.map(({ length }) => new Float64Array(length));
          basis.backward(read, upstream, width, { x: onX, parameters });
          if (base) {
            for (let k = 0; k < onX.length; k++) {
              onX[k] += upstream[k * width + basis.size] * base.derivative(read.x[k]);
            }
          }
          return [onX, ...parameters.map((block) => Float32Array.from(block))].map(
            (values, k) => () => constant(values, saved[k].shape, [dy, ...saved]),
          );
        };
        return saved.map((_, k) => () => {
          computed ??= parts();
          return computed[k]();
        });
      },
    },
    x,
    ...blocks,
  );
}

/** A tensor that came out of `inputs`, whose own derivative by them is refused by name instead of being silently 0. */
const constant = (values: Float32Array, shape: number[], inputs: readonly tf.Tensor[]): tf.Tensor =>
  apply(
    {
      forward: () => tf.tensor(values, shape, 'float32'),
      gradient: () => {
        throw new DaruanError(
          'KANLayer',
          'its features have first derivatives only, but a derivative of their gradient is asked for',
          'Set route: "composed".',
        );
      },
    },
    ...inputs,
  );
