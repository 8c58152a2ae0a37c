import * as tf from '@tensorflow/tfjs-core';
import type { AfOptions } from '../../basis/af.js';
import type { Basis } from '../../basis/basis.js';
import type { BSplineOptions } from '../../basis/bspline.js';
import type { ChebyshevOptions } from '../../basis/chebyshev.js';
import type { FourierOptions } from '../../basis/fourier.js';
import type { RadialOptions } from '../../basis/radial.js';
import type { RationalOptions } from '../../basis/rational.js';
import type { BasisName } from '../../basis/table.js';
import type { WaveletOptions } from '../../basis/wavelet.js';
import type { WindowOptions } from '../../basis/windows.js';
import { DaruanError } from '../../foundation/errors.js';
import { trigonometricFeatures } from '../activation/features.js';
import { tensorNormalise } from '../layerNorm.js';
import { baseActivations } from '../layers/baseActivations.js';
import { oneHotRows } from '../oneHot.js';
import { exponential, softmax, tanh } from '../smooth.js';

type T = tf.Tensor;
/** x of shape [batch, in, 1] and the basis's blocks to features of shape [batch, in, K]. */
type Composed = (x: T, blocks: readonly T[], options: never) => T;

/** Bases composed of tfjs operations: on any backend, differentiable to any order. */
const composed: Readonly<Record<BasisName, Composed>> = {
  /** The cardinal spline Σ_j (−1)^j C(k+1, j) relu(w − j)^k/k!, folded about its middle so that few terms meet. */
  bspline(x, [ends], { grid, degree, outside }: Required<BSplineOptions>) {
    if (outside === 'throw') {
      throw new DaruanError(
        'KANLayer',
        'inputs outside the grid cannot be told on this route',
        "Set outside: 'clamp'.",
      );
    }
    const [low, high] = tf.split(ends, 2, 1); // [in, 1]
    const inside = outside === 'clamp' ? tf.minimum(tf.maximum(x, low), high) : x;
    const u = tf.add(tf.div(tf.mul(tf.sub(inside, low), grid), tf.sub(high, low)), degree);
    const middle = (degree + 1) / 2;
    const w = tf.sub(middle, tf.abs(tf.sub(tf.sub(u, tf.range(0, grid + degree)), middle)));
    let [sum, binomial] = [tf.zerosLike(w) as T, 1 / factorial(degree)];
    for (let j = 0; j < middle; j++) {
      sum = tf.add(sum, tf.mul(power(tf.relu(tf.sub(w, j)), degree), binomial));
      binomial *= -(degree + 1 - j) / (j + 1);
    }
    return sum;
  },
  fourier: (x, _, { frequencies }: Required<FourierOptions>) =>
    trigonometricFeatures(tf.squeeze(x, [2]) as tf.Tensor2D, frequencies, 'linear'),
  radial(x, _, { centres, range }: Required<RadialOptions>) {
    const u = tf.mul(tf.sub(x, range[0]), (centres - 1) / (range[1] - range[0]));
    return exponential(tf.neg(tf.square(tf.sub(u, tf.range(0, centres)))));
  },
  chebyshev(x, _, { degree }: Required<ChebyshevOptions>) {
    const t = tanh(x);
    const all = [tf.onesLike(t) as T, t];
    for (let n = 2; n <= degree; n++) all.push(tf.sub(tf.mul(tf.mul(t, 2), all[n - 1]), all[n - 2]));
    return tf.concat(all, 2);
  },
  wavelet: (x, [translation, dilation], { wavelet }: Required<WaveletOptions>) =>
    wavelets[wavelet](tf.mul(dilation, tf.sub(x, translation))),
  relu(x, [start, end], { grid, degree, range }: Required<WindowOptions>) {
    const width = ((degree + 1) * (range[1] - range[0])) / grid;
    return tf.mul(tf.square(tf.mul(tf.relu(tf.sub(x, start)), tf.relu(tf.sub(end, x)))), 16 / width ** 4);
  },
  af(x, [start, end, ...heads], { combination, activation, normalise, attention }: Required<AfOptions>) {
    const act = baseActivations[activation];
    const joined = combinations[combination](act(tf.sub(x, start)), act(tf.sub(end, x)));
    const size = normalise ? tf.sqrt(tf.add(tf.mean(tf.square(joined), [1, 2], true), 1e-12)) : 1;
    const features = tf.div(joined, size);
    return attention ? act(attend(features, heads)) : features;
  },
  rational(x, [numerator, denominator], { denominator: form, sharedNumerator }: Required<RationalOptions>) {
    const inDim = x.shape[1]!;
    const groups = denominator.shape[0];
    const groupOf = Int32Array.from({ length: inDim }, (_, i) => Math.floor((i * groups) / inDim));
    const columns = (block: T, shared: boolean) => {
      const rows = shared ? block : tf.matMul(oneHotRows(tf.tensor1d(groupOf, 'int32'), groups), block as tf.Tensor2D);
      return tf.split(rows, rows.shape[1]!, 1); // each [in or 1, 1]
    };
    const sumOfAbsolutes = form === 'sumOfAbsolutes';
    const t = sumOfAbsolutes ? tf.abs(x) : x;
    const p = columns(numerator, sharedNumerator).reduceRight<T>((sum, a) => tf.add(tf.mul(sum, x), a), tf.scalar(0));
    const q = columns(denominator, false).reduceRight<T>(
      (sum, b) => tf.mul(tf.add(sum, sumOfAbsolutes ? tf.abs(b) : b), t),
      tf.scalar(0),
    );
    return tf.div(p, tf.add(1, tf.abs(q)));
  },
};

/** Attention over the inputs of a row, normalised: [batch, in, K] to [batch, in, 1]. */
function attend(features: T, [weights, temperature, gain, shift]: readonly T[]): T {
  const scores = tf.div(tf.sum(tf.mul(features, weights), 2), tf.maximum(temperature, tf.onesLike(temperature)));
  const shares = tf.mul(softmax(scores), features.shape[1]!);
  return tf.expandDims(tensorNormalise(tf.mul(shares, tf.sum(features, 2)), gain, shift), 2);
}

const bell = (u: T): T => exponential(tf.mul(tf.square(u), -0.5));
const sinc = (u: T): T => {
  const away = tf.sqrt(tf.add(tf.square(u), 1e-8)); // of an even function: no 0/0, and 2e-8 from it
  return tf.div(tf.sin(tf.mul(away, Math.PI)), tf.mul(away, Math.PI));
};
const wavelets: Readonly<Record<NonNullable<WaveletOptions['wavelet']>, (u: T) => T>> = {
  mexicanHat: (u) => tf.mul(tf.mul(tf.sub(1, tf.square(u)), bell(u)), 2 / (Math.sqrt(3) * Math.PI ** 0.25)),
  morlet: (u) => tf.mul(tf.cos(tf.mul(u, 5)), bell(u)),
  gaussianSlope: (u) => tf.neg(tf.mul(u, bell(u))),
  shannon: (u) => tf.sub(tf.mul(sinc(tf.mul(u, 2)), 2), sinc(u)),
};

const combinations: Readonly<Record<NonNullable<AfOptions['combination']>, (a: T, b: T) => T>> = {
  quad1: (a, b) => tf.square(tf.mul(a, b)),
  quad2: (a, b) => tf.add(tf.mul(a, b), tf.add(tf.square(a), tf.square(b))),
  sum: (a, b) => tf.add(a, b),
  prod: (a, b) => tf.mul(a, b),
  sumProd: (a, b) => tf.add(tf.add(a, b), tf.mul(a, b)),
  cubic1: (a, b) => tf.mul(tf.add(a, b), tf.add(tf.square(a), tf.square(b))),
  cubic2: (a, b) => power(tf.mul(a, b), 3),
};

/** By multiplication: `tf.pow` has no slope at 0. */
const power = (x: T, exponent: number): T =>
  Array.from({ length: exponent - 1 }).reduce<T>((product) => tf.mul(product, x), x);
const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));

/**
 * Φ_k(x_bi) by tfjs operations, shape [batch, in, K].
 *
 * @throws for a basis that is not in the table
 */
export function composedFeatures({ name, options }: Basis, x: tf.Tensor2D, blocks: readonly tf.Tensor[]): tf.Tensor3D {
  if (!Object.hasOwn(composed, name)) {
    throw new DaruanError(
      'KANLayer',
      `the basis "${name}" has no form in tfjs operations`,
      'Use a backend on the host.',
    );
  }
  return composed[name as BasisName](tf.expandDims(x, 2), blocks, options as never) as tf.Tensor3D;
}
