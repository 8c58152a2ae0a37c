import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { checkChoice, checkFinite, checkInteger } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import { Random } from '../../foundation/random.js';
import type { LinearLayer } from '../../network/linearLayer.js';
import { weightedSum } from '../linear.js';
import { type BaseActivation, baseActivationNames, baseActivations } from './baseActivations.js';
import { type LinearDeviation, linearDeviations, normalValues } from './initialise.js';
import { flatten, lastDimension, singleShape } from './shapes.js';
import { valuesInitializer } from './variable.js';

export interface LinearArgs {
  /** Number of outputs. */
  readonly units: number;
  /** Whether there is a bias b, trained from 0. Default true. */
  readonly useBias?: boolean;
  /** What is applied to W·x + b. Default `'none'`. */
  readonly activation?: BaseActivation;
  /** Standard deviation of W at the start: a number, `'xavier'` √(2/(in + units)) (default), `'lecun'` √(1/in), or `'he'` √(2/in). */
  readonly deviation?: number | LinearDeviation;
  /** Standard deviation of b at the start. Default 0. */
  readonly biasDeviation?: number;
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
    readonly deviation: number | LinearDeviation;
    readonly biasDeviation: number;
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
      deviation: args?.deviation ?? 'xavier',
      biasDeviation: args?.biasDeviation ?? 0,
    };
    const { units, activation, seed, deviation, biasDeviation } = this.args;
    checkInteger('Linear', 'units', units, 1);
    checkInteger('Linear', 'seed', seed, 0, 0xffffffff);
    checkChoice('Linear', 'activation', activation, baseActivationNames);
    if (typeof deviation === 'string') checkChoice('Linear', 'deviation', deviation, Object.keys(linearDeviations));
    for (const [name, value] of Object.entries({ deviation, biasDeviation })) {
      if (typeof value === 'string') continue;
      checkFinite('Linear', name, value);
      if (value < 0) throw expected('Linear', `${name} ≥ 0`, value);
    }
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const inDim = lastDimension('Linear', inputShape);
    const { units, seed, useBias, deviation, biasDeviation } = this.args;
    const spread = typeof deviation === 'string' ? linearDeviations[deviation](inDim, units) : deviation;
    const random = new Random(seed);
    const start = valuesInitializer(normalValues(units * inDim, spread, random));
    this.kernel = this.addWeight('kernel', [units, inDim], 'float32', start, undefined, true);
    const biases = valuesInitializer(normalValues(units, biasDeviation, random));
    if (useBias) this.bias = this.addWeight('bias', [units], 'float32', biases, undefined, true);
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

  /** Whether it is W·x + b alone. */
  get isLinear(): boolean {
    return this.args.activation === 'none';
  }

  /** Shape of W and b, for training on the host; its trained numbers are `trainableWeights` in their order. */
  linearLayer(): LinearLayer {
    const [outDim, inDim] = this.kernel.shape as number[];
    return { inDim, outDim, usesBias: this.args.useBias };
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    return [...singleShape('Linear', inputShape).slice(0, -1), this.args.units];
  }

  override getConfig() {
    return { ...super.getConfig(), ...this.args } as never;
  }
}
