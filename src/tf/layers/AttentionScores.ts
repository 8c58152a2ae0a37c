import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import { CompositeLayer } from './CompositeLayer.js';
import { Linear } from './Linear.js';
import { singleShape } from './shapes.js';

export interface AttentionScoresArgs {
  /** Number of heads, a divisor of the features. */
  readonly heads: number;
  /** Seed of the initial values. Default 0. */
  readonly seed?: number;
  readonly name?: string;
  readonly inputShape?: tfl.Shape;
}

/**
 * What attention compares and what it mixes, [batch, tokens, features] → scores QKᵀ/√d of shape [batch, heads, tokens, tokens]
 * and values V of shape [batch, heads, tokens, d], d = features/heads. `AttentionOutput` takes weights made of the scores, and
 * the values.
 *
 * @throws if heads do not divide the features, or the number of tokens is open
 * @see arXiv:1706.03762
 */
export class AttentionScores extends CompositeLayer {
  static readonly className = 'AttentionScores';
  private readonly args: Required<Pick<AttentionScoresArgs, 'heads' | 'seed'>>;
  private project!: Linear;

  constructor(args: AttentionScoresArgs) {
    super(args as object);
    this.args = { heads: args?.heads, seed: args?.seed ?? 0 };
    checkInteger('AttentionScores', 'heads', this.args.heads, 1);
    checkInteger('AttentionScores', 'seed', this.args.seed, 0, 0xffffffff);
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const { width } = this.sizesOf(inputShape);
    const deviation = 1 / Math.sqrt(width);
    this.project = new Linear({ units: 3 * width, deviation, seed: this.args.seed, name: 'project' });
    this.addPart(this.project, [null, width]);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor[] {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const [batch, tokens, width] = x.shape;
      const { heads } = this.args;
      const size = width / heads;
      const split = tf.reshape(this.project.apply(x) as tf.Tensor, [batch, tokens, 3, heads, size]);
      const [queries, keys, values] = tf.unstack(tf.transpose(split, [2, 0, 3, 1, 4])); // [batch, heads, tokens, size]
      return [tf.mul(tf.matMul(queries, keys, false, true), 1 / Math.sqrt(size)), values];
    });
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape[] {
    const { tokens, width } = this.sizesOf(inputShape);
    const { heads } = this.args;
    const [batch] = singleShape('AttentionScores', inputShape);
    return [
      [batch, heads, tokens, tokens],
      [batch, heads, tokens, width / heads],
    ];
  }

  override getConfig() {
    return { ...super.getConfig(), ...this.args } as never;
  }

  private sizesOf(inputShape: tfl.Shape | tfl.Shape[]): { tokens: number; width: number } {
    const shape = singleShape('AttentionScores', inputShape);
    const [tokens, width] = [shape[1], shape[2]];
    const where = 'AttentionScores';
    if (shape.length !== 3 || !tokens || !width) {
      throw expected(where, 'an input of shape [batch, tokens, features] with a fixed number of tokens', shape);
    }
    if (width % this.args.heads !== 0) throw expected(where, `heads to divide ${width} features`, this.args.heads);
    return { tokens, width };
  }
}
