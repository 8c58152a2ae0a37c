import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger } from '../../foundation/checks.js';
import { Random } from '../../foundation/random.js';
import { weightedSum } from '../linear.js';
import { keepTopAFA } from '../topAFA.js';
import { normalValues } from './initialise.js';
import { flatten, lastDimension, singleShape } from './shapes.js';
import { constantInitializer, valuesInitializer } from './variable.js';

export interface SparseAutoencoderArgs {
  /** Number of features of the dictionary, usually many more than inputs. */
  readonly features: number;
  /** Seed of the initial values. Default 0. */
  readonly seed?: number;
  readonly name?: string;
  readonly inputShape?: tfl.Shape;
}

/**
 * A sparse autoencoder whose number of active features adapts to the input, [..., in] → [..., in]:
 *
 *   a = relu(E·(x − b) + e),   f = topAFA(a),   y = D·f + b,
 *
 * E of shape [features, in], D of shape [in, features] with columns d_i. Top-AFA keeps as many of the largest a_i‖d_i‖ as bring
 * the root of their sum of squares nearest to ‖x − b‖. It trains on the squared error and, weighted, `afaLoss`. Columns of D
 * start normal with length 1 on average, E as their transpose.
 *
 * @cost 4·in·features, and a sort of the features, a row
 * @see arXiv:2503.24277
 * @example new SparseAutoencoder({ features: 64, seed: 1, inputShape: [16] })
 */
export class SparseAutoencoder extends tfl.layers.Layer {
  static readonly className = 'SparseAutoencoder';
  private readonly args: Required<Pick<SparseAutoencoderArgs, 'features' | 'seed'>>;
  private encoder!: tfl.LayerVariable;
  private threshold!: tfl.LayerVariable;
  private decoder!: tfl.LayerVariable;
  private centre!: tfl.LayerVariable;

  constructor(args: SparseAutoencoderArgs) {
    super(args as object);
    this.args = { features: args?.features, seed: args?.seed ?? 0 };
    checkInteger('SparseAutoencoder', 'features', this.args.features, 1);
    checkInteger('SparseAutoencoder', 'seed', this.args.seed, 0, 0xffffffff);
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const inDim = lastDimension('SparseAutoencoder', inputShape);
    const { features, seed } = this.args;
    const columns = normalValues(features * inDim, 1 / Math.sqrt(inDim), new Random(seed));
    const rows = columns.map((_, at) => columns[(at % features) * inDim + Math.floor(at / features)]);
    const add = (name: string, shape: number[], start: Parameters<tfl.layers.Layer['addWeight']>[3]) =>
      this.addWeight(name, shape, 'float32', start);
    this.encoder = add('encoder', [features, inDim], valuesInitializer(columns));
    this.threshold = add('encoder_bias', [features], constantInitializer(0));
    this.decoder = add('decoder', [inDim, features], valuesInitializer(rows));
    this.centre = add('decoder_bias', [inDim], constantInitializer(0));
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [x, leading] = flatten(inputs);
      const y = tf.add(weightedSum(this.featuresOf(x), this.decoder.read() as tf.Tensor2D), this.centre.read());
      return tf.reshape(y, [...leading, x.shape[1]]);
    });
  }

  /** f, the active features of inputs, [..., in] → [..., features]. */
  encode(inputs: tf.Tensor): tf.Tensor {
    return tf.tidy(() => {
      const [x, leading] = flatten(inputs);
      return tf.reshape(this.featuresOf(x), [...leading, this.args.features]);
    });
  }

  /** The AFA loss, the mean over rows of (‖(f_i‖d_i‖)_i‖ − ‖x − b‖)²: that the active features are as long as the input. */
  afaLoss(inputs: tf.Tensor): tf.Scalar {
    return tf.tidy(() => {
      const [x] = flatten(inputs);
      const lengths = lengthOf(tf.mul(this.featuresOf(x), this.norms()));
      return tf.mean(tf.square(tf.sub(lengths, lengthOf(tf.sub(x, this.centre.read())))));
    });
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    return singleShape('SparseAutoencoder', inputShape);
  }

  override getConfig() {
    return { ...super.getConfig(), ...this.args } as never;
  }

  private featuresOf(x: tf.Tensor2D): tf.Tensor2D {
    const centred = tf.sub(x, this.centre.read()) as tf.Tensor2D;
    const scores = tf.add(weightedSum(centred, this.encoder.read() as tf.Tensor2D), this.threshold.read());
    return keepTopAFA(tf.relu(scores) as tf.Tensor2D, this.norms(), lengthOf(centred));
  }

  /** ‖d_i‖, shape [features]. */
  private norms(): tf.Tensor {
    return tf.sqrt(tf.sum(tf.square(this.decoder.read()), 0));
  }
}

/** The Euclidean length of each row, shape [rows, 1]; its slope at 0 is 0. */
const lengthOf = (rows: tf.Tensor): tf.Tensor2D =>
  tf.sqrt(tf.add(tf.sum(tf.square(rows), 1, true), TINY)) as tf.Tensor2D;

const TINY = 1e-12;
