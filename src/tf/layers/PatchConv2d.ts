import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { checkChoice } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import { type Patches, type PatchOptions, pairOf, patchesOf, windowsAlong } from '../../network/patches.js';
import { takePatches } from '../patches.js';
import { CompositeLayer } from './CompositeLayer.js';
import { singleShape } from './shapes.js';

/** A convolution of any layer: [batch, height, width, channels] → [batch, height', width', units of the layer]. */
export abstract class PatchConv2d extends CompositeLayer {
  protected readonly geometry: Required<PatchOptions>;
  private patches?: { readonly height: number; readonly width: number; readonly of: Patches };

  constructor(
    args: object,
    private readonly where: string,
    options: PatchOptions,
    /** What is applied to each window, as a vector of taps·channels features, the channels of the first tap first. */
    readonly layer: tfl.layers.Layer,
  ) {
    super(args);
    const { padding = 'valid' } = options ?? {};
    checkChoice(where, 'padding', padding, ['valid', 'same']);
    this.geometry = {
      kernelSize: pairOf(where, 'kernelSize', options.kernelSize),
      strides: pairOf(where, 'strides', options.strides ?? 1),
      dilationRate: pairOf(where, 'dilationRate', options.dilationRate ?? 1),
      padding,
    };
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    this.addPart(this.layer, [null, this.featuresOf(inputShape)]);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;
      const [batch, height, width] = x.shape;
      const { size } = this.patchesFor(height, width);
      return tf.reshape(this.layer.apply(this.windows(x)) as tf.Tensor, [batch, ...size, -1]);
    });
  }

  /** What the layer is applied to: a row of taps·channels features for every window of every image. */
  windows(x: tf.Tensor4D): tf.Tensor2D {
    return tf.tidy(() => {
      const [batch, height, width, channels] = x.shape;
      const windows = takePatches(tf.reshape(x, [batch, height * width, channels]), this.patchesFor(height, width));
      return tf.reshape(windows, [-1, windows.shape[2]]) as tf.Tensor2D;
    });
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    const features = this.featuresOf(inputShape);
    const [batch, ...lengths] = singleShape(this.where, inputShape).slice(0, 3);
    const { kernelSize, strides, dilationRate, padding } = this.geometry as Pairs;
    const size = lengths.map((length, axis) =>
      length === null ? null : windowsAlong(length, kernelSize[axis], strides[axis], dilationRate[axis], padding),
    );
    const units = (this.layer.computeOutputShape([null, features]) as tfl.Shape)[1];
    return [batch, ...size, units];
  }

  private featuresOf(inputShape: tfl.Shape | tfl.Shape[]): number {
    const shape = singleShape(this.where, inputShape);
    const channels = shape[3];
    if (shape.length !== 4 || !channels) {
      throw expected(this.where, 'an input of shape [batch, height, width, channels]', `[${shape.join(', ')}]`);
    }
    const [down, across] = (this.geometry as Pairs).kernelSize;
    return down * across * channels;
  }

  /** The windows of images of a size; those of the last size are kept. */
  private patchesFor(height: number, width: number): Patches {
    if (this.patches?.height !== height || this.patches.width !== width) {
      this.patches = { height, width, of: patchesOf(this.where, height, width, this.geometry) };
    }
    return this.patches.of;
  }
}

type Pairs = Record<'kernelSize' | 'strides' | 'dilationRate', readonly [number, number]> & {
  readonly padding: 'valid' | 'same';
};
