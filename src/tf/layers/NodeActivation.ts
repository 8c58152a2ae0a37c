import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { Activation } from '../../activations/activation.js';
import { type ActivationName, type ActivationSpec, activationFrom, activationSpec } from '../../activations/table.js';
import { checkChoice } from '../../foundation/checks.js';
import { DaruanError } from '../../foundation/errors.js';
import type { NodeLayer } from '../../network/nodeLayer.js';
import { composedActivation } from '../activations/composed.js';
import { batchMoments, hostActivation } from '../activations/host.js';
import { onHost } from '../host.js';
import { lastDimension, singleShape } from './shapes.js';
import { valuesInitializer } from './variable.js';
import { fromVerbatim, isKeptObject, type Verbatim, verbatim } from './verbatim.js';

/** What every layer of an activation is told. */
export interface ActivationLayerArgs {
  /**
   * How it is computed: by tfjs operations, differentiable to any order (`composed`), or the fastest way (`auto`, default): on a CPU by
   * its analytic derivatives, on a device `composed`.
   */
  readonly route?: 'auto' | 'composed';
  readonly name?: string;
  readonly inputShape?: tfl.Shape;
  readonly trainable?: boolean;
}

export interface NodeActivationArgs extends ActivationLayerArgs {
  /** A name, `{ name: 'crrelu', epsilon: 0.1 }`, or an `Activation` of your own. */
  readonly activation: ActivationName | ActivationSpec | Activation | Verbatim;
}

/** How slowly moving moments follow those of the batches. */
const MOMENTUM = 0.9;

/**
 * Any activation of the table, or of your own, as a layer: [batch, …, features] → the same shape. Axes between are positions, such as the
 * pixels of a feature map. Those that are `batchDependent` take the moments of the batch where `training` is set, else moving ones.
 *
 * @example new NodeActivation({ activation: { name: 'nodewise', basis: 'bspline' } })
 */
export class NodeActivation extends tfl.layers.Layer {
  static readonly className: string = 'NodeActivation';
  readonly activation: Activation;
  readonly route: 'auto' | 'composed';
  private blocks: readonly tfl.LayerVariable[] = [];
  private features = 0;

  constructor(args: NodeActivationArgs) {
    super(args as object);
    const source = args?.activation;
    this.activation = activationFrom(
      'NodeActivation',
      isKeptObject(source) ? fromVerbatim<ActivationSpec>(source) : source,
    );
    this.route = args.route ?? 'auto';
    checkChoice('NodeActivation', 'route', this.route, ['auto', 'composed']);
  }

  /** Whether, while training, the output of a row depends on the rows beside it. */
  get batchDependent(): boolean {
    return this.activation.batchDependent;
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const features = lastDimension(this.activation.name, inputShape);
    this.features = features;
    this.blocks = this.activation
      .blocks(features)
      .map(({ name, shape, values, trainable }) =>
        this.addWeight(name, [...shape], 'float32', valuesInitializer(Float32Array.from(values)), undefined, trainable),
      );
    super.build(inputShape);
  }

  /** The layer as plain data, for training on the host; its trained numbers are `trainableWeights` in their order. */
  nodeLayer(): NodeLayer {
    const { activation, features, blocks } = this;
    return {
      activation,
      features,
      blocks: activation.blocks(features).map(({ trainable }, k) => {
        const values = blocks[k].read();
        return { length: values.size, ...(!trainable && { fixed: Float64Array.from(values.dataSync()) }) };
      }),
    };
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs?: { training?: boolean }): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const sheet = tf.reshape(x, [x.shape[0], -1, x.shape[x.rank - 1]]) as tf.Tensor3D;
      const blocks = this.blocks.map((block) => block.read());
      const training = kwargs?.training === true && this.batchDependent;
      const evaluate = this.route === 'auto' && onHost() ? hostActivation : composedActivation;
      const y = evaluate(this.activation, sheet, blocks, training);
      if (training) this.follow(sheet);
      return tf.reshape(y, x.shape);
    });
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    return singleShape(this.activation.name, inputShape);
  }

  override getConfig() {
    const spec = activationSpec(this.activation);
    if (!spec) {
      const problem = `the activation "${this.activation.name}" is no data that could be saved`;
      throw new DaruanError('NodeActivation', problem, 'Name one.');
    }
    return { ...super.getConfig(), route: this.route, activation: verbatim(spec) } as never;
  }

  /** Moves the untrained blocks, the moments, towards those of a batch. */
  private follow(x: tf.Tensor3D): void {
    const untrained = this.activation
      .blocks(x.shape[2])
      .flatMap(({ name, trainable }, k) => (trainable ? [] : [{ name, block: this.blocks[k] }]));
    const moments = onHost()
      ? batchMoments(
          this.activation,
          x,
          this.blocks.map((block) => block.read()),
        ).map((values) => tf.tensor1d(values))
      : untrained.map(({ name }) => tf.moments(x, [0, 1])[name as 'mean' | 'variance']);
    untrained.forEach(({ block }, k) => {
      block.write(tf.add(tf.mul(block.read(), MOMENTUM), tf.mul(moments[k], 1 - MOMENTUM)));
    });
  }
}
