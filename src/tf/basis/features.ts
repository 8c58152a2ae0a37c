import * as tf from '@tensorflow/tfjs-core';
import type { Floats } from '../../../kernels/chain.js';
import type { FeatureKernel } from '../../../kernels/features.js';
import { type BaseFunctionName, baseFunctions } from '../../basis/baseFunctions.js';
import type { Basis, BasisTensors } from '../../basis/basis.js';
import { DaruanError } from '../../foundation/errors.js';
import { apply } from '../differentiable.js';
import { activationKernels } from '../kernel.js';
import { filledTensor, numbersOf } from '../numbers.js';
import { featureProgram } from './program.js';

/** Features of one basis, and of the base function beside it in the last column, on plain arrays. */
interface Features {
  /** Writes Φ and the base, shape [batch, in·width]. */
  readonly write: (tensors: BasisTensors, out: Float32Array) => void;
  /** Writes ∂L/∂x and returns ∂L/∂parameters. */
  readonly backward: (tensors: BasisTensors, upstream: Floats, onX: Float32Array) => readonly Float32Array[];
}

/** By the kernel where it knows the basis, in float32; else by the basis itself, in float64 and rounded. */
function featuresOf(basis: Basis, base: BaseFunctionName | undefined): Features {
  const kernel = activationKernels().features;
  const program = kernel && featureProgram(basis, base);
  return program ? byKernel(kernel, program) : byBasis(basis, base);
}

const byKernel = (kernel: FeatureKernel, program: NonNullable<ReturnType<typeof featureProgram>>): Features => ({
  write: (tensors, out) => kernel.features(program, tensors, out),
  backward: (tensors, upstream, onX) => kernel.backward(program, tensors, upstream, onX),
});

function byBasis(basis: Basis, base: BaseFunctionName | undefined): Features {
  const { size } = basis;
  const beside = base && baseFunctions[base];
  const width = size + (beside ? 1 : 0);
  return {
    write(tensors, out) {
      const { x } = tensors;
      basis.features(tensors, out, width);
      if (beside) for (let k = 0; k < x.length; k++) out[k * width + size] = beside.value(x[k]);
    },
    backward(tensors, upstream, onX) {
      const { x } = tensors;
      const parameters = tensors.parameters.map(({ length }) => new Float64Array(length));
      onX.fill(0);
      basis.backward(tensors, upstream, width, { x: onX, parameters });
      if (beside) for (let k = 0; k < x.length; k++) onX[k] += upstream[k * width + size] * beside.derivative(x[k]);
      return parameters.map((block) => Float32Array.from(block));
    },
  };
}

/**
 * Φ_k(x_bi), and base(x_bi) in the last column where there is one, shape [batch, in·width]. Computed on the host, differentiable
 * once in x and in the blocks.
 *
 * @param x       shape [batch, in]
 * @param blocks  the basis's blocks
 */
export function basisFeatures(
  basis: Basis,
  base: BaseFunctionName | undefined,
  x: tf.Tensor2D,
  blocks: readonly tf.Tensor[],
): tf.Tensor2D {
  const [batch, inDim] = x.shape;
  const width = basis.size + (base ? 1 : 0);
  const { write, backward } = featuresOf(basis, base);
  const tensors = ([values, ...parameters]: readonly Floats[]) => ({ x: values, batch, inDim, parameters });
  return apply<tf.Tensor2D>(
    {
      forward: (...inputs) =>
        filledTensor([batch, inDim * width], inputs, (out, ...numbers) => write(tensors(numbers), out)),
      gradient: (dy, ...saved) => {
        let computed: readonly Float32Array[] | undefined;
        const derivatives = (): readonly Float32Array[] => {
          const [upstream, ...numbers] = numbersOf(dy, ...saved);
          const onX = new Float32Array(batch * inDim);
          return [onX, ...backward(tensors(numbers), upstream, onX)];
        };
        return saved.map(({ shape }, k) => () => {
          computed ??= derivatives();
          return constant(computed[k], shape, [dy, ...saved]);
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
