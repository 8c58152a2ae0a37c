import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { checkFinite, checkInteger } from '../../foundation/checks.js';
import { Random } from '../../foundation/random.js';
import { apply } from '../differentiable.js';
import { weightedSum } from '../linear.js';
import { oneHotRows } from '../oneHot.js';
import { normalValues } from './initialise.js';
import { flatten, singleShape } from './shapes.js';
import { valuesInitializer } from './variable.js';

export interface TokenEmbeddingArgs {
  /** Number of different tokens. */
  readonly vocabularySize: number;
  /** Features of a token. */
  readonly width: number;
  /** Standard deviation of the table at the start. Default 1/√width. */
  readonly deviation?: number;
  /** Seed of the initial values. Default 0. */
  readonly seed?: number;
  readonly name?: string;
  readonly inputShape?: tfl.Shape;
}

/**
 * A table of one vector a token, shape [vocabularySize, width]. Applied to tokens [batch, time] it looks them up and multiplies
 * by √width, [batch, time, width], so that features start with variance 1; applied to vectors [batch, time, width] it gives their products with all tokens' vectors,
 * [batch, time, vocabularySize]: a network that applies it twice has tied weights.
 *
 * @see arXiv:1608.05859
 */
export class TokenEmbedding extends tfl.layers.Layer {
  static readonly className = 'TokenEmbedding';
  private readonly args: Required<Pick<TokenEmbeddingArgs, 'vocabularySize' | 'width' | 'deviation' | 'seed'>>;
  private table!: tfl.LayerVariable;

  constructor(args: TokenEmbeddingArgs) {
    super(args as object);
    const { vocabularySize, width, seed = 0 } = args ?? {};
    checkInteger('TokenEmbedding', 'vocabularySize', vocabularySize, 1);
    checkInteger('TokenEmbedding', 'width', width, 1);
    checkInteger('TokenEmbedding', 'seed', seed, 0, 0xffffffff);
    const deviation = args.deviation ?? 1 / Math.sqrt(width);
    checkFinite('TokenEmbedding', 'deviation', deviation);
    this.args = { vocabularySize, width, deviation, seed };
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const { vocabularySize, width, deviation, seed } = this.args;
    const start = valuesInitializer(normalValues(vocabularySize * width, deviation, new Random(seed)));
    this.table = this.addWeight('table', [vocabularySize, width], 'float32', start, undefined, true);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const table = this.table.read() as tf.Tensor2D;
      if (x.rank === 2) return tf.mul(lookUp(table, tf.cast(x, 'int32')), Math.sqrt(this.args.width));
      const [rows, leading] = flatten(x);
      return tf.reshape(weightedSum(rows, table), [...leading, this.args.vocabularySize]);
    });
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    const shape = singleShape('TokenEmbedding', inputShape);
    return shape.length === 2 ? [...shape, this.args.width] : [...shape.slice(0, -1), this.args.vocabularySize];
  }

  override getConfig() {
    return { ...super.getConfig(), ...this.args } as never;
  }
}

/** Rows of a table; the gradient is a matrix product, for which every backend has a kernel. */
function lookUp(table: tf.Tensor2D, tokens: tf.Tensor): tf.Tensor {
  const [size, width] = table.shape;
  return apply(
    {
      forward: (rows, places) => tf.gather(rows, places as tf.Tensor2D),
      gradient: (dy, _, places) => [
        () => {
          const chosen = oneHotRows(places, size);
          return tf.matMul(tf.transpose(chosen), tf.reshape(dy, [-1, width]) as tf.Tensor2D);
        },
      ],
    },
    table,
    tokens,
  );
}
