import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger } from '../../foundation/checks.js';
import { Random } from '../../foundation/random.js';
import { trigonometricFeatures } from '../activation/features.js';
import { weightedSum } from '../linear.js';
import { normalValues } from './initialise.js';
import { flatten, lastDimension, singleShape } from './shapes.js';
import { valuesInitializer } from './variable.js';

export interface FourierTableArgs {
  /** Number of outputs. */
  readonly units: number;
  /** G, the highest frequency; angular, in radians per unit of the input. Default 3. */
  readonly frequencies?: number;
  /** Seed of the initial values. Default 0. */
  readonly seed?: number;
  readonly name?: string;
}

/**
 * A table of Fourier functions without constants, [..., in] → [..., units]: y_p = Σ_q Σ_m α_pqm cos(m·x_q) + β_pqm sin(m·x_q) for
 * m = 1 … G, α and β from N(0, 1): weight `coefficients` of shape [units, in, 2G], cosines first.
 *
 * @see arXiv:2503.10632
 */
export class FourierTable extends tfl.layers.Layer {
  static readonly className = 'FourierTable';
  private readonly args: Required<Pick<FourierTableArgs, 'units' | 'frequencies' | 'seed'>>;
  private coefficients!: tfl.LayerVariable;

  constructor(args: FourierTableArgs) {
    super(args as object);
    this.args = { units: args?.units, frequencies: args?.frequencies ?? 3, seed: args?.seed ?? 0 };
    checkInteger('FourierTable', 'units', this.args.units, 1);
    checkInteger('FourierTable', 'frequencies', this.args.frequencies, 1);
    checkInteger('FourierTable', 'seed', this.args.seed, 0, 0xffffffff);
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const { units, frequencies, seed } = this.args;
    const shape = [units, lastDimension('FourierTable', inputShape), 2 * frequencies];
    const values = normalValues(shape[0] * shape[1] * shape[2], 1, new Random(seed));
    this.coefficients = this.addWeight('coefficients', shape, 'float32', valuesInitializer(values));
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [x, leading] = flatten(inputs);
      const { units, frequencies } = this.args;
      const all = trigonometricFeatures(x, frequencies, 'linear'); // [rows, in, 1 + 2G]
      const features = tf.reshape(tf.slice(all, [0, 0, 1], [-1, -1, -1]), [x.shape[0], -1]) as tf.Tensor2D;
      const matrix = tf.reshape(this.coefficients.read(), [units, -1]) as tf.Tensor2D;
      return tf.reshape(weightedSum(features, matrix), [...leading, units]);
    });
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    return [...singleShape('FourierTable', inputShape).slice(0, -1), this.args.units];
  }

  override getConfig() {
    return { ...super.getConfig(), ...this.args } as never;
  }
}
