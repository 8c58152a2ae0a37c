import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger } from '../../foundation/checks.js';
import { Random } from '../../foundation/random.js';
import { CompositeLayer, chain } from './CompositeLayer.js';
import { Linear } from './Linear.js';
import { QKANLayer, type QKANLayerArgs } from './QKANLayer.js';
import { flatten, lastDimension, singleShape } from './shapes.js';

/** Options of a HQKAN: those of its QKAN layer, and its sizes. */
export interface HQKANArgs extends QKANLayerArgs {
  /** Number of outputs. */
  readonly units: number;
  /** Number of latent features, on which the quantum activations work. */
  readonly latent: number;
  /** QKAN layers latent → latent, one after the other. Default 1. */
  readonly depth?: number;
  /** Whether the two linear maps have biases. Default true. */
  readonly useBias?: boolean;
}

/**
 * The hybrid quantum Kolmogorov-Arnold block, [..., in] → [..., units]: Linear in → latent, QKAN latent → latent, Linear latent →
 * units. A drop-in replacement of an MLP block in → 4·in → units, whose parameters it undercuts: with pz,
 * (in + units)·latent + latent² · (2r + 3) and the biases.
 *
 * @see arXiv:2509.14026
 * @example new HQKAN({ units: 64, latent: 16, reps: 3 })
 */
export class HQKAN extends CompositeLayer {
  static readonly className = 'HQKAN';
  private readonly args: Required<Pick<HQKANArgs, 'units' | 'latent' | 'depth' | 'useBias' | 'seed'>>;
  private readonly encoder: Linear;
  /** The QKAN layers, in order. */
  readonly activations: readonly QKANLayer[];
  private readonly decoder: Linear;

  constructor(args: HQKANArgs) {
    super(args as object);
    const { units, latent, depth = 1, useBias = true, seed = 0, ...rest } = args ?? {};
    for (const [name, value] of Object.entries({ units, latent, depth })) checkInteger('HQKAN', name, value, 1);
    checkInteger('HQKAN', 'seed', seed, 0, 0xffffffff);
    this.args = { units, latent, depth, useBias, seed };
    const options = { ...rest, inputShape: undefined, batchInputShape: undefined, trainable: true };
    const random = new Random(seed);
    this.encoder = new Linear({ units: latent, useBias, seed: random.bits(), name: 'encoder' });
    this.activations = Array.from(
      { length: depth },
      (_, k) => new QKANLayer({ ...options, units: latent, seed: random.bits(), name: `qkan_${k}` }),
    );
    this.decoder = new Linear({ units, useBias, seed: random.bits(), name: 'decoder' });
  }

  /** The layers one after the other. */
  get layers(): readonly tfl.layers.Layer[] {
    return [this.encoder, ...this.activations, this.decoder];
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const { latent } = this.args;
    this.addPart(this.encoder, [null, lastDimension('HQKAN', inputShape)]);
    for (const layer of this.activations) this.addPart(layer, [null, latent]);
    this.addPart(this.decoder, [null, latent]);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [x, leading] = flatten(inputs);
      return tf.reshape(chain(this.layers, x), [...leading, this.args.units]);
    });
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    return [...singleShape('HQKAN', inputShape).slice(0, -1), this.args.units];
  }

  override getConfig() {
    const own = super.getConfig();
    const options = Object.entries(this.activations[0].getConfig()).filter(([name]) => !Object.hasOwn(own, name));
    return { ...Object.fromEntries(options), ...own, ...this.args } as never;
  }
}
