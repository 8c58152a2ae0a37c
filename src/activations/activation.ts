import type { Floats } from '../../kernels/chain.js';
import type { BasisBlock } from '../basis/basis.js';

/** What an activation is evaluated on. */
export interface ActivationTensors {
  /** Shape [batch, positions, features]; positions are the pixels of a feature map, or 1. */
  readonly x: Floats;
  readonly batch: number;
  readonly positions: number;
  readonly features: number;
  /** The blocks' numbers, in their order. */
  readonly parameters: readonly Floats[];
  /** Whether moments over the batch are the batch's own, or the moving ones. Asked only by batch-dependent activations. */
  readonly training: boolean;
}

/** ∂L/∂x, and ∂L/∂parameters; those of untrained blocks are 0. */
export interface ActivationGradient {
  readonly x: Float64Array;
  readonly parameters: readonly Float64Array[];
}

/** A learnable function that stands where a ReLU would stand: [batch, positions, features] → the same shape. */
export interface Activation {
  readonly name: string;
  /** What it was made from; plain data. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Whether, while training, the output of a row depends on the rows beside it. */
  readonly batchDependent: boolean;
  readonly blocks: (features: number) => readonly BasisBlock[];
  readonly forward: (tensors: ActivationTensors) => Float64Array;
  /** The derivatives of L from `upstream` = ∂L/∂y. */
  readonly backward: (tensors: ActivationTensors, upstream: Floats) => ActivationGradient;
  /** Moments of this batch, one array an untrained block: what the moving ones follow. Batch-dependent activations have it. */
  readonly moments?: (tensors: ActivationTensors) => readonly Float64Array[];
}

/** A function of one number and of parameters. */
interface Pointwise {
  /** f(x) in feature d. */
  readonly value: (x: number, d: number, parameters: readonly Floats[]) => number;
  /** f′(x); adds upstream · ∂f/∂parameters to `into`. */
  readonly slope: (
    x: number,
    d: number,
    parameters: readonly Floats[],
    upstream: number,
    into: readonly Float64Array[],
  ) => number;
}

/** The loops over a batch, for functions of one number. */
export function pointwise({ value, slope }: Pointwise): Pick<Activation, 'batchDependent' | 'forward' | 'backward'> {
  return {
    batchDependent: false,
    forward({ x, features, parameters }) {
      const y = new Float64Array(x.length);
      for (let at = 0; at < x.length; at++) y[at] = value(x[at], at % features, parameters);
      return y;
    },
    backward({ x, features, parameters }, upstream) {
      const gradient = zeroGradient(x, parameters);
      for (let at = 0; at < x.length; at++) {
        const dy = upstream[at];
        gradient.x[at] = dy * slope(x[at], at % features, parameters, dy, gradient.parameters);
      }
      return gradient;
    },
  };
}

/** Derivatives to be added to. */
export const zeroGradient = (x: Floats, parameters: readonly Floats[]): ActivationGradient => ({
  x: new Float64Array(x.length),
  parameters: parameters.map(({ length }) => new Float64Array(length)),
});

/** A block whose entries all start as one number. */
export const constantBlock = (name: string, length: number, value: number, trainable = true): BasisBlock => ({
  name,
  shape: [length],
  values: new Float64Array(length).fill(value),
  trainable,
});
