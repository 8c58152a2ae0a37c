import { checkInteger, checkLength } from '../../foundation/checks.js';
import type { Dataset } from '../dataset.js';

/**
 * Addition modulo M as classification: all M² pairs (a, b), x = one-hot a beside one-hot b, y = one-hot (a + b) mod M. Split
 * it, and train with weight decay: networks that have learned the training pairs by heart grasp the rule much later.
 *
 * @see arXiv:2201.02177; arXiv:2509.21519
 * @example modularAddition(23).numSamples; // 529
 */
export function modularAddition(modulus: number): Dataset {
  checkInteger('modularAddition', 'modulus', modulus, 2, 500);
  const M = modulus;
  const [x, y] = [new Float64Array(M * M * 2 * M), new Float64Array(M * M * M)];
  for (let a = 0, s = 0; a < M; a++) {
    for (let b = 0; b < M; b++, s++) {
      x[s * 2 * M + a] = 1;
      x[s * 2 * M + M + b] = 1;
      y[s * M + ((a + b) % M)] = 1;
    }
  }
  const names = (letter: string) => Array.from({ length: M }, (_, k) => `${letter}${k}`);
  return { inputs: [...names('a'), ...names('b')], targets: names('sum'), numSamples: M * M, x, y };
}

/**
 * How much a sequence over the residues is one Fourier mode: max_k |ŵ_k|² / Σ_k |ŵ_k|² over k = 1 … ⌊M/2⌋, in (0, 1]; the
 * mean is left out. Neurons that have grasped modular addition come near 1.
 *
 * @param weights  shape [M]: of one neuron, for one of the two numbers
 * @returns 0 where all weights are equal
 * @cost M² operations
 */
export function spectralConcentration(weights: ArrayLike<number>): number {
  const M = weights?.length;
  checkInteger('spectralConcentration', 'the number of weights', M, 2);
  let [most, sum] = [0, 0];
  for (let k = 1; k <= M / 2; k++) {
    let [re, im] = [0, 0];
    for (let n = 0; n < M; n++) {
      re += weights[n] * Math.cos((2 * Math.PI * k * n) / M);
      im += weights[n] * Math.sin((2 * Math.PI * k * n) / M);
    }
    const power = re * re + im * im;
    most = Math.max(most, power);
    sum += power;
  }
  return sum > 1e-24 ? most / sum : 0;
}

/**
 * ‖G − diag G‖ / ‖diag G‖ of G = FᵀF in Frobenius norm: how far the features of a layer are from being independent.
 *
 * @param features  shape [samples, width]
 */
export function offDiagonalRatio(features: Float64Array, samples: number): number {
  checkInteger('offDiagonalRatio', 'samples', samples, 1);
  const width = features.length / samples;
  checkLength('offDiagonalRatio', 'features', features, samples * Math.max(1, Math.floor(width)), '[samples, width]');
  let [on, off] = [0, 0];
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < width; j++) {
      let product = 0;
      for (let s = 0; s < samples; s++) product += features[s * width + i] * features[s * width + j];
      if (i === j) on += product * product;
      else off += product * product;
    }
  }
  return Math.sqrt(off / on);
}
