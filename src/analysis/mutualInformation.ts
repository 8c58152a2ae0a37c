import type { Floats } from '../../kernels/chain.js';
import { checkAllFinite, checkInteger, checkLength } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';

/** Activations T of a layer on samples, and the classes Y of the samples. */
export interface LayerSamples {
  /** Shape [samples, width]. */
  readonly activations: Floats;
  readonly width: number;
  /** Class of each sample, any integers. */
  readonly labels: ArrayLike<number>;
}

/** Information in bits that a layer T has of the input X, from which it follows, and of the label Y. */
export interface Information {
  readonly input: number;
  readonly label: number;
}

function samplesOf(where: string, { activations, width, labels }: LayerSamples): number {
  checkInteger(where, 'width', width, 1);
  const samples = labels.length;
  checkInteger(where, 'samples', samples, 1);
  checkLength(where, 'activations', activations, samples * width, '[samples, width]');
  checkAllFinite(where, 'activations', activations);
  return samples;
}

/** The samples of each class. */
function classesOf(labels: ArrayLike<number>): number[][] {
  const classes = new Map<number, number[]>();
  for (let s = 0; s < labels.length; s++) {
    const members = classes.get(labels[s]);
    if (members) members.push(s);
    else classes.set(labels[s], [s]);
  }
  return [...classes.values()];
}

/** Entropy in bits of how often words occur. */
function entropyOf(words: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / words.length) * Math.log2(count / words.length);
  return entropy;
}

/**
 * Mutual information by entropy-based adaptive binning (EBAB): edges of the bins are chosen so that each holds as many of the different
 * values that occur in the layer; T is then the tuple of a sample's bins, I(T; X) = H(T), since T follows from X, and
 * I(T; Y) = H(T) − Σ_y p(y)·H(T|y).
 *
 * @param bins  number of bins. Default 30
 * @returns bits
 * @throws if a shape is wrong or an activation is not finite
 * @cost samples·width·log(samples·width)
 * @see arXiv:1902.09037
 * @example binnedInformation({ activations: Float64Array.of(0, 1, 2, 3), width: 1, labels: [0, 0, 1, 1] }); // { input: 2, label: 1 }
 */
export function binnedInformation(samples: LayerSamples, bins = 30): Information {
  const where = 'binnedInformation';
  const count = samplesOf(where, samples);
  checkInteger(where, 'bins', bins, 1);
  const { activations, width, labels } = samples;
  const values = Float64Array.from(new Set(activations)).sort();
  // value v of rank k is in bin ⌊k·bins/different values⌋
  const binOf = new Map<number, number>();
  values.forEach((value, rank) => {
    binOf.set(value, Math.floor((rank * Math.min(bins, values.length)) / values.length));
  });
  const words = Array.from({ length: count }, (_, s) => {
    const row = activations.subarray(s * width, (s + 1) * width);
    return Array.from(row, (value) => binOf.get(value)).join();
  });
  const input = entropyOf(words);
  const given = classesOf(labels).reduce(
    (sum, members) => sum + (members.length / count) * entropyOf(members.map((s) => words[s])),
    0,
  );
  return { input, label: Math.max(0, input - given) };
}

export interface KernelDensityOptions {
  /** Variance of the Gaussian noise of a layer whose largest activity is 1. Default 1e-3. */
  readonly noise?: number;
}

/** Bounds on mutual information, in bits. */
export interface InformationBounds {
  readonly lower: Information;
  readonly upper: Information;
}

/**
 * Bounds on the mutual information of a layer with Gaussian noise by adaptive kernel density estimation (aKDE): the noise has variance
 * `noise` · (largest |activation| of the layer)², so that layers of unbounded activations compare with bounded ones. With the entropy of
 * a mixture of normal distributions about the samples: −mean_i log mean_j exp(−‖t_i − t_j‖²/2v) in place of the noise's own, v = variance
 * for the upper and 4·variance for the lower bound.
 *
 * @returns bits
 * @throws if a shape is wrong, an activation is not finite, or all are 0
 * @cost samples²·width
 * @see arXiv:1902.09037, and arXiv:1705.02436 for the bounds
 */
export function kernelInformation(
  samples: LayerSamples,
  { noise = 1e-3 }: KernelDensityOptions = {},
): InformationBounds {
  const where = 'kernelInformation';
  const count = samplesOf(where, samples);
  if (!(noise > 0 && noise < Infinity)) throw expected(where, 'noise > 0', noise);
  let largest = 0;
  for (const value of samples.activations) largest = Math.max(largest, Math.abs(value));
  if (largest === 0) throw expected(where, 'an activation that is not 0', 0);
  const variance = noise * largest ** 2;
  const everyone = Array.from({ length: count }, (_, s) => s);
  const classes = classesOf(samples.labels);
  /** −mean_i log mean_j exp(−‖t_i − t_j‖²/2v) in bits: the entropy over that of the noise. */
  const excess = (members: readonly number[], v: number): number => {
    let sum = 0;
    for (const i of members) {
      let mean = 0;
      for (const j of members) mean += Math.exp(-squaredDistance(samples, i, j) / (2 * v));
      sum -= Math.log2(mean / members.length);
    }
    return sum / members.length;
  };
  const informationAt = (v: number): Information => {
    const input = excess(everyone, v);
    const given = classes.reduce((sum, members) => sum + (members.length / count) * excess(members, v), 0);
    return { input, label: input - given };
  };
  return { lower: informationAt(4 * variance), upper: informationAt(variance) };
}

function squaredDistance({ activations, width }: LayerSamples, i: number, j: number): number {
  let sum = 0;
  for (let k = 0; k < width; k++) sum += (activations[i * width + k] - activations[j * width + k]) ** 2;
  return sum;
}
