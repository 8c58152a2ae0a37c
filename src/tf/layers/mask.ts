import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { DaruanError, expected } from '../../foundation/errors.js';

/** Sets the mask of a layer's edges, of shape [units, in]: 1 keeps an edge, 0 removes it. `where` names the method in errors. */
export function writeMask(
  where: string,
  mask: tfl.LayerVariable,
  shape: [units: number, inDim: number],
  values: ArrayLike<number>,
): void {
  const size = shape[0] * shape[1];
  if (values.length !== size) throw expected(where, `${size} entries, shape [units, in]`, values.length);
  if (Array.from(values).some((value) => value !== 0 && value !== 1)) {
    throw new DaruanError(where, 'a mask holds other numbers than 0 and 1', 'Scale edges by weights.');
  }
  tf.tidy(() => {
    mask.write(tf.tensor2d(Float32Array.from(values), shape));
  });
}
