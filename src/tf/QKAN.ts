import * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger } from '../foundation/checks.js';
import { Random } from '../foundation/random.js';
import { QKANLayer, type QKANLayerArgs } from './layers/QKANLayer.js';
import { layersOfWidth, type NodeCount } from './width.js';

/** Options of a QKAN: those of its layers, and its width. */
export interface QKANArgs extends Omit<QKANLayerArgs, 'units' | 'inputShape' | 'name' | 'trainable'> {
  /**
   * Numbers of nodes, inputs first: [2, 5, 1] is two inputs, five hidden nodes, one output. Of a layer `[5, 2]` five nodes add and two
   * multiply two sums each; of `[5, [2, 3]]` one multiplies two, one three.
   */
  readonly width: readonly NodeCount[];
  /** Normalise the input of every layer over the batch. Default false. */
  readonly batchNormalization?: boolean;
  readonly name?: string;
}

/**
 * A quantum Kolmogorov-Arnold network: `QKANLayer`s one after another, each started from its own stream of the seed, with a
 * `Multiplication` behind those whose nodes multiply.
 *
 * @returns an ordinary tfjs model: compile, fit, save and load it as such, or train it with `fit`
 * @example const model = qkan({ width: [2, 5, 1], reps: 3, preactivationTrainable: true, seed: 1 });
 */
export function qkan(args: QKANArgs): tfl.Sequential {
  const { width, batchNormalization = false, name, seed = 0, ...options } = args;
  const { inputs, layers } = layersOfWidth('qkan', width);
  checkInteger('qkan', 'seed', seed, 0, 0xffffffff);
  const random = new Random(seed);
  const model = tfl.sequential(name === undefined ? {} : { name });
  layers.forEach(({ units, products }, k) => {
    const inputShape = k === 0 ? { inputShape: [inputs] } : {};
    if (batchNormalization) model.add(tfl.layers.batchNormalization(inputShape));
    model.add(new QKANLayer({ ...options, units, seed: random.bits(), ...(batchNormalization ? {} : inputShape) }));
    for (const product of products) model.add(product);
  });
  return model;
}
