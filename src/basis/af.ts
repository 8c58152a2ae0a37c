import { checkChoice } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import { withAttention } from './attention.js';
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
  /** Whether the functions of an input are joined to one by attention over the inputs. Default false. */
  readonly attention?: boolean;
}

/** Keeps the quotient finite where all features of a row vanish. */
const TINY = 1e-12;

/**
 * AF-KAN: the two sides a = act(x − s), b = act(e − x) of G + k windows [s, e] joined by a combination such as (a·b)²; blocks
 * `start` and `end`, shape [in, G + k], are trained. The features of a row are divided by their root mean square over all inputs
 * and windows of this row; the paper's code takes its norm over the whole batch, so that a row depends on its neighbours. With
 * `attention` the functions of an input become one (`withAttention`), the paper's way to about as many parameters as an MLP has;
 * the bias that its code gives the attention's scores is left out: softmax does not see it, so that it would never get a
 * gradient.
 *
 * @cost 2(G + k) activations an input
 * @see arXiv:2503.06112
 */
export function af(options: AfOptions = {}): Basis {
  const {
    combination = 'quad1',
    activation = 'silu',
    normalise = true,
    attention = false,
    grid = 3,
    ...rest
  } = options;
  checkChoice('af', 'combination', combination, Object.keys(combinations) as CombinationName[]);
  checkChoice('af', 'activation', activation, Object.keys(baseFunctions) as BaseFunctionName[]);
  if (typeof attention !== 'boolean') throw expected('af', 'attention to be a boolean', attention);
  const { size, blocks, options: all } = windows('af', { ...rest, grid });
  const { value: join, slope: joinSlope } = combinations[combination];
  const act = baseFunctions[activation];

  const isSilu = activation === 'silu';

  /** Room for a row: the combinations, both sides of its windows, and their slopes; and e^s and e^(−e) for all windows. */
  function roomFor({ inDim, parameters: [starts, ends] }: BasisTensors) {
    const part = () => new Float64Array(inDim * size);
    const exponentials = isSilu
      ? [Float64Array.from(starts, Math.exp), Float64Array.from(ends, (e) => Math.exp(-e))]
      : [];
    return { raw: part(), a: part(), b: part(), aSlope: part(), bSlope: part(), exponentials };
  }

  /** Fills the room for one row, before normalisation; returns the root mean square of the combinations. */
  function fill(room: ReturnType<typeof roomFor>, tensors: BasisTensors, row: number, slopes: boolean): number {
    const { x, inDim, parameters } = tensors;
    const [starts, ends] = parameters;
    const { raw, a, b, aSlope, bSlope, exponentials } = room;
    let squares = 0;
    for (let i = 0, at = 0; i < inDim; i++) {
      const xi = x[row * inDim + i];
      const falling = isSilu ? Math.exp(-xi) : 0;
      const rising = 1 / falling;
      for (let k = 0; k < size; k++, at++) {
        const [left, right] = [xi - starts[at], ends[at] - xi];
        if (isSilu) {
          // the sigmoids of all windows of an input from one exponential
          const rise = 1 / (1 + falling * exponentials[0][at]);
          const fall = 1 / (1 + rising * exponentials[1][at]);
          a[at] = left * rise;
          b[at] = right * fall;
          if (slopes) aSlope[at] = rise * (1 + left * (1 - rise));
          if (slopes) bSlope[at] = fall * (1 + right * (1 - fall));
        } else {
          a[at] = act.value(left);
          b[at] = act.value(right);
          if (slopes) aSlope[at] = act.derivative(left);
          if (slopes) bSlope[at] = act.derivative(right);
        }
        raw[at] = join(a[at], b[at]);
        squares += raw[at] * raw[at];
      }
    }
    return normalise ? Math.sqrt(squares / (inDim * size) + TINY) : 1;
  }

  const basis: Basis = {
    name: 'af',
    options: { ...all, combination, activation, normalise, attention },
    size,
    base: 'silu',
    bias: false,
    deviation: (inDim) => Math.sqrt(1 / (inDim * size)),
    blocks,
    features(tensors, out, stride) {
      const { batch, inDim } = tensors;
      const room = roomFor(tensors);
      for (let row = 0; row < batch; row++) {
        const scale = 1 / fill(room, tensors, row, false);
        for (let i = 0, from = 0; i < inDim; i++) {
          const at = (row * inDim + i) * stride;
          for (let k = 0; k < size; k++, from++) out[at + k] = room.raw[from] * scale;
        }
      }
    },
    backward(tensors, upstream, stride, gradient) {
      const { batch, inDim } = tensors;
      const room = roomFor(tensors);
      const { raw, a, b, aSlope, bSlope } = room;
      const [onStarts, onEnds] = gradient.parameters;
      for (let row = 0; row < batch; row++) {
        const scale = 1 / fill(room, tensors, row, true);
        let along = 0; // Σ upstream · raw: the part that the norm takes away again
        for (let i = 0, from = 0; i < inDim; i++) {
          const at = (row * inDim + i) * stride;
          for (let k = 0; k < size; k++, from++) along += upstream[at + k] * raw[from];
        }
        const pull = normalise ? (along * scale ** 3) / (inDim * size) : 0;
        for (let i = 0, from = 0; i < inDim; i++) {
          const at = (row * inDim + i) * stride;
          let sum = 0;
          for (let k = 0; k < size; k++, from++) {
            const own = upstream[at + k] * scale - pull * raw[from];
            const byLeft = own * joinSlope(a[from], b[from]) * aSlope[from];
            const byRight = own * joinSlope(b[from], a[from]) * bSlope[from];
            sum += byLeft - byRight;
            onStarts[from] -= byLeft;
            onEnds[from] += byRight;
          }
          gradient.x[row * inDim + i] += sum;
        }
      }
    },
  };
  return attention ? { ...basis, ...withAttention('af', basis, act) } : basis;
}
