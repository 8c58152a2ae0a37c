import * as tf from '@tensorflow/tfjs-core';
import type { Floats } from '../../kernels/chain.js';

/** What the wasm backend offers beside `dataSync`, which copies. */
interface HeapBackend {
  typedArrayFromHeap(tensor: tf.Tensor): Float32Array;
}

/**
 * The numbers of float32 tensors on the host, to be read at once: on the wasm backend they are views of its memory, which the
 * next tensor operation may move.
 */
export function numbersOf(...tensors: readonly tf.Tensor[]): Float32Array[] {
  const backend = tf.backend() as Partial<HeapBackend>;
  const read = (tensor: tf.Tensor): Float32Array =>
    tensor.dtype === 'float32' && backend.typedArrayFromHeap
      ? backend.typedArrayFromHeap(tensor)
      : (tensor.dataSync() as Float32Array);
  const numbers = tensors.map(read);
  // a tensor that came from another backend may have made the memory grow, which empties the views before it
  return numbers.some((array, k) => array.length !== tensors[k].size) ? tensors.map(read) : numbers;
}

/** A float32 tensor of an array in either precision. */
export const tensorOf = (values: Floats, shape: [number, number]): tf.Tensor2D =>
  tf.tensor2d(values instanceof Float32Array ? values : new Float32Array(values), shape);
