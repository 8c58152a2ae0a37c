import type { Random } from '../../foundation/random.js';

/** How θ starts. `fan` is [in, out] of the layer, `reps` its repetitions; values are standard deviations in radians. */
export const thetaInitializers = {
  /** Xavier (Glorot) normal over the tensor's shape: √(2/((in + out)·rows·columns)). */
  xavier: ([inDim, outDim]: readonly [number, number], [rows, columns]: readonly [number, number]) =>
    Math.sqrt(2 / ((inDim + outDim) * rows * columns)),
  /** N(0, 1/r), for deep circuits. */
  smallGaussian: (_: readonly [number, number], __: readonly [number, number], reps: number) => 1 / Math.sqrt(reps),
  /** All zero: with pz, rpz and px the activation starts as the zero function. */
  zeros: () => 0,
} as const;
export type ThetaInitializer = keyof typeof thetaInitializers;

/** How encoding weights start: w_l of repetition l. */
export const weightInitializers = {
  ones: () => 1,
  /** 1, 2, 4, …: every frequency up to 2^r − 1 is reachable. */
  powersOfTwo: (l: number) => 2 ** l,
  /** 1, 3, 9, …: every frequency up to (3^r − 1)/2 is reachable, each in one way. */
  powersOfThree: (l: number) => 3 ** l,
} as const satisfies Record<string, (l: number) => number>;
export type WeightInitializer = keyof typeof weightInitializers;

/** Standard deviations with which linear maps start, normal and not truncated: the variance is as named. */
export const linearDeviations = {
  /** √(2/(in + out)), Glorot. */
  xavier: (inDim: number, outDim: number) => Math.sqrt(2 / (inDim + outDim)),
  /** √(1/in): what SELU needs. */
  lecun: (inDim: number) => Math.sqrt(1 / inDim),
  /** √(2/in): what ReLU needs. */
  he: (inDim: number) => Math.sqrt(2 / inDim),
} as const satisfies Record<string, (inDim: number, outDim: number) => number>;
export type LinearDeviation = keyof typeof linearDeviations;

/** `length` draws from N(0, deviation²), in float32. */
export const normalValues = (length: number, deviation: number, random: Random): Float32Array =>
  Float32Array.from({ length }, () => random.normal(0, deviation));
