import * as tf from '@tensorflow/tfjs-core';
import type { Patches } from '../network/patches.js';
import { apply } from './differentiable.js';

/**
 * The windows of images, shape [batch, windows, taps·channels]. Its gradient is a gathering too: each pixel takes from every
 * tap that saw it. So every backend can do both, and gradients of any order are exact.
 *
 * @param images  shape [batch, height·width, channels]
 */
export function takePatches(images: tf.Tensor3D, patches: Patches): tf.Tensor3D {
  const [batch, , channels] = images.shape;
  const windows = patches.size[0] * patches.size[1];
  return apply<tf.Tensor3D>(
    {
      forward: (input) =>
        tf.reshape(gather(input as tf.Tensor3D, patches.pixels), [batch, windows, patches.taps * channels]),
      gradient: (dy) => [() => sumOfPatches(dy, patches, channels)],
    },
    images,
  );
}

/** The transpose of `takePatches`. */
function sumOfPatches(values: tf.Tensor3D, patches: Patches, channels: number): tf.Tensor3D {
  const [batch] = values.shape;
  const pixels = patches.places.length / patches.taps;
  return apply<tf.Tensor3D>(
    {
      forward: (input) => {
        const seen = gather(tf.reshape(input, [batch, patches.pixels.length, channels]), patches.places);
        return tf.sum(tf.reshape(seen, [batch, pixels, patches.taps, channels]), 2) as tf.Tensor3D;
      },
      gradient: (dy) => [() => takePatches(dy, patches)],
    },
    values,
  );
}

/** Rows of each sample; the one past the last is zero. */
function gather(rows: tf.Tensor3D, indices: Int32Array): tf.Tensor {
  const padded = tf.pad3d(rows, [
    [0, 0],
    [0, 1],
    [0, 0],
  ]);
  return tf.gather(padded, tf.tensor1d(indices, 'int32'), 1);
}
