import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { ActivationLayer } from '../../activation/layer.js';
import { checkChoice, checkInteger } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import { Random } from '../../foundation/random.js';
import type { NetworkLayer } from '../../network/layer.js';
import { evaluateActivation } from '../activation/route.js';
import {
  type ActivationOptions,
  type CheckedOptions,
  checkActivationOptions,
  saveActivationOptions,
} from './activationOptions.js';
import { type BaseActivation, baseActivationNames, baseActivations } from './baseActivations.js';
import { writeMask } from './mask.js';
import { type Activations, buildActivations, readParameters, readTrained } from './parameters.js';
import { flatten, lastDimension, singleShape } from './shapes.js';
import { constantInitializer } from './variable.js';

/** Options of a QKAN layer. */
export interface QKANLayerArgs extends ActivationOptions {
  /** Number of outputs. */
  readonly units: number;
  /** Whether the weight p_oi of each activation is trained. Default false: p = 1. */
  readonly postactivationWeightTrainable?: boolean;
  /** Whether the bias q_oi of each activation is trained. Default false: q = 0. */
  readonly postactivationBiasTrainable?: boolean;
  /** The function base(x) beside each activation. Default `'silu'`. */
  readonly baseActivation?: BaseActivation;
  /** Whether the weight c_oi of base(x) is trained. Default true, from c = 0.5; untrained, c stays 0.5. */
  readonly baseTrainable?: boolean;
  /** Share g circuits among all edges: edge (o, i) uses circuit i mod g. Default: one circuit an edge. */
  readonly group?: number;
  readonly name?: string;
  readonly inputShape?: tfl.Shape;
  readonly trainable?: boolean;
}

/**
 * A quantum Kolmogorov-Arnold layer, [..., in] → [..., units]: every edge (o, i) carries its own DARUAN f_oi,
 *
 *   y_o = Σ_i mask_oi · ( p_oi · (f_oi(x_i) + q_oi) + c_oi · base(x_i) ).
 *
 * @see arXiv:2509.14026
 * @example tfl.sequential({ layers: [new QKANLayer({ units: 5, inputShape: [2] }), new QKANLayer({ units: 1 })] })
 */
export class QKANLayer extends tfl.layers.Layer {
  static readonly className = 'QKANLayer';
  readonly units: number;
  readonly options: CheckedOptions;
  private readonly args: Required<Omit<QKANLayerArgs, keyof ActivationOptions | keyof LayerArgs | 'group'>>;
  private readonly group: number | undefined;
  private activations!: Activations;
  private mask!: tfl.LayerVariable;
  private outputWeight?: tfl.LayerVariable;
  private outputBias?: tfl.LayerVariable;
  private baseWeight?: tfl.LayerVariable;
  private inDim = 0;

  constructor(args: QKANLayerArgs) {
    super(args as object);
    checkInteger('QKANLayer', 'units', args?.units, 1);
    if (args.group !== undefined && args.group !== null) checkInteger('QKANLayer', 'group', args.group, 1);
    this.options = checkActivationOptions('QKANLayer', args);
    this.units = args.units;
    this.group = args.group ?? undefined;
    this.args = {
      units: args.units,
      postactivationWeightTrainable: args.postactivationWeightTrainable ?? false,
      postactivationBiasTrainable: args.postactivationBiasTrainable ?? false,
      baseActivation: args.baseActivation ?? 'silu',
      baseTrainable: args.baseTrainable ?? true,
    };
    checkChoice('QKANLayer', 'baseActivation', this.args.baseActivation, baseActivationNames);
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    this.inDim = lastDimension('QKANLayer', inputShape);
    const edges = [this.units, this.inDim];
    const add = (name: string, value: number, trainable: boolean) =>
      this.addWeight(name, edges, 'float32', constantInitializer(value), undefined, trainable);
    const circuits = this.group === undefined ? edges : [this.group];
    if (this.group !== undefined && this.group > this.inDim) {
      throw expected('QKANLayer', `group of at most ${this.inDim} circuits, one an input`, this.group);
    }
    const fan = [this.inDim, this.units] as const;
    this.activations = buildActivations(this.options, circuits, fan, new Random(this.options.seed), (...weight) =>
      this.addWeight(...weight),
    );
    const { args } = this;
    if (args.postactivationWeightTrainable) this.outputWeight = add('post_weight', 1, true);
    if (args.postactivationBiasTrainable) this.outputBias = add('post_bias', 0, true);
    if (args.baseActivation !== 'none' && args.baseTrainable) this.baseWeight = add('base_weight', 0.5, true);
    this.mask = add('mask', 1, false);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [x, leading] = flatten(inputs);
      const mask = this.mask.read() as tf.Tensor2D;
      const weight = this.outputWeight ? (tf.mul(mask, this.outputWeight.read()) as tf.Tensor2D) : mask;
      const base = this.args.baseActivation;
      let y: tf.Tensor = evaluateActivation(
        this.trainedLayer(),
        this.options.route,
        this.activations.degree,
        x,
        this.rows(readTrained),
        weight,
        base === 'none' ? undefined : { name: base, weights: this.baseFactors(mask) },
      );
      if (this.outputBias) y = tf.add(y, tf.sum(tf.mul(weight, this.outputBias.read()), 1));
      return tf.reshape(y, [...leading, this.units]);
    });
  }

  /**
   * The contribution of every edge, φ_oi = mask·(p·(f + q) + c·base(x_i)), shape [batch, units, in]; its sum over i is
   * the layer. Differentiable like the layer; meant for regularisation, attribution and pictures.
   */
  edges(x: tf.Tensor2D): tf.Tensor3D {
    return tf.tidy(() => {
      const mask = this.mask.read() as tf.Tensor2D;
      const weight = this.outputWeight ? (tf.mul(mask, this.outputWeight.read()) as tf.Tensor2D) : mask;
      const rows = tf.reshape(this.rows(readTrained), [this.units, this.inDim, -1]);
      const column = (tensor: tf.Tensor2D, i: number) => tf.slice(tensor, [0, i], [-1, 1]) as tf.Tensor2D;
      const base = baseActivations[this.args.baseActivation];
      const perInput = Array.from({ length: this.inDim }, (_, i) => {
        const xi = column(x, i);
        const single = { ...this.trainedLayer(), inDim: 1 };
        const row = tf.reshape(tf.slice(rows, [0, i, 0], [-1, 1, -1]), [this.units, -1]) as tf.Tensor2D;
        const wi = column(weight, i);
        let y: tf.Tensor = evaluateActivation(single, this.options.route, this.activations.degree, xi, row, wi);
        if (this.outputBias) {
          y = tf.add(y, tf.reshape(tf.mul(wi, column(this.outputBias.read() as tf.Tensor2D, i)), [-1]));
        }
        if (base) y = tf.add(y, tf.mul(base(xi), tf.reshape(column(this.baseFactors(mask), i), [-1])));
        return y;
      });
      return tf.stack(perInput, 2) as tf.Tensor3D;
    });
  }

  /** The circuits of all edges as numbers: one row of parameters an edge (o, i), in row o·in + i. */
  parameterRows(): Float32Array {
    return tf.tidy(() => this.rows(readParameters).dataSync() as Float32Array);
  }

  /** Shape and circuit of the layer, for the pure functions of `daruan`. */
  layer(): ActivationLayer {
    const { measurement, outsideDomain } = this.options;
    return { plan: this.activations.plan, inDim: this.inDim, outDim: this.units, measurement, outsideDomain };
  }

  /** The layer as plain data, for training on the host; its trained numbers are `trainableWeights` in their order. */
  networkLayer(): NetworkLayer {
    const { columns, count } = this.activations;
    return {
      activation: this.layer(),
      circuits: count,
      circuitOf: this.circuitOf(),
      blocks: columns.map(({ width, source }) =>
        source instanceof Float32Array ? { width, fixed: Float64Array.from(source) } : { width },
      ),
      mask: this.edgeMask(),
      trainsWeight: this.outputWeight !== undefined,
      trainsBias: this.outputBias !== undefined,
      base: this.args.baseActivation,
      baseWeight: this.baseWeight ? 'trained' : 0.5,
    };
  }

  /** The mask, shape [units, in]: 1 where there is an edge, 0 where it was removed. */
  edgeMask(): Float64Array {
    return Float64Array.from(this.mask.read().dataSync());
  }

  /** The factors of each edge: mask·p, mask·p·q and mask·c, each of shape [units, in]. */
  edgeFactors(): { weight: Float32Array; bias: Float32Array; base: Float32Array } {
    return tf.tidy(() => {
      const mask = this.mask.read() as tf.Tensor2D;
      const weight = this.outputWeight ? tf.mul(mask, this.outputWeight.read()) : mask;
      const bias = this.outputBias ? tf.mul(weight, this.outputBias.read()) : tf.zerosLike(mask);
      const base = this.args.baseActivation === 'none' ? tf.zerosLike(mask) : this.baseFactors(mask);
      const [w, q, c] = [weight, bias, base].map((tensor) => Float32Array.from(tensor.dataSync()));
      return { weight: w, bias: q, base: c };
    });
  }

  /** d = Σ|w_l|, where the activations are trigonometric polynomials whose encoding weights are not trained. */
  get degree(): number | undefined {
    return this.activations.degree;
  }

  /** Whether edges share circuits. */
  get grouped(): boolean {
    return this.group !== undefined;
  }

  get baseActivation(): BaseActivation {
    return this.args.baseActivation;
  }

  /** Replaces the mask: 1 keeps an edge, 0 removes it; shape [units, in]. */
  setMask(values: ArrayLike<number>): void {
    writeMask('QKANLayer.setMask', this.mask, [this.units, this.inDim], values);
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    return [...singleShape('QKANLayer', inputShape).slice(0, -1), this.units];
  }

  override getConfig() {
    const group = this.group === undefined ? {} : { group: this.group };
    return { ...super.getConfig(), ...saveActivationOptions(this.options), ...this.args, ...group } as never;
  }

  private trainedLayer(): ActivationLayer {
    return { ...this.layer(), plan: this.activations.trainedPlan };
  }

  /** One row an edge. */
  private rows(read: (activations: Activations) => tf.Tensor2D): tf.Tensor2D {
    const rows = read(this.activations); // [circuits, parameters]
    if (this.group === undefined) return rows;
    return tf.gather(rows, tf.tensor1d(this.circuitOf(), 'int32')) as tf.Tensor2D;
  }

  /** The circuit of each edge (o, i): i mod g in groups, its own otherwise. */
  private circuitOf(): Int32Array {
    const { group, inDim } = this;
    const edges = { length: this.units * inDim };
    return Int32Array.from(edges, (_, edge) => (group === undefined ? edge : (edge % inDim) % group));
  }

  private baseFactors(mask: tf.Tensor2D): tf.Tensor2D {
    return tf.mul(mask, this.baseWeight ? this.baseWeight.read() : 0.5) as tf.Tensor2D;
  }
}

type LayerArgs = Pick<QKANLayerArgs, 'name' | 'inputShape' | 'trainable'>;
