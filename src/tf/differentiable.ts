import * as tf from '@tensorflow/tfjs-core';

/** An operation with its own derivative. */
export interface Differentiable<T extends tf.Tensor> {
  readonly forward: (...inputs: tf.Tensor[]) => T;
  /**
   * ∂L/∂input for every input, from ∂L/∂value and the inputs. Those given as functions are computed where they are asked for:
   * the first layer of a network need not know the derivative by its data.
   */
  readonly gradient: (upstream: T, ...inputs: tf.Tensor[]) => readonly (tf.Tensor | (() => tf.Tensor))[];
}

/**
 * What `tf.customGrad` is made of. `customGrad` itself wants every derivative computed; the engine asks for the ones on a path
 * to what is differentiated by.
 */
interface CustomOperations {
  runKernelFunc(operation: {
    readonly forwardFunc: (backend: unknown, save: (tensors: tf.Tensor[]) => void) => tf.Tensor;
    readonly backwardsFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => Record<string, () => tf.Tensor>;
    readonly inputs: Record<string, tf.Tensor>;
  }): tf.Tensor;
}

/** Applies an operation with its own derivative. */
export function apply<T extends tf.Tensor>(operation: Differentiable<T>, ...inputs: tf.Tensor[]): T {
  const engine = tf.engine() as unknown as CustomOperations;
  return engine.runKernelFunc({
    forwardFunc: (_, save) => {
      const value = operation.forward(...inputs);
      save(inputs);
      return value;
    },
    backwardsFunc: (dy, saved) => {
      const parts = operation.gradient(dy as T, ...saved);
      return Object.fromEntries(
        inputs.map((_, k) => {
          const part = parts[k];
          return [k, typeof part === 'function' ? part : () => part];
        }),
      );
    },
    inputs: Object.fromEntries(inputs.map((input, k) => [k, input])),
  }) as T;
}
