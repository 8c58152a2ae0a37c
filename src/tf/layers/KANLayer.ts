import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { Basis } from '../../basis/basis.js';
import { type BasisName, type BasisSpec, basisFrom, basisSpec } from '../../basis/table.js';
import { checkChoice, checkInteger } from '../../foundation/checks.js';
import { DaruanError, expected } from '../../foundation/errors.js';
import { Random } from '../../foundation/random.js';
import type { BasisLayer } from '../../network/basisLayer.js';
import { composedFeatures } from '../basis/composed.js';
import { edgeMatrix } from '../basis/edgeMatrix.js';
import { basisFeatures } from '../basis/features.js';
import { onHost } from '../host.js';
import { weightedSum } from '../linear.js';
import { type BaseActivation, baseActivationNames, baseActivations } from './baseActivations.js';
import { normalValues } from './initialise.js';
import { writeMask } from './mask.js';
import { flatten, lastDimension, singleShape } from './shapes.js';
import { constantInitializer, valuesInitializer } from './variable.js';

/** Options of a classical Kolmogorov-Arnold layer. */
export interface KANLayerArgs {
  /** Number of outputs. */
  readonly units: number;
  /** The functions that edges combine: a name, `{ name: 'bspline', grid: 10 }`, or a `Basis` of your own. Default `'bspline'`. */
  readonly basis?: BasisName | BasisSpec | Basis;
  /** The function base(x) beside the basis. Default: as usual with this basis. */
  readonly baseActivation?: BaseActivation;
  /** Whether the weight c_oi of base(x) is trained, from Xavier normal values. Default true. */
  readonly baseTrainable?: boolean;
  /** Whether the weight p_oi of each edge's combination is trained. Default false: p = 1. */
  readonly postactivationWeightTrainable?: boolean;
  /** Whether each output has a trained bias. Default: as usual with this basis. */
  readonly useBias?: boolean;
  /** Standard deviation of the coefficients' initial values. Default: as usual with this basis. */
  readonly coefficientDeviation?: number;
  /**
   * How the features are computed: by tfjs operations, differentiable to any order (`composed`), or the fastest way (`auto`,
   * default): on a CPU the analytic derivatives of the basis, on a device `composed`.
   */
  readonly route?: 'auto' | 'composed';
  /** Seed of the initial values. Default 0. */
  readonly seed?: number;
  readonly name?: string;
  readonly inputShape?: tfl.Shape;
  readonly trainable?: boolean;
}

/**
 * A classical Kolmogorov-Arnold layer, [..., in] → [..., units]: every edge (o, i) carries a combination of the functions
 * Φ_k of a basis,
 *
 *   y_o = Σ_i mask_oi · ( p_oi · Σ_k C_oik Φ_k(x_i) + c_oi · base(x_i) ) + bias_o.
 *
 * @cost features of [batch, in], and one matrix product [batch, in·K] · [in·K, units]
 * @see arXiv:2404.19756
 * @example tfl.sequential({ layers: [new KANLayer({ units: 5, inputShape: [2] }), new KANLayer({ units: 1, basis: 'fourier' })] })
 */
export class KANLayer extends tfl.layers.Layer {
  static readonly className = 'KANLayer';
  readonly units: number;
  readonly basis: Basis;
  /** Number of inputs; 0 before the layer is built. */
  inDim = 0;
  private readonly args: {
    readonly baseActivation: BaseActivation;
    readonly baseTrainable: boolean;
    readonly postactivationWeightTrainable: boolean;
    readonly useBias: boolean;
    readonly coefficientDeviation?: number;
    readonly route: 'auto' | 'composed';
    readonly seed: number;
  };
  private coefficients!: tfl.LayerVariable;
  private blocks: readonly tfl.LayerVariable[] = [];
  private mask!: tfl.LayerVariable;
  private outputWeight?: tfl.LayerVariable;
  private baseWeight?: tfl.LayerVariable;
  private outputBias?: tfl.LayerVariable;

  constructor(args: KANLayerArgs) {
    super(args as object);
    checkInteger('KANLayer', 'units', args?.units, 1);
    this.units = args.units;
    this.basis = basisFrom('KANLayer', args.basis ?? 'bspline');
    this.args = {
      baseActivation: args.baseActivation ?? this.basis.base,
      baseTrainable: args.baseTrainable ?? true,
      postactivationWeightTrainable: args.postactivationWeightTrainable ?? false,
      useBias: args.useBias ?? this.basis.bias,
      route: args.route ?? 'auto',
      seed: args.seed ?? 0,
      ...(args.coefficientDeviation != null && { coefficientDeviation: args.coefficientDeviation }),
    };
    const { coefficientDeviation = 0 } = this.args;
    checkChoice('KANLayer', 'baseActivation', this.args.baseActivation, baseActivationNames);
    checkChoice('KANLayer', 'route', this.args.route, ['auto', 'composed']);
    checkInteger('KANLayer', 'seed', this.args.seed, 0, 0xffffffff);
    if (!(coefficientDeviation >= 0 && Number.isFinite(coefficientDeviation))) {
      throw expected('KANLayer', 'coefficientDeviation ≥ 0', coefficientDeviation);
    }
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    this.inDim = lastDimension('KANLayer', inputShape);
    const { basis, inDim, units, args } = this;
    const edges = [units, inDim];
    const random = new Random(args.seed);
    const deviation = args.coefficientDeviation ?? basis.deviation(inDim);
    const add = (name: string, shape: readonly number[], values: Float32Array, trainable = true) =>
      this.addWeight(name, [...shape], 'float32', valuesInitializer(values), undefined, trainable);
    const fill = (name: string, shape: readonly number[], value: number, trainable = true) =>
      this.addWeight(name, [...shape], 'float32', constantInitializer(value), undefined, trainable);
    const draw = (length: number, sigma: number) => normalValues(length, sigma, random);

    this.coefficients = add('coefficients', [...edges, basis.size], draw(units * inDim * basis.size, deviation));
    this.blocks = basis
      .blocks(inDim)
      .map(({ name, shape, values, trainable }) => add(name, shape, Float32Array.from(values), trainable));
    if (args.postactivationWeightTrainable) this.outputWeight = fill('post_weight', edges, 1);
    if (args.baseActivation !== 'none') {
      const xavier = Math.sqrt(2 / (inDim + units));
      this.baseWeight = add('base_weight', edges, draw(units * inDim, xavier), args.baseTrainable);
    }
    if (args.useBias) this.outputBias = fill('bias', [units], 0);
    this.mask = fill('mask', edges, 1, false);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [x, leading] = flatten(inputs);
      let y: tf.Tensor = weightedSum(this.features(x), this.matrix());
      if (this.outputBias) y = tf.add(y, this.outputBias.read());
      return tf.reshape(y, [...leading, this.units]);
    });
  }

  /**
   * The contribution of every edge, φ_oi = mask·(p·Σ_k C_k Φ_k(x_i) + c·base(x_i)), shape [batch, units, in]; with the bias,
   * its sum over i is the layer. Differentiable like the layer; meant for regularisation, attribution and pictures.
   */
  edges(x: tf.Tensor2D): tf.Tensor3D {
    return tf.tidy(() => {
      const [features, matrix] = [this.features(x), this.matrix()];
      const width = matrix.shape[1] / this.inDim;
      const part = (tensor: tf.Tensor2D, i: number) => tf.slice2d(tensor, [0, i * width], [-1, width]);
      const perInput = Array.from({ length: this.inDim }, (_, i) => weightedSum(part(features, i), part(matrix, i)));
      return tf.stack(perInput, 2) as tf.Tensor3D;
    });
  }

  /** The layer as plain data, for training on the host; its trained numbers are `trainableWeights` in their order. */
  basisLayer(): BasisLayer {
    const numbers = (weight: tfl.LayerVariable) => Float64Array.from(weight.read().dataSync());
    const { basis, args, inDim, units, baseWeight } = this;
    return {
      basis,
      inDim,
      outDim: units,
      blocks: this.blocks.map((block) => ({
        length: block.read().size,
        ...(!block.trainable && { fixed: numbers(block) }),
      })),
      mask: this.edgeMask(),
      trainsWeight: this.outputWeight !== undefined,
      base: args.baseActivation,
      ...(baseWeight && !args.baseTrainable && { fixedBaseWeight: numbers(baseWeight) }),
      usesBias: this.outputBias !== undefined,
    };
  }

  /** The mask, shape [units, in]: 1 where there is an edge, 0 where it was removed. */
  edgeMask(): Float64Array {
    return Float64Array.from(this.mask.read().dataSync());
  }

  /** The coefficients C, shape [units, in, K], and the numbers of the basis's blocks, by name. */
  parameters(): { coefficients: Float32Array; blocks: Record<string, Float32Array> } {
    const numbers = (weight: tfl.LayerVariable) => Float32Array.from(weight.read().dataSync());
    const named = this.basis.blocks(this.inDim).map(({ name }, k) => [name, numbers(this.blocks[k])]);
    return { coefficients: numbers(this.coefficients), blocks: Object.fromEntries(named) };
  }

  /** Sets the coefficients, shape [units, in, K], and blocks of the basis. */
  setParameters(coefficients: ArrayLike<number>, blocks: Readonly<Record<string, ArrayLike<number>>> = {}): void {
    const write = (weight: tfl.LayerVariable, values: ArrayLike<number>, name: string) => {
      const { shape, size } = weight.read();
      if (values.length !== size) throw expected('KANLayer.setParameters', `${name} of ${size} numbers`, values.length);
      tf.tidy(() => {
        weight.write(tf.tensor(Float32Array.from(values), shape));
      });
    };
    write(this.coefficients, coefficients, 'coefficients');
    this.basis.blocks(this.inDim).forEach(({ name }, k) => {
      if (blocks[name]) write(this.blocks[k], blocks[name], name);
    });
  }

  /** Replaces the mask: 1 keeps an edge, 0 removes it; shape [units, in]. */
  setMask(values: ArrayLike<number>): void {
    writeMask('KANLayer.setMask', this.mask, [this.units, this.inDim], values);
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    return [...singleShape('KANLayer', inputShape).slice(0, -1), this.units];
  }

  override getConfig() {
    const basis = basisSpec(this.basis);
    if (!basis) {
      throw new DaruanError('KANLayer', `the basis "${this.basis.name}" is no data that could be saved`, 'Name one.');
    }
    return { ...super.getConfig(), ...this.args, units: this.units, basis } as never;
  }

  /** Φ and the base, shape [batch, in·width]. */
  private features(x: tf.Tensor2D): tf.Tensor2D {
    const { baseActivation, route } = this.args;
    const blocks = this.blocks.map((block) => block.read());
    if (route === 'auto' && onHost()) {
      return basisFeatures(this.basis, baseActivation === 'none' ? undefined : baseActivation, x, blocks);
    }
    const features = composedFeatures(this.basis, x, blocks);
    const base = baseActivations[baseActivation];
    const all = base ? tf.concat([features, tf.expandDims(base(x), 2)], 2) : features;
    return tf.reshape(all, [x.shape[0], -1]);
  }

  /** mask·p·C, and mask·c in the last column of each input where there is a base, shape [units, in·width]. */
  private matrix(): tf.Tensor2D {
    const edges = this.units * this.inDim;
    const mask = tf.reshape(this.mask.read(), [edges, 1]);
    const column = (weight: tfl.LayerVariable) => tf.reshape(weight.read(), [edges, 1]);
    const scale = this.outputWeight ? tf.mul(mask, column(this.outputWeight)) : mask;
    const rows = tf.reshape(this.coefficients.read(), [edges, -1]) as tf.Tensor2D;
    const base = this.baseWeight && tf.mul(mask, column(this.baseWeight));
    return tf.reshape(edgeMatrix(rows, scale as tf.Tensor2D, base as tf.Tensor2D), [this.units, -1]);
  }
}
