import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import { Random } from '../../foundation/random.js';
import { attention } from '../attention.js';
import { CompositeLayer } from './CompositeLayer.js';
import { Linear } from './Linear.js';
import { lastDimension, singleShape } from './shapes.js';

export interface CausalAttentionArgs {
  /** Number of heads, a divisor of the features. */
  readonly heads: number;
  /** Factor of the last map's standard deviation at the start. Default 1. */
  readonly outputScale?: number;
  /** Seed of the initial values. Default 0. */
  readonly seed?: number;
  readonly name?: string;
  readonly inputShape?: tfl.Shape;
}

/**
 * Multi-head causal self-attention, [batch, time, features] → the same shape: a token sees itself and what came before.
 *
 * @see arXiv:1706.03762
 */
export class CausalAttention extends CompositeLayer {
  static readonly className = 'CausalAttention';
  private readonly args: Required<Pick<CausalAttentionArgs, 'heads' | 'outputScale' | 'seed'>>;
  private project!: Linear;
  private combine!: Linear;

  constructor(args: CausalAttentionArgs) {
    super(args as object);
    this.args = { heads: args?.heads, outputScale: args?.outputScale ?? 1, seed: args?.seed ?? 0 };
    checkInteger('CausalAttention', 'heads', this.args.heads, 1);
    checkInteger('CausalAttention', 'seed', this.args.seed, 0, 0xffffffff);
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const width = lastDimension('CausalAttention', inputShape);
    const { heads, outputScale, seed } = this.args;
    if (singleShape('CausalAttention', inputShape).length !== 3) {
      throw expected('CausalAttention', 'an input of shape [batch, time, features]', inputShape);
    }
    if (width % heads !== 0) throw expected('CausalAttention', `heads to divide ${width} features`, heads);
    const random = new Random(seed);
    const deviation = 1 / Math.sqrt(width);
    this.project = new Linear({ units: 3 * width, deviation, seed: random.bits(), name: 'project' });
    this.combine = new Linear({
      units: width,
      deviation: deviation * outputScale,
      seed: random.bits(),
      name: 'combine',
    });
    this.addPart(this.project, [null, width]);
    this.addPart(this.combine, [null, width]);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const mixed = attention(this.project.apply(x) as tf.Tensor3D, this.args.heads);
      return this.combine.apply(mixed) as tf.Tensor;
    });
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    return singleShape('CausalAttention', inputShape);
  }

  override getConfig() {
    return { ...super.getConfig(), ...this.args } as never;
  }
}
