import type { Floats } from '../../kernels/chain.js';
import type { BaseFunctionName } from './baseFunctions.js';

/** Numbers that a basis needs beside its input: knots, centres, the coefficients of a rational function. */
export interface BasisBlock {
  readonly name: string;
  readonly shape: readonly number[];
  /** Where they start, row-major. */
  readonly values: Float64Array;
  readonly trainable: boolean;
}

/** What features are computed from. */
export interface BasisTensors {
  /** Shape [batch, in]. */
  readonly x: Floats;
  readonly batch: number;
  readonly inDim: number;
  /** The blocks' numbers, in their order. */
  readonly parameters: readonly Floats[];
}

/** Where derivatives are added to: ∂L/∂x of shape [batch, in], and ∂L/∂parameters; untrained blocks stay as they are. */
export interface BasisGradient {
  readonly x: Floats;
  readonly parameters: readonly Float64Array[];
}

/**
 * Functions Φ_0 … Φ_{K−1} of one variable, of which the edges of a Kolmogorov-Arnold layer are linear combinations:
 * y_o = Σ_i Σ_k C_oik Φ_k(x_i).
 */
export interface Basis {
  readonly name: string;
  /** What the basis was made from; plain data. */
  readonly options: Readonly<Record<string, unknown>>;
  /** K. */
  readonly size: number;
  /** What usually stands beside these functions. */
  readonly base: BaseFunctionName | 'none';
  /** Whether a layer usually adds a bias to each output. */
  readonly bias: boolean;
  /** Standard deviation with which the coefficients start. */
  readonly deviation: (inDim: number) => number;
  readonly blocks: (inDim: number) => readonly BasisBlock[];
  /** Writes Φ_k(x_bi) to out[(b·in + i)·stride + k]. */
  readonly features: (tensors: BasisTensors, out: Floats, stride: number) => void;
  /** Adds the derivatives of L from `upstream` = ∂L/∂Φ, laid out as the features. */
  readonly backward: (tensors: BasisTensors, upstream: Floats, stride: number, gradient: BasisGradient) => void;
}

/** One input at a time: what most bases are made of. */
export interface Element {
  /** Writes the K functions of x, the value of input i, to out[at …]. */
  readonly value: (x: number, i: number, tensors: BasisTensors, out: Floats, at: number) => void;
  /** Σ_k upstream[at + k] Φ_k′(x); adds to `parameters` what belongs to the parameters. */
  readonly slope: (
    x: number,
    i: number,
    tensors: BasisTensors,
    upstream: Floats,
    at: number,
    parameters: readonly Float64Array[],
  ) => number;
}

/** The loops over a batch, for functions of one input each. */
export function elementwise({ value, slope }: Element): Pick<Basis, 'features' | 'backward'> {
  return {
    features(tensors, out, stride) {
      const { x, batch, inDim } = tensors;
      for (let b = 0, at = 0; b < batch; b++) {
        for (let i = 0; i < inDim; i++, at++) value(x[at], i, tensors, out, at * stride);
      }
    },
    backward(tensors, upstream, stride, gradient) {
      const { x, batch, inDim } = tensors;
      for (let b = 0, at = 0; b < batch; b++) {
        for (let i = 0; i < inDim; i++, at++) {
          gradient.x[at] += slope(x[at], i, tensors, upstream, at * stride, gradient.parameters);
        }
      }
    },
  };
}

/** A block of one row an input, all rows alike. */
export function rowBlock(name: string, inDim: number, row: ArrayLike<number>, trainable: boolean): BasisBlock {
  const width = row.length;
  const values = Float64Array.from({ length: inDim * width }, (_, at) => row[at % width]);
  return { name, shape: [inDim, width], values, trainable };
}

/** `count` numbers from low to high, evenly spaced; the middle for one. */
export const evenly = (count: number, [low, high]: readonly [number, number]): Float64Array =>
  Float64Array.from({ length: count }, (_, k) =>
    count === 1 ? (low + high) / 2 : low + ((high - low) * k) / (count - 1),
  );
