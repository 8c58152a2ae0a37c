import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger } from '../../foundation/checks.js';
import { Random } from '../../foundation/random.js';
import { AttentionOutput } from './AttentionOutput.js';
import { AttentionScores } from './AttentionScores.js';
import { CompositeLayer } from './CompositeLayer.js';
import { KArAtOperators, type KArAtOperatorsArgs } from './KArAtOperators.js';
import { singleShape } from './shapes.js';

export interface KArAtArgs extends KArAtOperatorsArgs {
  /** Number of heads, a divisor of the features. */
  readonly heads: number;
}

/**
 * Kolmogorov-Arnold attention, [batch, tokens, features] → the same shape: the softmax of every row a of scores gives way to σ(a)
 * = W·Φ(a), (Φ a)_p = Σ_q φ_pq(a_q) for p = 1 … r with learnable functions φ_pq and W of shape [tokens, r], one operator a head.
 * The number of tokens is fixed. Fourier functions have 2·tokens·r·G numbers an operator, DARUANs 2·tokens·r·(reps + 1), W
 * tokens·r. Every such layer has operators of its own (the paper's blockwise mode); for its universal mode see `sharedKArAt`.
 *
 * A reconstruction where the paper is silent: W starts normal with a deviation that gives outputs the variance of values;
 * `causal` (scores of later tokens count as 0, and they get no weight) and the quantum functions are ours.
 *
 * @throws if heads do not divide the features, or the number of tokens is open
 * @cost batch · heads · tokens² · r functions
 * @see arXiv:2503.10632
 * @example new KArAt({ heads: 4, functions: { name: 'daruan', reps: 2 }, rank: 4, inputShape: [16, 32] })
 */
export class KArAt extends CompositeLayer {
  static readonly className = 'KArAt';
  private readonly heads: number;
  private readonly seed: number;
  private readonly scores: AttentionScores;
  private readonly operators: KArAtOperators;
  private readonly mix: AttentionOutput;

  constructor(args: KArAtArgs) {
    super(args as object);
    const { heads, seed = 0, functions, rank, causal, projection } = args ?? {};
    checkInteger('KArAt', 'heads', heads, 1);
    checkInteger('KArAt', 'seed', seed, 0, 0xffffffff);
    [this.heads, this.seed] = [heads, seed];
    const random = new Random(seed);
    this.scores = new AttentionScores({ heads, seed: random.bits(), name: 'scores' });
    const operators = { functions, rank, causal, projection };
    this.operators = new KArAtOperators({ ...operators, seed: random.bits(), name: 'operators' });
    this.mix = new AttentionOutput({ seed: random.bits(), name: 'mix' });
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const [scores, values] = this.scores.computeOutputShape(inputShape);
    this.addPart(this.scores, singleShape('KArAt', inputShape));
    this.addPart(this.operators, scores);
    this.addPart(this.mix, [scores, values]);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => attend(inputs, this.scores, this.operators, this.mix));
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    return singleShape('KArAt', inputShape);
  }

  override getConfig() {
    const { heads, seed } = this;
    return { ...super.getConfig(), ...this.operators.options(), heads, seed } as never;
  }
}

/**
 * Kolmogorov-Arnold attention in the paper's universal mode, as a part of a functional model: queries, keys, values and the last
 * map are its own, the operators those of a layer that other blocks use too. With h heads and L blocks, operators have
 * h·(2·tokens·r·G + tokens·r) numbers in all, not L times as many.
 *
 * @param x          shape [batch, tokens, features]
 * @param operators  one layer for all blocks of equal heads and tokens
 * @see arXiv:2503.10632
 */
export function sharedKArAt(
  x: tfl.SymbolicTensor,
  operators: KArAtOperators,
  { heads, seed = 0, name = 'attention' }: { readonly heads: number; readonly seed?: number; readonly name?: string },
): tfl.SymbolicTensor {
  checkInteger('sharedKArAt', 'seed', seed, 0, 0xffffffff);
  const random = new Random(seed);
  const scores = new AttentionScores({ heads, seed: random.bits(), name: `${name}_scores` });
  return attend(x, scores, operators, new AttentionOutput({ seed: random.bits(), name: `${name}_mix` }));
}

/** The three steps of attention, on tensors or in a functional model. */
function attend<T extends tf.Tensor | tf.Tensor[] | tfl.SymbolicTensor>(
  x: T,
  first: AttentionScores,
  operators: KArAtOperators,
  last: AttentionOutput,
): T extends tfl.SymbolicTensor ? tfl.SymbolicTensor : tf.Tensor {
  const [scores, values] = first.apply(x) as tf.Tensor[];
  return last.apply([operators.apply(scores) as tf.Tensor, values]) as never;
}
