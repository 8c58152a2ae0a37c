import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

type Initializer = Parameters<tfl.layers.Layer['addWeight']>[3];

/** An initializer for `addWeight` that fills a variable with given values, in row-major order. */
export const valuesInitializer = (values: Float32Array): Initializer =>
  ({ apply: (shape: number[]) => tf.tensor(values, shape, 'float32') }) as unknown as Initializer;

/** An initializer for `addWeight` that fills a variable with one number. */
export const constantInitializer = (value: number): Initializer =>
  ({ apply: (shape: number[]) => tf.fill(shape, value) }) as unknown as Initializer;
