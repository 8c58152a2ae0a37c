import * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';
import { Random } from '../foundation/random.js';
import { KANLayer, type KANLayerArgs } from './layers/KANLayer.js';

/** Options of a KAN: those of its layers, and its width. */
export interface KANArgs extends Omit<KANLayerArgs, 'units' | 'inputShape' | 'name' | 'trainable'> {
  /** Numbers of nodes, inputs first: [2, 5, 1] is two inputs, five hidden nodes, one output. */
  readonly width: readonly number[];
  /** Normalise the input of every layer: over the batch, or over the features of a row. Default `'none'`. */
  readonly normalization?: 'none' | 'batch' | 'layer';
  readonly name?: string;
}

const normalizations = {
  none: undefined,
  batch: (args: object) => tfl.layers.batchNormalization(args),
  layer: (args: object) => tfl.layers.layerNormalization(args),
} as const;

/**
 * A classical Kolmogorov-Arnold network: `KANLayer`s one after another, each started from its own stream of the seed.
 *
 * @returns an ordinary tfjs model: compile, fit, save and load it as such, or train it with `fit`
 * @throws with `normalization: 'layer'` on three features or fewer, of which it would leave next to nothing
 * @example const model = kan({ width: [2, 5, 1], basis: { name: 'bspline', grid: 5 }, seed: 1 });
 */
export function kan(args: KANArgs): tfl.Sequential {
  const { width, normalization = 'none', name, seed = 0, ...options } = args;
  if (!Array.isArray(width) || width.length < 2) {
    throw expected('kan', 'width to list at least two layers of nodes', width, 'For example [2, 5, 1].');
  }
  for (const [k, nodes] of width.entries()) checkInteger('kan', `width[${k}]`, nodes, 1);
  checkInteger('kan', 'seed', seed, 0, 0xffffffff);
  if (!Object.hasOwn(normalizations, normalization)) {
    throw expected('kan', 'normalization to be one of "none", "batch", "layer"', normalization);
  }
  const narrow = width.slice(0, -1).findIndex((nodes) => nodes <= 3);
  if (normalization === 'layer' && narrow >= 0) {
    throw new DaruanError(
      'kan',
      `layer normalisation of the ${width[narrow]} features of width[${narrow}] destroys them`,
      'Normalise over the batch, or scale the data.',
    );
  }
  const random = new Random(seed);
  const model = tfl.sequential(name === undefined ? {} : { name });
  const normalise = normalizations[normalization];
  width.slice(1).forEach((units, k) => {
    const inputShape = k === 0 ? { inputShape: [width[0]] } : {};
    if (normalise) model.add(normalise(inputShape));
    model.add(new KANLayer({ ...options, units, seed: random.bits(), ...(normalise ? {} : inputShape) }));
  });
  return model;
}
