import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { checkChoice, checkFinite, checkInteger } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import { Random } from '../../foundation/random.js';
import { weightedSum } from '../linear.js';
import { type BaseActivation, baseActivationNames, baseActivations } from './baseActivations.js';
import { normalValues } from './initialise.js';
import { flatten, lastDimension, singleShape } from './shapes.js';
import { constantInitializer, valuesInitializer } from './variable.js';

export interface LinearArgs {
  /** Number of outputs. */
  readonly units: number;
  /** Whether there is a bias b, trained from 0. Default true. */
  readonly useBias?: boolean;
  /** What is applied to W·x + b. Default `'none'`. */
  readonly activation?: BaseActivation;
  /** Standard deviation of W at the start. Default √(2/(in + units)) (Xavier). */
  readonly deviation?: number;
  /** Seed of the initial values. Default 0. */
  readonly seed?: number;
  readonly name?: string;
  readonly inputShape?: tfl.Shape;
  readonly trainable?: boolean;
}

/**
 * y = activation(W·x + b), [..., in] → [..., units], W of shape [units, in]. It computes what `tf.layers.dense` does, on all
 * threads of the host, and starts from its seed.
 */
export class Linear extends tfl.layers.Layer {
  static readonly className = 'Linear';
  private readonly args: Required<Pick<LinearArgs, 'units' | 'useBias' | 'activation' | 'seed'>> & {
    readonly deviation: number | null;
  };
  private kernel!: tfl.LayerVariable;
  private bias?: tfl.LayerVariable;

  constructor(args: LinearArgs) {
    super(args as object);
    this.args = {
      units: args?.units,
      useBias: args?.useBias ?? true,
      activation: args?.activation ?? 'none',
      seed: args?.seed ?? 0,
      deviation: args?.deviation ?? null,
    };
    const { units, activation, seed, deviation } = this.args;
    checkInteger('Linear', 'units', units, 1);
    checkInteger('Linear', 'seed', seed, 0, 0xffffffff);
    checkChoice('Linear', 'activation', activation, baseActivationNames);
    if (deviation !== null) {
      checkFinite('Linear', 'deviation', deviation);
      if (deviation < 0) throw expected('Linear', 'deviation ≥ 0', deviation);
    }
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const inDim = lastDimension('Linear', inputShape);
    const { units, seed, useBias, deviation } = this.args;
    const spread = deviation ?? Math.sqrt(2 / (inDim + units));
    const start = valuesInitializer(normalValues(units * inDim, spread, new Random(seed)));
    this.kernel = this.addWeight('kernel', [units, inDim], 'float32', start, undefined, true);
    if (useBias) this.bias = this.addWeight('bias', [units], 'float32', constantInitializer(0), undefined, true);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [x, leading] = flatten(inputs);
      let y: tf.Tensor = weightedSum(x, this.kernel.read() as tf.Tensor2D);
      if (this.bias) y = tf.add(y, this.bias.read());
      const activation = baseActivations[this.args.activation];
      return tf.reshape(activation ? activation(y) : y, [...leading, this.args.units]);
    });
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    return [...singleShape('Linear', inputShape).slice(0, -1), this.args.units];
  }

  override getConfig() {
    return { ...super.getConfig(), ...this.args } as never;
  }
}
