import * as tfl from '@tensorflow/tfjs-layers';
import type { Activation } from '../activations/activation.js';
import type { ActivationName, ActivationSpec } from '../activations/table.js';
import { checkInteger } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import { Random } from '../foundation/random.js';
import { Daruan, type DaruanArgs } from './layers/Daruan.js';
import { Linear } from './layers/Linear.js';
import { NodeActivation } from './layers/NodeActivation.js';

/** Quantum activations, one a node. */
export interface DaruanSpec extends Omit<DaruanArgs, 'name' | 'inputShape'> {
  readonly name: 'daruan';
}

/** Options of a multilayer perceptron. */
export interface MLPArgs {
  /** Numbers of nodes, inputs first: [2, 32, 1] is two inputs, 32 hidden nodes, one output. */
  readonly width: readonly number[];
  /**
   * What stands on the hidden nodes: a name or plain data of `activations` or `'daruan'`, an `Activation` of your own, or a function that
   * makes a layer from a seed. Default SiLU.
   */
  readonly activation?:
    | ActivationName
    | ActivationSpec
    | 'daruan'
    | DaruanSpec
    | Activation
    | ((seed: number) => tfl.layers.Layer);
  /** C_W, such as `criticality` gives: weights start with variance C_W/inputs. Default 1 (LeCun). */
  readonly weightVariance?: number;
  /** C_b, the variance with which hidden biases start. Default 0. */
  readonly biasVariance?: number;
  /** Seed of the initial values. Default 0. */
  readonly seed?: number;
  readonly name?: string;
}

/**
 * A multilayer perceptron with any activation on its nodes, also a learnable one: B-splines, a rational function or a quantum activation
 * of each node's own, which has d functions where a Kolmogorov-Arnold layer has d² on its edges.
 *
 * @returns an ordinary tfjs model: compile, fit, save and load it as such, or train it with `fit`
 * @throws if a width, a variance or the activation is none
 * @see arXiv:2407.16674
 * @example const model = mlp({ width: [2, 16, 1], activation: { name: 'daruan', reps: 3 }, seed: 1 });
 */
export function mlp(args: MLPArgs): tfl.Sequential {
  const { width, activation = 'fixed', weightVariance = 1, biasVariance = 0, seed = 0, name } = args;
  if (!Array.isArray(width) || width.length < 2) {
    throw expected('mlp', 'width to list at least two layers of nodes', width, 'For example [2, 16, 1].');
  }
  for (const [k, nodes] of width.entries()) checkInteger('mlp', `width[${k}]`, nodes, 1);
  checkInteger('mlp', 'seed', seed, 0, 0xffffffff);
  if (!(weightVariance > 0 && weightVariance < Infinity)) throw expected('mlp', 'weightVariance > 0', weightVariance);
  if (!(biasVariance >= 0 && biasVariance < Infinity)) throw expected('mlp', 'biasVariance ≥ 0', biasVariance);
  const random = new Random(seed);
  const model = tfl.sequential(name === undefined ? {} : { name });
  width.slice(1).forEach((units, k) => {
    const last = k === width.length - 2;
    const deviation = Math.sqrt((last ? 1 : weightVariance) / width[k]);
    const biasDeviation = last ? 0 : Math.sqrt(biasVariance);
    const inputShape = k === 0 ? { inputShape: [width[0]] } : {};
    model.add(new Linear({ units, deviation, biasDeviation, seed: random.bits(), ...inputShape }));
    if (!last) model.add(activationLayer(activation, random.bits()));
  });
  return model;
}

/** The layer of an activation, whose numbers start from a seed of its own where it has any to draw. */
function activationLayer(source: NonNullable<MLPArgs['activation']>, seed: number): tfl.layers.Layer {
  if (typeof source === 'function') return source(seed);
  const plain = typeof source === 'string' ? { name: source } : source;
  if (typeof plain !== 'object' || plain === null) {
    throw expected('mlp', 'activation to be a name, a name with options, or an Activation', source);
  }
  if ('forward' in plain) return new NodeActivation({ activation: plain });
  if (plain.name === 'daruan') {
    const { name: _, ...options } = plain as DaruanSpec;
    return new Daruan({ seed, ...options });
  }
  const seeded = plain.name === 'nodewise' ? { seed, ...plain } : plain;
  return new NodeActivation({ activation: seeded as ActivationSpec });
}
