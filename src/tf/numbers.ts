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

/** What the wasm backend offers to make a tensor whose numbers are not set yet. */
interface RoomBackend extends HeapBackend {
  makeOutput(shape: number[], dtype: 'float32'): tf.TensorInfo;
}

/**
 * A float32 tensor that `fill` writes, given its numbers, all 0 or left over, and those of `inputs`: on the wasm backend in
 * its memory, without a copy.
 */
export function filledTensor(
  shape: [number, number],
  inputs: readonly tf.Tensor[],
  fill: (values: Float32Array, ...numbers: Float32Array[]) => void,
): tf.Tensor2D {
  const backend = tf.backend() as Partial<RoomBackend>;
  if (!backend.makeOutput || !backend.typedArrayFromHeap) {
    const values = new Float32Array(shape[0] * shape[1]);
    fill(values, ...numbersOf(...inputs));
    return tf.tensor2d(values, shape);
  }
  const room = tf.engine().makeTensorFromTensorInfo(backend.makeOutput(shape, 'float32'));
  const [values, ...numbers] = numbersOf(room, ...inputs);
  fill(values, ...numbers);
  return room as tf.Tensor2D;
}

/**
 * A float32 tensor of an array in either precision. A part of a larger buffer, such as what a kernel lends, is copied: by the
 * wasm backend anyway, by the others before they keep it.
 */
export function tensorOf(values: Floats, shape: [number, number]): tf.Tensor2D {
  const whole = values.byteLength === values.buffer.byteLength || 'typedArrayFromHeap' in tf.backend();
  return tf.tensor2d(values instanceof Float32Array && whole ? values : new Float32Array(values), shape);
}
