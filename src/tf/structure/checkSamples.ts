import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { expected } from '../../foundation/errors.js';

/** Throws unless x are samples that the model takes, at least two, or `least`. */
export function checkSamples(where: string, model: tfl.LayersModel, x: unknown, least = 2): asserts x is tf.Tensor2D {
  const inputs = model.inputs[0].shape[1];
  const fits = x instanceof tf.Tensor && x.rank === 2 && x.shape[1] === inputs && x.shape[0] >= least;
  if (fits) return;
  const got = x instanceof tf.Tensor ? `[${x.shape.join(', ')}]` : x;
  throw expected(where, `x of shape [samples, ${inputs}] with at least ${least} sample${least > 1 ? 's' : ''}`, got);
}
