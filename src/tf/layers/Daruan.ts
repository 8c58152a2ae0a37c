import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { Random } from '../../foundation/random.js';
import type { ElementwiseLayer } from '../../network/elementwiseLayer.js';
import { evaluateElementwise } from '../activation/route.js';
import {
  type ActivationOptions,
  type CheckedOptions,
  checkActivationOptions,
  saveActivationOptions,
} from './activationOptions.js';
import { type Activations, buildActivations, readTrained } from './parameters.js';
import { flatten, lastDimension, singleShape } from './shapes.js';
import { constantInitializer } from './variable.js';

/** Options of the element-wise activation. */
export interface DaruanArgs extends ActivationOptions {
  /** One circuit for all features (true), or one each (default). */
  readonly shared?: boolean;
  /** Whether the weight p of each feature is trained. Default false: p = 1. */
  readonly postactivationWeightTrainable?: boolean;
  /** Whether the bias q of each feature is trained. Default false: q = 0. */
  readonly postactivationBiasTrainable?: boolean;
  readonly name?: string;
  readonly inputShape?: tfl.Shape;
}

/**
 * The quantum activation function element by element, [..., features] → [..., features]: y_d = p_d · (f_d(x_d) + q_d).
 * Put it where a ReLU would stand.
 *
 * @see arXiv:2509.14026
 */
export class Daruan extends tfl.layers.Layer {
  static readonly className = 'Daruan';
  readonly options: CheckedOptions;
  private readonly args: {
    readonly shared: boolean;
    readonly postactivationWeightTrainable: boolean;
    readonly postactivationBiasTrainable: boolean;
  };
  private activations!: Activations;
  private outputWeight?: tfl.LayerVariable;
  private outputBias?: tfl.LayerVariable;
  private features = 0;

  constructor(args: DaruanArgs = {}) {
    super(args as object);
    this.options = checkActivationOptions('Daruan', args);
    this.args = {
      shared: args.shared ?? false,
      postactivationWeightTrainable: args.postactivationWeightTrainable ?? false,
      postactivationBiasTrainable: args.postactivationBiasTrainable ?? false,
    };
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    this.features = lastDimension('Daruan', inputShape);
    const count = this.args.shared ? 1 : this.features;
    const fan = [1, count] as const;
    this.activations = buildActivations(this.options, [count], fan, new Random(this.options.seed), (...weight) =>
      this.addWeight(...weight),
    );
    const add = (name: string, value: number) =>
      this.addWeight(name, [count], 'float32', constantInitializer(value), undefined, true);
    if (this.args.postactivationWeightTrainable) this.outputWeight = add('post_weight', 1);
    if (this.args.postactivationBiasTrainable) this.outputBias = add('post_bias', 0);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [x] = flatten(inputs);
      const everyFeature = (perCircuit: tf.Tensor) =>
        this.args.shared ? tf.tile(perCircuit, [this.features, ...perCircuit.shape.slice(1).map(() => 1)]) : perCircuit;
      const weight = everyFeature(this.outputWeight ? this.outputWeight.read() : tf.ones([this.activations.count]));
      const { trainedPlan: plan, degree } = this.activations;
      const { measurement, outsideDomain, route } = this.options;
      const rows = everyFeature(readTrained(this.activations)) as tf.Tensor2D;
      let y: tf.Tensor = evaluateElementwise(
        { plan, measurement, outsideDomain },
        route,
        degree,
        x,
        rows,
        weight as tf.Tensor1D,
      );
      if (this.outputBias) y = tf.add(y, tf.mul(weight, everyFeature(this.outputBias.read())));
      return tf.reshape(y, (Array.isArray(inputs) ? inputs[0] : inputs).shape);
    });
  }

  /** The layer as plain data, for training on the host; its trained numbers are `trainableWeights` in their order. */
  elementwiseLayer(): ElementwiseLayer {
    const { plan, columns, count } = this.activations;
    const { measurement, outsideDomain } = this.options;
    return {
      activation: { plan, measurement, outsideDomain },
      features: this.features,
      circuits: count,
      blocks: columns.map(({ width, source }) =>
        source instanceof Float32Array ? { width, fixed: Float64Array.from(source) } : { width },
      ),
      trainsWeight: this.args.postactivationWeightTrainable,
      trainsBias: this.args.postactivationBiasTrainable,
    };
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    return singleShape('Daruan', inputShape);
  }

  override getConfig() {
    return { ...super.getConfig(), ...saveActivationOptions(this.options), ...this.args } as never;
  }
}
