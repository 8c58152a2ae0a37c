import { checkChoice } from '../foundation/checks.js';
import { type BaseFunctionName, baseFunctions } from './baseFunctions.js';
import type { Basis, BasisTensors } from './basis.js';
import { type WindowOptions, windows } from './windows.js';

interface Combination {
  readonly value: (a: number, b: number) => number;
  /** Derivatives by a; by symmetry, that by b is `slope(b, a)`. */
  readonly slope: (a: number, b: number) => number;
}

/** How the two sides a and b of a window are joined; all are symmetric. */
export const combinations = {
  quad1: { value: (a, b) => (a * b) ** 2, slope: (a, b) => 2 * a * b * b },
  quad2: { value: (a, b) => a * b + a * a + b * b, slope: (a, b) => b + 2 * a },
  sum: { value: (a, b) => a + b, slope: () => 1 },
  prod: { value: (a, b) => a * b, slope: (_, b) => b },
  sumProd: { value: (a, b) => a + b + a * b, slope: (_, b) => 1 + b },
  cubic1: { value: (a, b) => (a + b) * (a * a + b * b), slope: (a, b) => a * a + b * b + (a + b) * 2 * a },
  cubic2: { value: (a, b) => (a * b) ** 3, slope: (a, b) => 3 * a * a * b * b * b },
} as const satisfies Record<string, Combination>;
export type CombinationName = keyof typeof combinations;

export interface AfOptions extends WindowOptions {
  /** Default `'quad1'`. */
  readonly combination?: CombinationName;
  /** Default `'silu'`. */
  readonly activation?: BaseFunctionName;
  /** Whether the features of a row are divided by their root mean square. Default true. */
  readonly normalise?: boolean;
}

/** Keeps the quotient finite where all features of a row vanish. */
const TINY = 1e-12;

/**
 * AF-KAN: the two sides a = act(x − s), b = act(e − x) of G + k windows [s, e] joined by a combination such as (a·b)²; blocks
 * `start` and `end`, shape [in, G + k], are trained. The features of a row are divided by their root mean square over all inputs
 * and windows of this row; the paper's code takes its norm over the whole batch, so that a row depends on its neighbours.
 * The attention that saves parameters in the paper is no part of the basis.
 *
 * @cost 2(G + k) activations an input
 * @see arXiv:2503.06112
 */
export function af(options: AfOptions = {}): Basis {
  const { combination = 'quad1', activation = 'silu', normalise = true, grid = 3, ...rest } = options;
  checkChoice('af', 'combination', combination, Object.keys(combinations) as CombinationName[]);
  checkChoice('af', 'activation', activation, Object.keys(baseFunctions) as BaseFunctionName[]);
  const { size, blocks, options: all } = windows('af', { ...rest, grid });
  const { value: join, slope: joinSlope } = combinations[combination];
  const act = baseFunctions[activation];

  /** The combinations of row b before normalisation, and their root mean square. */
  const row = ({ x, inDim, parameters: [starts, ends] }: BasisTensors, b: number, raw: Float64Array): number => {
    let squares = 0;
    for (let i = 0, at = 0; i < inDim; i++) {
      const xi = x[b * inDim + i];
      for (let k = 0; k < size; k++, at++) {
        raw[at] = join(act.value(xi - starts[at]), act.value(ends[at] - xi));
        squares += raw[at] * raw[at];
      }
    }
    return normalise ? Math.sqrt(squares / (inDim * size) + TINY) : 1;
  };

  return {
    name: 'af',
    options: { ...all, combination, activation, normalise },
    size,
    base: 'silu',
    bias: false,
    deviation: (inDim) => Math.sqrt(1 / (inDim * size)),
    blocks,
    features(tensors, out, stride) {
      const { batch, inDim } = tensors;
      const raw = new Float64Array(inDim * size);
      for (let b = 0; b < batch; b++) {
        const norm = row(tensors, b, raw);
        for (let i = 0, from = 0; i < inDim; i++) {
          const at = (b * inDim + i) * stride;
          for (let k = 0; k < size; k++, from++) out[at + k] = raw[from] / norm;
        }
      }
    },
    backward(tensors, upstream, stride, gradient) {
      const { x, batch, inDim } = tensors;
      const [starts, ends] = tensors.parameters;
      const raw = new Float64Array(inDim * size);
      for (let b = 0; b < batch; b++) {
        const norm = row(tensors, b, raw);
        let along = 0; // Σ upstream · raw: the part that the norm takes away again
        for (let i = 0, from = 0; i < inDim; i++) {
          const at = (b * inDim + i) * stride;
          for (let k = 0; k < size; k++, from++) along += upstream[at + k] * raw[from];
        }
        const pull = normalise ? along / (norm ** 3 * inDim * size) : 0;
        for (let i = 0, from = 0; i < inDim; i++) {
          const [at, xi] = [(b * inDim + i) * stride, x[b * inDim + i]];
          for (let k = 0; k < size; k++, from++) {
            const own = upstream[at + k] / norm - pull * raw[from];
            const [left, right] = [xi - starts[from], ends[from] - xi];
            const [a, c] = [act.value(left), act.value(right)];
            const [byLeft, byRight] = [
              own * joinSlope(a, c) * act.derivative(left),
              own * joinSlope(c, a) * act.derivative(right),
            ];
            gradient.x[b * inDim + i] += byLeft - byRight;
            gradient.parameters[0][from] -= byLeft;
            gradient.parameters[1][from] += byRight;
          }
        }
      }
    },
  };
}
