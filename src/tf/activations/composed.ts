import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from '../../activations/activation.js';
import { DICE_FLOOR } from '../../activations/dice.js';
import { EVONORM_FLOOR } from '../../activations/evoNormB0.js';
import type { FixedOptions } from '../../activations/fixed.js';
import type { NodewiseOptions } from '../../activations/nodewise.js';
import { POWER_FLOOR } from '../../activations/polyNorm.js';
import type { ActivationName } from '../../activations/table.js';
import type { WideDeepOptions } from '../../activations/wideDeep.js';
import { basisFrom } from '../../basis/table.js';
import { DaruanError } from '../../foundation/errors.js';
import { composedFeatures } from '../basis/composed.js';
import { baseActivations } from '../layers/baseActivations.js';
import { exponential, sigmoid } from '../smooth.js';

type T = tf.Tensor;
/** x of shape [batch, positions, features] and the activation's blocks to the same shape. */
type Composed = (x: T, blocks: readonly T[], options: never, training: boolean) => T;

const powersOf = (t: T, count: number): T[] => {
  const all = [t];
  while (all.length < count) all.push(tf.mul(all[all.length - 1], t)); // tf.pow has no slope at 0
  return all;
};
const deviation = (variance: T): T => tf.sqrt(tf.add(variance, EVONORM_FLOOR));

/** Activations composed of tfjs operations: on any backend, differentiable to any order. */
const composed: Readonly<Record<ActivationName, Composed>> = {
  fixed: (x, _, { function: name }: Required<FixedOptions>) => baseActivations[name](x),
  selu: (x) => tf.selu(x),
  crrelu: (x, [epsilon]) => tf.add(tf.relu(x), tf.mul(epsilon, tf.mul(x, exponential(tf.mul(tf.square(x), -0.5))))),
  polyReLU(x, [coefficients]) {
    const a = tf.unstack(coefficients);
    const powers = powersOf(tf.relu(x), a.length - 1);
    return powers.reduce<T>((sum, power, i) => tf.add(sum, tf.mul(a[i + 1], power)), a[0]);
  },
  polyNorm(x, [coefficients]) {
    const a = tf.unstack(coefficients);
    return powersOf(x, a.length - 1).reduce<T>((sum, power, i) => {
      const size = tf.sqrt(tf.add(tf.mean(tf.square(power), -1, true), POWER_FLOOR));
      return tf.add(sum, tf.mul(a[i + 1], tf.div(power, size)));
    }, a[0]);
  },
  evoNormB0(x, [gain, shift, slope, variance], _, training) {
    const batch = deviation(training ? tf.moments(x, [0, 1]).variance : variance);
    const own = tf.add(tf.mul(slope, x), deviation(tf.moments(x, 1, true).variance));
    const alike = tf.add(batch, tf.zerosLike(own)); // tf.maximum has no gradient where it broadcasts
    return tf.add(tf.mul(tf.div(x, tf.maximum(alike, own)), gain), shift);
  },
  evoNormS0(x, [gain, shift, slope], { groups }: { groups: number }) {
    const [batch, positions, features] = x.shape;
    const split = tf.reshape(x, [batch, positions, groups, features! / groups]);
    const spread = tf.tile(deviation(tf.moments(split, [1, 3], true).variance), [1, 1, 1, features! / groups]);
    const size = tf.reshape(spread, [batch, 1, features!]);
    return tf.add(tf.mul(tf.div(tf.mul(x, sigmoid(tf.mul(slope, x))), size), gain), shift);
  },
  dice(x, [alpha, movingMean, movingVariance], _, training) {
    const found = training ? tf.moments(x, [0, 1]) : { mean: movingMean, variance: movingVariance };
    const score = tf.div(tf.sub(x, found.mean), tf.sqrt(tf.add(found.variance, DICE_FLOOR)));
    const p = sigmoid(score);
    return tf.mul(x, tf.add(p, tf.mul(tf.sub(1, p), alpha)));
  },
  wideDeep(x, _, { dimension }: WideDeepOptions) {
    const [odd, even] = [2 ** (-dimension / 4), Math.sqrt(1 - 2 ** (1 - dimension / 2))];
    const square = tf.square(x);
    const third = tf.mul(x, tf.add(tf.mul(tf.sub(square, 3), odd / Math.sqrt(6)), odd));
    return tf.add(third, tf.mul(tf.sub(square, 1), even * Math.SQRT1_2));
  },
  nodewise(x, blocks, { basis: source, base }: Required<NodewiseOptions>) {
    const basis = basisFrom('nodewise', source);
    const [batch, positions, features] = x.shape;
    const rows = tf.reshape(x, [batch * positions!, features!]) as tf.Tensor2D;
    const single = basis.name === 'rational';
    const own = blocks.slice((single ? 0 : 1) + (base === 'none' ? 0 : 1));
    const phi = composedFeatures(basis, rows, own); // [rows, features, K]
    const combined = single ? tf.squeeze(phi, [2]) : tf.sum(tf.mul(phi, blocks[0]), 2);
    const beside = baseActivations[base];
    const y = beside ? tf.add(combined, tf.mul(blocks[single ? 0 : 1], beside(rows))) : combined;
    return tf.reshape(y, x.shape);
  },
};

/**
 * An activation by tfjs operations.
 *
 * @param x  shape [batch, positions, features]
 * @throws for an activation that is not in the table
 */
export function composedActivation(
  { name, options }: Activation,
  x: tf.Tensor3D,
  blocks: readonly tf.Tensor[],
  training: boolean,
): tf.Tensor3D {
  if (!Object.hasOwn(composed, name)) {
    throw new DaruanError(
      'NodeActivation',
      `the activation "${name}" has no form in tfjs operations`,
      'Use a backend on the host.',
    );
  }
  return composed[name as ActivationName](x, blocks, options as never, training) as tf.Tensor3D;
}
