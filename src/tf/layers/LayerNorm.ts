import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { normalise } from '../layerNorm.js';
import { lastDimension, singleShape } from './shapes.js';
import { constantInitializer } from './variable.js';

/**
 * Layer normalisation, [..., features] → the same shape: y = g·(x − mean)/√(variance + 10⁻⁵) + h over the features, g and h
 * trained from 1 and 0.
 *
 * @see arXiv:1607.06450
 */
export class LayerNorm extends tfl.layers.Layer {
  static readonly className = 'LayerNorm';
  private gain!: tfl.LayerVariable;
  private shift!: tfl.LayerVariable;

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const features = lastDimension('LayerNorm', inputShape);
    this.gain = this.addWeight('gain', [features], 'float32', constantInitializer(1), undefined, true);
    this.shift = this.addWeight('shift', [features], 'float32', constantInitializer(0), undefined, true);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    return tf.tidy(() => normalise(x, this.gain.read(), this.shift.read()));
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    return singleShape('LayerNorm', inputShape);
  }
}
