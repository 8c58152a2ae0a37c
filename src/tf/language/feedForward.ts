import * as tfl from '@tensorflow/tfjs-layers';
import type { RationalOptions } from '../../basis/rational.js';
import { basisFrom } from '../../basis/table.js';
import { checkInteger } from '../../foundation/checks.js';
import { DaruanError } from '../../foundation/errors.js';
import { Random } from '../../foundation/random.js';
import type { BaseActivation } from '../layers/baseActivations.js';
import { HQKAN, type HQKANArgs } from '../layers/HQKAN.js';
import { KANLayer, type KANLayerArgs } from '../layers/KANLayer.js';
import { Linear } from '../layers/Linear.js';
import { QKANLayer, type QKANLayerArgs } from '../layers/QKANLayer.js';

/** The feed-forward block of a transformer: how a layer [batch, time, width] → the same shape is built. */
export interface FeedForward {
  /** What kind it is, for tables. */
  readonly name: string;
  /**
   * A new layer, started from the seed.
   *
   * @param width  number of features
   * @param name   of the layer
   */
  readonly build: (width: number, seed: number, name: string) => tfl.layers.Layer;
}

/** Linear width → hidden, activation, Linear hidden → width. By default hidden = 4·width and GELU. */
export const mlpBlock = ({
  hidden,
  activation = 'gelu',
}: {
  readonly hidden?: number;
  readonly activation?: BaseActivation;
} = {}): FeedForward => ({
  name: 'MLP',
  build: (width, seed, name) =>
    inSequence(name, width, seed, [hidden ?? 4 * width], (units, own, k) => {
      return new Linear({ ...own, units, activation: k === 0 ? activation : 'none' });
    }),
});

/** Options of a HQKAN block: those of `HQKAN`, whose units are the width. */
export type HQKANBlockArgs = Omit<HQKANArgs, 'units' | 'seed' | 'name' | 'inputShape' | 'latent'> & {
  /** Default width/4. */
  readonly latent?: number;
};

/** `HQKAN` width → latent → width. */
export const hqkanBlock = (options: HQKANBlockArgs = {}): FeedForward => ({
  name: 'HQKAN',
  build: (width, seed, name) =>
    new HQKAN({ latent: Math.max(1, Math.floor(width / 4)), ...options, units: width, seed, name }),
});

/** Nodes between the layers of a block. */
export interface HiddenNodes {
  /** Numbers of hidden nodes; default none: one layer width → width. */
  readonly hidden?: readonly number[];
}

/** Options of a QKAN block: those of its layers, and the nodes between them. */
export type QKANBlockArgs = Omit<QKANLayerArgs, 'units' | 'seed' | 'name' | 'inputShape'> & HiddenNodes;

/** QKAN layers width → … → width. */
export const qkanBlock = ({ hidden = [], ...options }: QKANBlockArgs = {}): FeedForward => ({
  name: 'QKAN',
  build: (width, seed, name) =>
    inSequence(name, width, seed, hidden, (units, own) => new QKANLayer({ ...options, ...own, units })),
});

/** Options of a KAN block: those of its layers, and the nodes between them. */
export type KANBlockArgs = Omit<KANLayerArgs, 'units' | 'seed' | 'name' | 'inputShape'> & HiddenNodes;

/** Classical KAN layers width → … → width, of any basis. */
export const kanBlock = ({ hidden = [], ...options }: KANBlockArgs = {}): FeedForward => ({
  name: `KAN, ${basisFrom('kanBlock', options.basis ?? 'bspline').name}`,
  build: (width, seed, name) =>
    inSequence(name, width, seed, hidden, (units, own) => new KANLayer({ ...options, ...own, units })),
});

/** Options of a GR-KAN block. */
export interface GRKANBlockArgs extends Omit<RationalOptions, 'start'> {
  /** Default 4·width. */
  readonly hidden?: number;
}

/**
 * The feed-forward block of the Kolmogorov-Arnold Transformer: rational functions before each of two linear maps width → hidden →
 * width, those of the first starting as the identity, those of the second as SiLU.
 *
 * @see arXiv:2409.10594
 */
export const grkanBlock = ({ hidden, ...options }: GRKANBlockArgs = {}): FeedForward => ({
  name: 'GR-KAN',
  build: (width, seed, name) =>
    inSequence(name, width, seed, [hidden ?? 4 * width], (units, own, k) => {
      const start = k === 0 ? 'identity' : 'silu';
      return new KANLayer({ ...own, basis: { ...options, name: 'rational', start }, units });
    }),
});

/** How many parameters one block has beside another. */
export interface ParameterComparison {
  readonly block: number;
  readonly beside: number;
  /** block/beside. */
  readonly ratio: number;
}

/**
 * Counts the trainable parameters of two blocks of the same width.
 *
 * @example compareParameters(hqkanBlock({ latent: 16 }), mlpBlock(), 64).ratio; // 0.134…
 */
export function compareParameters(block: FeedForward, beside: FeedForward, width: number): ParameterComparison {
  checkInteger('compareParameters', 'width', width, 1);
  const [a, b] = [block, beside].map((feedForward) => {
    const layer = buildFeedForward(feedForward, width, 0, 'counted');
    layer.apply(tfl.input({ shape: [null, width] }));
    const count = layer.trainableWeights.reduce((sum, weight) => sum + weight.read().size, 0);
    layer.dispose();
    return count;
  });
  return { block: a, beside: b, ratio: a / b };
}

/** Builds the layer of a block, and checks that it is one. */
export function buildFeedForward(block: FeedForward, width: number, seed: number, name: string): tfl.layers.Layer {
  const layer = typeof block?.build === 'function' ? block.build(width, seed, name) : undefined;
  if (layer instanceof tfl.layers.Layer) return layer;
  throw new DaruanError(
    'feedForward',
    'the block builds no layer',
    'Pass mlpBlock(), hqkanBlock(…), or an object whose build(width, seed, name) returns a layer.',
  );
}

/** Layers width → … → width as one layer, each with a name and a seed of its own. */
function inSequence(
  name: string,
  width: number,
  seed: number,
  hidden: readonly number[],
  layerOf: (units: number, own: { readonly name: string; readonly seed: number }, k: number) => tfl.layers.Layer,
): tfl.Sequential {
  const random = new Random(seed);
  const sequence = tfl.sequential({ name });
  sequence.add(tfl.layers.inputLayer({ inputShape: [null, width], name: `${name}_in` }));
  [...hidden, width].forEach((units, k) => {
    sequence.add(layerOf(units, { name: `${name}_${k}`, seed: random.bits() }, k));
  });
  return sequence;
}
