import * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import { Random } from '../foundation/random.js';
import { HQKAN, type HQKANArgs } from './layers/HQKAN.js';

/** Options of a network of HQKAN blocks: those of its blocks, and its width. */
export interface HQKANNetworkArgs extends Omit<HQKANArgs, 'units' | 'inputShape' | 'name' | 'trainable'> {
  /** Numbers of nodes between the blocks, inputs first: [4, 2] is one block from four inputs to two outputs. */
  readonly width: readonly number[];
  readonly name?: string;
}

/**
 * A network of hybrid blocks: `HQKAN`s one after another, each started from its own stream of the seed.
 *
 * @returns an ordinary tfjs model: compile, fit, save and load it as such, or train it with `fit`
 * @see arXiv:2509.14026
 * @example const model = hqkan({ width: [4, 2], latent: 3, reps: 2, seed: 1 });
 */
export function hqkan(args: HQKANNetworkArgs): tfl.Sequential {
  const { width, name, seed = 0, ...options } = args;
  if (!Array.isArray(width) || width.length < 2) {
    throw expected('hqkan', 'width to list at least two layers of nodes', width, 'For example [4, 2].');
  }
  for (const [k, nodes] of width.entries()) checkInteger('hqkan', `width[${k}]`, nodes, 1);
  checkInteger('hqkan', 'seed', seed, 0, 0xffffffff);
  const random = new Random(seed);
  const model = tfl.sequential(name === undefined ? {} : { name });
  width.slice(1).forEach((units, k) => {
    const inputShape = k === 0 ? { inputShape: [width[0]] } : {};
    model.add(new HQKAN({ ...options, units, seed: random.bits(), ...inputShape }));
  });
  return model;
}
