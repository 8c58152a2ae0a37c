import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { BasisName, BasisSpec } from '../../basis/table.js';
import { checkInteger } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import { Random } from '../../foundation/random.js';
import { softmax } from '../smooth.js';
import { CompositeLayer } from './CompositeLayer.js';
import type { EdgeLayer } from './edgeLayer.js';
import { KANLayer } from './KANLayer.js';
import { QKANLayer, type QKANLayerArgs } from './QKANLayer.js';
import { flatten, lastDimension, singleShape } from './shapes.js';
import { constantInitializer } from './variable.js';

/** A member of a pool: a classical basis, or the quantum activation, with the options of its layer. */
export type PoolMember = BasisName | BasisSpec | 'daruan' | DaruanMember;
export type DaruanMember = { readonly name: 'daruan' } & Omit<
  QKANLayerArgs,
  'units' | 'name' | 'inputShape' | 'trainable'
>;

export interface SKANLayerArgs {
  /** Number of outputs. */
  readonly units: number;
  /** What each output chooses from. Default: B-splines, Gaussians, Chebyshev polynomials, Fourier series, wavelets, DARUAN. */
  readonly pool?: readonly PoolMember[];
  /** τ of the softmax over the pool. Default 1. */
  readonly temperature?: number;
  /** Which members each output keeps, 1 or 0, shape [units, pool]. Default: all. */
  readonly kept?: readonly (readonly number[])[];
  /** Seed of the initial values. Default 0. */
  readonly seed?: number;
  readonly name?: string;
  readonly inputShape?: tfl.Shape;
}

const usualPool: readonly PoolMember[] = ['bspline', 'radial', 'chebyshev', 'fourier', 'wavelet', 'daruan'];

/**
 * A Kolmogorov-Arnold layer whose outputs select their functions from a pool, [..., in] → [..., units]:
 *
 *   y_o = Σ_m s_om · y_o of member m,   s_o = softmax(a_o/τ) over the members that output o keeps,
 *
 * with a trained. Train with all members, lower τ, `prune`, and train on; `selectBases` does so. The S-KAN paper does not
 * publish its rule of selection: this is a reconstruction of its three stages.
 *
 * @cost all members that any output keeps
 * @see arXiv:2408.08338
 * @example new SKANLayer({ units: 4, pool: ['bspline', 'fourier', { name: 'daruan', reps: 3 }] })
 */
export class SKANLayer extends CompositeLayer {
  static readonly className = 'SKANLayer';
  readonly units: number;
  readonly pool: readonly PoolMember[];
  /** τ. Lower it to sharpen the selection. */
  temperature: number;
  /** The members as layers, in the order of the pool. */
  readonly members: readonly EdgeLayer[];
  private kept: readonly (readonly number[])[];
  private readonly seed: number;
  private selection!: tfl.LayerVariable;

  constructor(args: SKANLayerArgs) {
    super(args as object);
    checkInteger('SKANLayer', 'units', args?.units, 1);
    const { units, pool = usualPool, temperature = 1, seed = 0 } = args;
    if (!Array.isArray(pool) || pool.length < 2) throw expected('SKANLayer', 'pool to list at least two members', pool);
    if (!(temperature > 0 && Number.isFinite(temperature))) throw expected('SKANLayer', 'temperature > 0', temperature);
    checkInteger('SKANLayer', 'seed', seed, 0, 0xffffffff);
    [this.units, this.pool, this.temperature, this.seed] = [units, pool, temperature, seed];
    const random = new Random(seed);
    this.members = pool.map((member, m) => memberLayer(member, units, random.bits(), `member_${m}`));
    this.kept = args.kept ?? Array.from({ length: units }, () => pool.map(() => 1));
    const complete =
      this.kept.length === units && this.kept.every((row) => row.length === pool.length && row.includes(1));
    if (!complete)
      throw expected('SKANLayer', `kept of shape [${units}, ${pool.length}] with a 1 in each row`, this.kept);
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const features = [null, lastDimension('SKANLayer', inputShape)];
    for (const member of this.members) this.addPart(member, features);
    const shape = [this.units, this.pool.length];
    this.selection = this.addWeight('selection', shape, 'float32', constantInitializer(0));
    this.freeze();
    super.build(inputShape);
  }

  override get trainableWeights(): tfl.LayerVariable[] {
    return [...super.trainableWeights, ...(this.trainable && this.isOpen() ? [this.selection] : [])];
  }

  override get nonTrainableWeights(): tfl.LayerVariable[] {
    return [...super.nonTrainableWeights, ...(this.trainable && this.isOpen() ? [] : [this.selection])];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [x, leading] = flatten(inputs);
      const shares = tf.unstack(this.shares(), 1);
      const parts = this.members.flatMap((member, m) =>
        this.isUsed(m) ? [tf.mul(member.apply(x) as tf.Tensor, shares[m])] : [],
      );
      return tf.reshape(tf.addN(parts), [...leading, this.units]);
    });
  }

  /** s, the share of each member in each output, shape [units, pool]. */
  shares(): tf.Tensor2D {
    return tf.tidy(() => {
      const removed = tf.tensor2d(this.kept.map((row) => row.map((keep) => (keep ? 0 : -1e9))));
      return softmax(tf.add(tf.div(this.selection.read(), this.temperature), removed)) as tf.Tensor2D;
    });
  }

  /**
   * Sets a so that the shares are as the members' contributions, s_om times the standard deviation of member m in output o:
   * what a share means depends on the size of its member.
   *
   * @param x  inputs of the layer, shape [..., in]
   */
  weighContributions(x: tf.Tensor): void {
    tf.tidy(() => {
      const [rows] = flatten(x);
      const sizes = this.members.map((member) => tf.sqrt(tf.moments(member.apply(rows) as tf.Tensor, 0).variance));
      const contributions = tf.mul(this.shares(), tf.stack(sizes, 1));
      const relative = tf.div(contributions, tf.max(contributions, 1, true));
      this.selection.write(tf.log(tf.add(relative, 1e-3)));
    });
  }

  /** The member with the largest share in each output, as an index of the pool. */
  selected(): number[] {
    return tf.tidy(() => Array.from(tf.argMax(this.shares(), 1).dataSync()));
  }

  /**
   * Removes members from outputs: those whose share is below `threshold`, but never the largest. Without a threshold, all but
   * the largest. Removing what has no share does not change the function.
   */
  prune(threshold = Number.POSITIVE_INFINITY): void {
    const shares = tf.tidy(() => this.shares().arraySync());
    const best = this.selected();
    this.kept = shares.map((row, o) => row.map((share, m) => (m === best[o] || share >= threshold ? 1 : 0)));
    this.freeze();
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    return [...singleShape('SKANLayer', inputShape).slice(0, -1), this.units];
  }

  override getConfig() {
    const { units, pool, temperature, kept, seed } = this;
    return { ...super.getConfig(), units, pool, temperature, kept, seed } as never;
  }

  private isUsed(m: number): boolean {
    return this.kept.some((row) => row[m] === 1);
  }

  /** Whether an output has a choice left. */
  private isOpen(): boolean {
    return this.kept.some((row) => row.filter((keep) => keep === 1).length > 1);
  }

  /** Takes members that no output keeps out of the training. */
  private freeze(): void {
    this.members.forEach((member, m) => {
      member.trainable = this.isUsed(m);
    });
  }
}

function memberLayer(member: PoolMember, units: number, seed: number, name: string): EdgeLayer {
  if (typeof member === 'object' && member.name === 'daruan') return new QKANLayer({ seed, ...member, units, name });
  if (member === 'daruan') return new QKANLayer({ units, seed, name, preactivationTrainable: true });
  return new KANLayer({ units, seed, name, basis: member });
}
