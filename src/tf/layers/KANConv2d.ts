import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { expected } from '../../foundation/errors.js';
import type { PatchOptions } from '../../network/patches.js';
import { PatchConv2d } from './PatchConv2d.js';

export interface KANConv2dArgs extends PatchOptions {
  /** What is applied to each window: a layer [batch, features] → [batch, filters], such as `QKANLayer` with `units` filters. */
  readonly layer: tfl.layers.Layer;
  readonly name?: string;
  readonly inputShape?: tfl.Shape;
}

/**
 * A convolution of a Kolmogorov-Arnold layer, [batch, height, width, channels] → [batch, height', width', filters]: every tap,
 * channel and filter has an activation of its own, y_pf = Σ_{tap, channel} φ_{f,tap,channel}(x at that tap of window p). With an
 * `SKANLayer` each filter selects its functions from a pool (S-ConvKAN); `selectBases` trains and prunes it in place.
 *
 * @see arXiv:2408.08338, for the convolution that selects
 * @example new KANConv2d({ layer: new QKANLayer({ units: 8 }), kernelSize: 3, padding: 'same', inputShape: [28, 28, 1] })
 */
export class KANConv2d extends PatchConv2d {
  static readonly className = 'KANConv2d';

  constructor(args: KANConv2dArgs) {
    super(args as object, 'KANConv2d', args, layerOf(args?.layer));
  }

  override getConfig() {
    const layer = { className: this.layer.getClassName(), config: this.layer.getConfig() };
    return { ...super.getConfig(), ...this.geometry, layer } as never;
  }
}

interface SavedLayer {
  readonly className: string;
  readonly config: tf.serialization.ConfigDict;
}

function layerOf(source: tfl.layers.Layer | SavedLayer): tfl.layers.Layer {
  if (source instanceof tfl.layers.Layer) return source;
  const known = tf.serialization.SerializationMap.getMap().classNameMap[source?.className];
  if (!known) throw expected('KANConv2d', 'layer to be a layer', source, 'For example new QKANLayer({ units: 8 }).');
  return known[1](known[0], source.config) as tfl.layers.Layer;
}
