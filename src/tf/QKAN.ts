import * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import { Random } from '../foundation/random.js';
import { QKANLayer, type QKANLayerArgs } from './layers/QKANLayer.js';

/** Options of a QKAN: those of its layers, and its width. */
export interface QKANArgs extends Omit<QKANLayerArgs, 'units' | 'inputShape' | 'name' | 'trainable'> {
  /** Numbers of nodes, inputs first: [2, 5, 1] is two inputs, five hidden nodes, one output. */
  readonly width: readonly number[];
  /** Normalise the input of every layer over the batch. Default false. */
  readonly batchNormalization?: boolean;
  readonly name?: string;
}

/**
 * A quantum Kolmogorov-Arnold network: `QKANLayer`s one after another, each started from its own stream of the seed.
 *
 * @returns an ordinary tfjs model: compile, fit, save and load it as such, or train it with `fit`
 * @example const model = qkan({ width: [2, 5, 1], reps: 3, preactivationTrainable: true, seed: 1 });
 */
export function qkan(args: QKANArgs): tfl.Sequential {
  const { width, batchNormalization = false, name, seed = 0, ...options } = args;
  if (!Array.isArray(width) || width.length < 2) {
    throw expected('qkan', 'width to list at least two layers of nodes', width, 'For example [2, 5, 1].');
  }
  for (const [k, nodes] of width.entries()) checkInteger('qkan', `width[${k}]`, nodes, 1);
  checkInteger('qkan', 'seed', seed, 0, 0xffffffff);
  const random = new Random(seed);
  const model = tfl.sequential(name === undefined ? {} : { name });
  width.slice(1).forEach((units, k) => {
    const inputShape = k === 0 ? { inputShape: [width[0]] } : {};
    if (batchNormalization) model.add(tfl.layers.batchNormalization(inputShape));
    model.add(new QKANLayer({ ...options, units, seed: random.bits(), ...(batchNormalization ? {} : inputShape) }));
  });
  return model;
}
