import { checkInteger } from '../../foundation/checks.js';
import type { PatchOptions } from '../../network/patches.js';
import { PatchConv2d } from './PatchConv2d.js';
import { QKANLayer, type QKANLayerArgs } from './QKANLayer.js';

/** Options of a quantum activation convolution: its windows, and those of the QKAN layer that is applied to each. */
export interface DaruanConv2dArgs extends PatchOptions, Omit<QKANLayerArgs, 'units'> {
  /** Number of output channels. */
  readonly filters: number;
}

/**
 * A convolution with quantum activations, [batch, height, width, channels] → [batch, height', width', filters]: every tap,
 * channel and filter has its own DARUAN, y_pf = Σ_{tap, channel} φ_{f,tap,channel}(x at that tap of window p), with φ as in
 * `QKANLayer`. With `group: g` circuits are shared: tap·channels + channel uses circuit number that mod g.
 *
 * @see arXiv:2509.14026
 * @example new DaruanConv2d({ filters: 8, kernelSize: 3, reps: 2, inputShape: [28, 28, 1] })
 */
export class DaruanConv2d extends PatchConv2d {
  static readonly className = 'DaruanConv2d';
  private readonly filters: number;

  constructor(args: DaruanConv2dArgs) {
    const { filters, kernelSize, strides, dilationRate, padding, name, inputShape, trainable, ...options } = args ?? {};
    checkInteger('DaruanConv2d', 'filters', filters, 1);
    super(
      { name, inputShape, trainable },
      'DaruanConv2d',
      { kernelSize, strides, dilationRate, padding } as PatchOptions,
      new QKANLayer({ ...options, units: filters, name: 'activations' }),
    );
    this.filters = filters;
  }

  override getConfig() {
    const own = super.getConfig();
    const { units, ...options } = this.layer.getConfig();
    const ofActivations = Object.entries(options).filter(([key]) => !Object.hasOwn(own, key));
    return { ...Object.fromEntries(ofActivations), ...own, ...this.geometry, filters: this.filters } as never;
  }
}
