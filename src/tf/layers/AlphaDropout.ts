import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { alphaDropoutMap, DROPPED, keptUnits } from '../../activations/alphaDropout.js';
import { checkInteger } from '../../foundation/checks.js';
import { Random } from '../../foundation/random.js';
import { singleShape } from './shapes.js';

export interface AlphaDropoutArgs {
  /** Share of units that are dropped, in [0, 1). */
  readonly rate: number;
  /** Seed of the choice. Default 0. */
  readonly seed?: number;
  readonly name?: string;
  readonly inputShape?: tfl.Shape;
}

/**
 * Alpha dropout: while training, units are set to α′ = −1.758 with probability `rate` and then mapped by a·x + b, which keeps mean 0 and
 * variance 1; otherwise nothing. It goes after `Selu`. The layer of this name in tfjs-layers 4.22 shifts the mean: use this one.
 *
 * @see arXiv:1706.02515
 */
export class AlphaDropout extends tfl.layers.Layer {
  static readonly className = 'SeededAlphaDropout';
  private readonly rate: number;
  private readonly seed: number;
  private readonly random: Random;

  constructor(args: AlphaDropoutArgs) {
    super(args as object);
    alphaDropoutMap(args?.rate);
    checkInteger('AlphaDropout', 'seed', args.seed ?? 0, 0, 0xffffffff);
    [this.rate, this.seed] = [args.rate, args.seed ?? 0];
    this.random = new Random(this.seed);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs?: { training?: boolean }): tf.Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    if (kwargs?.training !== true || this.rate === 0) return tf.clone(x);
    return tf.tidy(() => {
      const { a, b } = alphaDropoutMap(this.rate);
      const kept = tf.tensor(keptUnits(x.size, this.rate, this.random), x.shape);
      const dropped = tf.mul(tf.sub(1, kept), DROPPED);
      return tf.add(tf.mul(tf.add(tf.mul(x, kept), dropped), a), b);
    });
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    return singleShape('AlphaDropout', inputShape);
  }

  override getConfig() {
    return { ...super.getConfig(), rate: this.rate, seed: this.seed } as never;
  }
}
