import * as tf from '@tensorflow/tfjs-core';

/** An operation with its own derivative. */
export interface Differentiable<T extends tf.Tensor> {
  readonly forward: (...inputs: tf.Tensor[]) => T;
  /** ∂L/∂input for every input, from ∂L/∂value and the inputs. */
  readonly gradient: (upstream: T, ...inputs: tf.Tensor[]) => tf.Tensor[];
}

/** Applies an operation with its own derivative: `tf.customGrad` with its inputs saved, and typed. */
export function apply<T extends tf.Tensor>(operation: Differentiable<T>, ...inputs: tf.Tensor[]): T {
  return tf.customGrad((...all) => {
    const save = all.pop() as (tensors: tf.Tensor[]) => void;
    const tensors = all as tf.Tensor[];
    const value = operation.forward(...tensors);
    save(tensors);
    return { value, gradFunc: (dy, saved) => operation.gradient(dy as T, ...saved) };
  })(...inputs) as T;
}
