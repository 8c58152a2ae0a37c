import * as tf from '@tensorflow/tfjs-core';
import { apply } from '../differentiable.js';
import { deviceFeatures } from '../webgpu/features.js';
import { onWebGpu } from '../webgpu/program.js';

/**
 * [1, cos t, …, cos dt, sin t, …, sin dt] with t = x, or t = acos x, shape [batch, in, 2d + 1]; differentiable to any
 * order: the derivative of a feature is a multiple of another.
 *
 * @param x  shape [batch, in]
 */
export function trigonometricFeatures(x: tf.Tensor2D, degree: number, encoding: 'linear' | 'acos'): tf.Tensor3D {
  if (encoding === 'acos') return ofCosine(x, degree);
  return onWebGpu() ? deviceFeatures(x, degree) : ofAngle(x, degree);
}

function ofAngle(x: tf.Tensor2D, degree: number): tf.Tensor3D {
  const [batch, inDim] = x.shape;
  const multiples = () => tf.range(1, degree + 1); // made anew: a tidy around the layer ends before its gradient runs
  const part = (tensor: tf.Tensor, from: number) => tf.slice(tensor, [0, 0, from], [batch, inDim, degree]);
  return apply<tf.Tensor3D>(
    {
      forward: (input) => {
        const angles = tf.mul(tf.reshape(input, [batch, inDim, 1]), multiples()); // [batch, in, d]
        return tf.concat([tf.ones([batch, inDim, 1]), tf.cos(angles), tf.sin(angles)], 2) as tf.Tensor3D;
      },
      gradient: (dy, input) => {
        // d cos mt = −m sin mt, d sin mt = m cos mt
        const features = ofAngle(input as tf.Tensor2D, degree);
        const slope = tf.sub(
          tf.mul(part(dy, degree + 1), part(features, 1)),
          tf.mul(part(dy, 1), part(features, degree + 1)),
        );
        return [tf.sum(tf.mul(slope, multiples()), 2)];
      },
    },
    x,
  );
}

/** By the angle-addition recurrence from cos t = x and sin t = √(1 − x²): no inverse cosine is needed. */
function ofCosine(x: tf.Tensor2D, degree: number): tf.Tensor3D {
  const sine = tf.sqrt(tf.relu(tf.sub(1, tf.square(x)))) as tf.Tensor2D;
  const [cosines, sines] = [[x], [sine]];
  for (let m = 1; m < degree; m++) {
    cosines.push(tf.sub(tf.mul(cosines[m - 1], x), tf.mul(sines[m - 1], sine)));
    sines.push(tf.add(tf.mul(sines[m - 1], x), tf.mul(cosines[m - 1], sine)));
  }
  return tf.stack([tf.onesLike(x), ...cosines, ...sines], 2) as tf.Tensor3D;
}
