import type * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';

/** A layer that is made of others, whose weights are its own. */
export abstract class CompositeLayer extends tfl.layers.Layer {
  private readonly parts: tfl.layers.Layer[] = [];

  /** Builds a part for inputs of a shape, or of several; its weights are saved under its name within this layer's. */
  protected addPart(part: tfl.layers.Layer, inputShape: tfl.Shape | tfl.Shape[]): void {
    const inputOf = (shape: tfl.Shape) => tfl.input({ shape: shape.slice(1), dtype: 'float32' });
    const several = Array.isArray(inputShape[0]);
    // Within `apply` the part knows its name, which `build` on its own does not give its weights.
    part.apply(several ? (inputShape as tfl.Shape[]).map(inputOf) : inputOf(inputShape as tfl.Shape));
    this.parts.push(part);
  }

  override get trainableWeights(): tfl.LayerVariable[] {
    return this.trainable ? this.parts.flatMap((part) => part.trainableWeights) : [];
  }

  override get nonTrainableWeights(): tfl.LayerVariable[] {
    return this.parts.flatMap((part) => (this.trainable ? part.nonTrainableWeights : part.weights));
  }
}

/** Applies layers one after the other. */
export const chain = (layers: readonly tfl.layers.Layer[], x: tf.Tensor): tf.Tensor =>
  layers.reduce<tf.Tensor>((value, layer) => layer.apply(value) as tf.Tensor, x);
