import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import { CompositeLayer } from './CompositeLayer.js';
import { Linear } from './Linear.js';

export interface AttentionOutputArgs {
  /** Seed of the initial values. Default 0. */
  readonly seed?: number;
  readonly name?: string;
}

/**
 * Mixes values by weights and joins the heads by a linear map: weights [batch, heads, tokens, tokens] and values [batch, heads,
 * tokens, d], such as those of `AttentionScores`, → [batch, tokens, heads·d].
 *
 * @see arXiv:1706.03762
 */
export class AttentionOutput extends CompositeLayer {
  static readonly className = 'AttentionOutput';
  private readonly seed: number;
  private combine!: Linear;

  constructor(args: AttentionOutputArgs = {}) {
    super(args as object);
    this.seed = args.seed ?? 0;
    checkInteger('AttentionOutput', 'seed', this.seed, 0, 0xffffffff);
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const width = widthOf(inputShape);
    this.combine = new Linear({ units: width, deviation: 1 / Math.sqrt(width), seed: this.seed, name: 'combine' });
    this.addPart(this.combine, [null, width]);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [weights, values] = inputs as tf.Tensor[];
      const [batch, heads, tokens, size] = values.shape;
      const mixed = tf.transpose(tf.matMul(weights, values), [0, 2, 1, 3]);
      return this.combine.apply(tf.reshape(mixed, [batch, tokens, heads * size!])) as tf.Tensor;
    });
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    const [batch, , tokens] = (inputShape as tfl.Shape[])[0];
    return [batch, tokens, widthOf(inputShape)];
  }

  override getConfig() {
    return { ...super.getConfig(), seed: this.seed } as never;
  }
}

/** heads·d. */
function widthOf(inputShape: tfl.Shape | tfl.Shape[]): number {
  const [weights, values] = inputShape as tfl.Shape[];
  const two = Array.isArray(values) && Array.isArray(weights) && weights.length === 4 && values.length === 4;
  if (!two || !values[1] || !values[3]) {
    const what = 'weights and values of shape [batch, heads, tokens, …]';
    throw expected('AttentionOutput', what, inputShape);
  }
  return values[1] * values[3];
}
