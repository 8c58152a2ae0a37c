import { checkChoice, checkInteger } from '../foundation/checks.js';
import type { BaseFunction } from './baseFunctions.js';
import { type Basis, evenly, rowBlock } from './basis.js';
import { checkRange } from './checkRange.js';

/** Factor of the Mexican hat. */
export const HAT = 2 / (Math.sqrt(3) * Math.PI ** 0.25);
/** Carrier frequency of the Morlet wavelet. */
const OMEGA = 5;
const bell = (u: number): number => Math.exp((-u * u) / 2);
/** sin πu/(πu). */
const sinc = (u: number): number =>
  Math.abs(u) < 1e-4 ? 1 - (Math.PI * u) ** 2 / 6 : Math.sin(Math.PI * u) / (Math.PI * u);
const sincSlope = (u: number): number =>
  Math.abs(u) < 1e-4 ? (-(Math.PI ** 2) * u) / 3 : (Math.cos(Math.PI * u) - sinc(u)) / u;

/** Mother wavelets ψ(u), by name. */
export const wavelets = {
  /** 2/(√3 π^¼)·(1 − u²)·e^(−u²/2). */
  mexicanHat: {
    value: (u) => HAT * (1 - u * u) * bell(u),
    derivative: (u) => HAT * u * (u * u - 3) * bell(u),
  },
  /** cos 5u · e^(−u²/2). */
  morlet: {
    value: (u) => Math.cos(OMEGA * u) * bell(u),
    derivative: (u) => -(OMEGA * Math.sin(OMEGA * u) + u * Math.cos(OMEGA * u)) * bell(u),
  },
  /** −u·e^(−u²/2), the slope of a Gaussian. */
  gaussianSlope: { value: (u) => -u * bell(u), derivative: (u) => (u * u - 1) * bell(u) },
  /** 2 sinc 2u − sinc u. */
  shannon: {
    value: (u) => 2 * sinc(2 * u) - sinc(u),
    derivative: (u) => 4 * sincSlope(2 * u) - sincSlope(u),
  },
} as const satisfies Record<string, BaseFunction>;
export type WaveletName = keyof typeof wavelets;

export interface WaveletOptions {
  /** Default `'mexicanHat'`. */
  readonly wavelet?: WaveletName;
  /** K, the number of wavelets an input. Default 5. */
  readonly count?: number;
  /** Where the first and the last wavelet start. Default [−2, 2]. */
  readonly range?: readonly [low: number, high: number];
}

/**
 * Wavelets ψ(a_k (x − t_k)) with trained places t and dilations a, K of each input: blocks `translation` and `dilation`, shape
 * [in, K]. All edges of an input combine the same K wavelets, so that a layer stays one matrix product; Wav-KAN has one of its
 * own on every edge.
 *
 * @cost K wavelets an input
 * @see arXiv:2405.12832
 */
export function wavelet(options: WaveletOptions = {}): Basis {
  const { wavelet: name = 'mexicanHat', count: size = 5, range = [-2, 2] } = options;
  checkChoice('wavelet', 'wavelet', name, Object.keys(wavelets) as WaveletName[]);
  checkInteger('wavelet', 'count', size, 1);
  checkRange('wavelet', 'range', range);
  const { value: psi, derivative } = wavelets[name];
  const spacing = size === 1 ? 1 : (range[1] - range[0]) / (size - 1);
  return {
    name: 'wavelet',
    options: { wavelet: name, count: size, range },
    size,
    base: 'none',
    bias: true,
    deviation: (inDim) => Math.sqrt(1 / (inDim * size)),
    blocks: (inDim) => [
      rowBlock('translation', inDim, evenly(size, range), true),
      rowBlock('dilation', inDim, new Float64Array(size).fill(1 / spacing), true),
    ],
    features({ x, batch, inDim, parameters: [places, dilations] }, out, stride) {
      for (let b = 0, from = 0, at = 0; b < batch; b++) {
        for (let own = 0; own < inDim * size; from++, at += stride) {
          for (let k = 0; k < size; k++, own++) out[at + k] = psi(dilations[own] * (x[from] - places[own]));
        }
      }
    },
    backward({ x, batch, inDim, parameters: [places, dilations] }, upstream, stride, gradient) {
      const [onPlaces, onDilations] = gradient.parameters;
      for (let b = 0, from = 0, at = 0; b < batch; b++) {
        for (let own = 0; own < inDim * size; from++, at += stride) {
          let sum = 0;
          for (let k = 0; k < size; k++, own++) {
            const distance = x[from] - places[own];
            const slope = upstream[at + k] * derivative(dilations[own] * distance);
            sum += slope * dilations[own];
            onPlaces[own] -= slope * dilations[own];
            onDilations[own] += slope * distance;
          }
          gradient.x[from] += sum;
        }
      }
    },
  };
}
