import * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';
import { Random } from '../foundation/random.js';
import { KANLayer, type KANLayerArgs } from './layers/KANLayer.js';
import { layersOfWidth, type NodeCount } from './width.js';

/** Options of a KAN: those of its layers, and its width. */
export interface KANArgs extends Omit<KANLayerArgs, 'units' | 'inputShape' | 'name' | 'trainable'> {
  /**
   * Numbers of nodes, inputs first: [2, 5, 1] is two inputs, five hidden nodes, one output. Of a layer `[5, 2]` five nodes add and two
   * multiply two sums each; of `[5, [2, 3]]` one multiplies two, one three.
   */
  readonly width: readonly NodeCount[];
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
 * A classical Kolmogorov-Arnold network: `KANLayer`s one after another, each started from its own stream of the seed, with a
 * `Multiplication` behind those whose nodes multiply.
 *
 * @returns an ordinary tfjs model: compile, fit, save and load it as such, or train it with `fit`
 * @throws with `normalization: 'layer'` on three features or fewer, of which it would leave next to nothing
 * @example const model = kan({ width: [2, 5, 1], basis: { name: 'bspline', grid: 5 }, seed: 1 });
 */
export function kan(args: KANArgs): tfl.Sequential {
  const { width, normalization = 'none', name, seed = 0, ...options } = args;
  const { inputs, layers } = layersOfWidth('kan', width);
  checkInteger('kan', 'seed', seed, 0, 0xffffffff);
  if (!Object.hasOwn(normalizations, normalization)) {
    throw expected('kan', 'normalization to be one of "none", "batch", "layer"', normalization);
  }
  const read = [inputs, ...layers.slice(0, -1).map(({ nodes }) => nodes)];
  const narrow = read.findIndex((nodes) => nodes <= 3);
  if (normalization === 'layer' && narrow >= 0) {
    throw new DaruanError(
      'kan',
      `layer normalisation of the ${read[narrow]} features of width[${narrow}] destroys them`,
      'Normalise over the batch, or scale the data.',
    );
  }
  const random = new Random(seed);
  const model = tfl.sequential(name === undefined ? {} : { name });
  const normalise = normalizations[normalization];
  layers.forEach(({ units, products }, k) => {
    const inputShape = k === 0 ? { inputShape: [inputs] } : {};
    if (normalise) model.add(normalise(inputShape));
    model.add(new KANLayer({ ...options, units, seed: random.bits(), ...(normalise ? {} : inputShape) }));
    for (const product of products) model.add(product);
  });
  return model;
}
