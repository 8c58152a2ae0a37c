import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import { Random } from '../../foundation/random.js';
import { normalValues } from './initialise.js';
import { lastDimension, singleShape } from './shapes.js';
import { valuesInitializer } from './variable.js';

export interface PositionEmbeddingArgs {
  /** The most tokens that an input has. */
  readonly context: number;
  /** Seed of the initial values. Default 0. */
  readonly seed?: number;
  readonly name?: string;
  readonly inputShape?: tfl.Shape;
}

/** Adds a trained vector to each place of a sequence, [batch, time, features] → the same shape, time ≤ context. */
export class PositionEmbedding extends tfl.layers.Layer {
  static readonly className = 'PositionEmbedding';
  private readonly args: Required<Pick<PositionEmbeddingArgs, 'context' | 'seed'>>;
  private table!: tfl.LayerVariable;

  constructor(args: PositionEmbeddingArgs) {
    super(args as object);
    this.args = { context: args?.context, seed: args?.seed ?? 0 };
    checkInteger('PositionEmbedding', 'context', this.args.context, 1);
    checkInteger('PositionEmbedding', 'seed', this.args.seed, 0, 0xffffffff);
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const width = lastDimension('PositionEmbedding', inputShape);
    const { context, seed } = this.args;
    const start = valuesInitializer(normalValues(context * width, 1, new Random(seed)));
    this.table = this.addWeight('table', [context, width], 'float32', start, undefined, true);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const [time, { context }] = [x.shape[1]!, this.args];
      if (time > context) throw expected('PositionEmbedding', `a sequence of at most ${context} tokens`, time);
      const table = this.table.read() as tf.Tensor2D;
      return tf.add(x, time === context ? table : tf.slice(table, [0, 0], [time, -1]));
    });
  }

  /** The most tokens that an input has. */
  get context(): number {
    return this.args.context;
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    return singleShape('PositionEmbedding', inputShape);
  }

  override getConfig() {
    return { ...super.getConfig(), ...this.args } as never;
  }
}
