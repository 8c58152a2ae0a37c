import * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger } from '../../foundation/checks.js';
import { DaruanError } from '../../foundation/errors.js';
import { Random } from '../../foundation/random.js';
import type { BaseActivation } from '../layers/baseActivations.js';
import { HQKAN, type HQKANArgs } from '../layers/HQKAN.js';
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
export const mlp = ({
  hidden,
  activation = 'gelu',
}: {
  readonly hidden?: number;
  readonly activation?: BaseActivation;
} = {}): FeedForward => ({
  name: 'MLP',
  build: (width, seed, name) => {
    const random = new Random(seed);
    return inSequence(name, width, [
      new Linear({ units: hidden ?? 4 * width, activation, seed: random.bits(), name: `${name}_up` }),
      new Linear({ units: width, seed: random.bits(), name: `${name}_down` }),
    ]);
  },
});

/** Options of a HQKAN block: those of `HQKAN`, whose units are the width. */
export type HQKANBlock = Omit<HQKANArgs, 'units' | 'seed' | 'name' | 'inputShape' | 'latent'> & {
  /** Default width/4. */
  readonly latent?: number;
};

/** `HQKAN` width → latent → width. */
export const hqkan = (options: HQKANBlock = {}): FeedForward => ({
  name: 'HQKAN',
  build: (width, seed, name) =>
    new HQKAN({ latent: Math.max(1, Math.floor(width / 4)), ...options, units: width, seed, name }),
});

/** Options of a QKAN block: those of its layers, and the nodes between them. */
export type QKANBlock = Omit<QKANLayerArgs, 'units' | 'seed' | 'name' | 'inputShape'> & {
  /** Numbers of hidden nodes; default none: one layer width → width. */
  readonly hidden?: readonly number[];
};

/** QKAN layers width → … → width. */
export const qkanBlock = ({ hidden = [], ...options }: QKANBlock = {}): FeedForward => ({
  name: 'QKAN',
  build: (width, seed, name) => {
    const random = new Random(seed);
    const layers = [...hidden, width].map(
      (units, k) => new QKANLayer({ ...options, units, seed: random.bits(), name: `${name}_${k}` }),
    );
    return inSequence(name, width, layers);
  },
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
 * @example compareParameters(hqkan({ latent: 16 }), mlp(), 64).ratio; // 0.134…
 */
export function compareParameters(block: FeedForward, beside: FeedForward, width: number): ParameterComparison {
  checkInteger('compareParameters', 'width', width, 1);
  const [a, b] = [block, beside].map((feedForward) => {
    const layer = buildFeedForward(feedForward, width, 0, 'counted');
    layer.apply(tfl.input({ shape: [width] }));
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
    'Pass mlp(), hqkan(…), or an object whose build(width, seed, name) returns a layer.',
  );
}

/** Layers one after the other, as one layer. */
export function inSequence(name: string, width: number, layers: readonly tfl.layers.Layer[]): tfl.Sequential {
  const sequence = tfl.sequential({ name });
  sequence.add(tfl.layers.inputLayer({ inputShape: [null, width], name: `${name}_in` }));
  for (const layer of layers) sequence.add(layer);
  return sequence;
}
