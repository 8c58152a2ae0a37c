import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { AnsatzName } from '../../../circuits/ansatz/table.js';
import { checkChoice, checkInteger } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import { Random } from '../../foundation/random.js';
import { projectSimplex } from '../simplex.js';
import type { ActivationOptions } from './activationOptions.js';
import { CompositeLayer } from './CompositeLayer.js';
import { FourierTable } from './FourierTable.js';
import { Linear } from './Linear.js';
import { QKANLayer } from './QKANLayer.js';
import { singleShape } from './shapes.js';
import { fromVerbatim, isKeptObject, type Verbatim, verbatim } from './verbatim.js';

/** The functions φ_pq of an attention operator. */
export type AttentionFunctions =
  | { readonly name: 'fourier' /** G. Default 3. */; readonly frequencies?: number }
  | ({ readonly name: 'daruan'; readonly ansatz?: AnsatzName } & Omit<ActivationOptions, 'ansatz' | 'seed'>);

export interface KArAtOperatorsArgs {
  /** Default `'fourier'`; `'daruan'` puts a quantum activation for each pair (p, q) in their place. */
  readonly functions?: 'fourier' | 'daruan' | AttentionFunctions | Verbatim;
  /** r, how many mixtures of functions a row of scores is told by. Default 12. */
  readonly rank?: number;
  /** Whether a token sees itself and what came before only. Default false, as in the paper. */
  readonly causal?: boolean;
  /** What makes weights of the result: nothing (default, as in the paper's results), or its projection to the simplex. */
  readonly projection?: 'none' | 'simplex';
  /** Seed of the initial values. Default 0. */
  readonly seed?: number;
  readonly name?: string;
  readonly inputShape?: tfl.Shape;
}

/**
 * The operators of Kolmogorov-Arnold attention, scores [batch, heads, tokens, tokens] → weights of the same shape: for every row
 * a of scores σ(a) = W·Φ(a), (Φ a)_p = Σ_q φ_pq(a_q) for p = 1 … r, one table Φ of learnable functions and one W of shape
 * [tokens, r] a head. One layer of them may serve all blocks of a model, as in `sharedKArAt`.
 *
 * @cost batch · heads · tokens² · r functions
 * @see arXiv:2503.10632
 */
export class KArAtOperators extends CompositeLayer {
  static readonly className = 'KArAtOperators';
  private readonly functions: AttentionFunctions;
  private readonly args: Required<Pick<KArAtOperatorsArgs, 'rank' | 'causal' | 'projection' | 'seed'>>;
  private tables: readonly (FourierTable | QKANLayer)[] = [];
  private mixtures: readonly Linear[] = [];
  /** Heads and tokens, once the layer is built. */
  private sizes?: readonly [heads: number, tokens: number];

  constructor(args: KArAtOperatorsArgs = {}) {
    super(args as object);
    const { functions = 'fourier', rank = 12, causal = false, projection = 'none', seed = 0 } = args;
    this.args = { rank, causal, projection, seed };
    checkInteger('KArAt', 'rank', rank, 1);
    checkInteger('KArAt', 'seed', seed, 0, 0xffffffff);
    checkChoice('KArAt', 'projection', projection, ['none', 'simplex']);
    if (typeof causal !== 'boolean') throw expected('KArAt', 'causal to be a boolean', causal);
    const kept = isKeptObject(functions) ? fromVerbatim<AttentionFunctions>(functions) : functions;
    this.functions = (typeof kept === 'string' ? { name: kept } : kept) as AttentionFunctions;
    checkChoice('KArAt', 'functions', this.functions?.name, ['fourier', 'daruan']);
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const [, heads, tokens] = singleShape('KArAtOperators', inputShape) as number[];
    this.computeOutputShape(inputShape);
    this.sizes = [heads, tokens];
    const { rank, seed } = this.args;
    const { functions } = this;
    const random = new Random(seed);
    const strength = functions.name === 'fourier' ? (functions.frequencies ?? 3) : 1; // ⟨φ²⟩ of a function
    const deviation = 1 / (tokens * Math.sqrt(rank * strength));
    const every = Array.from({ length: heads }, (_, head) => head);
    this.tables = every.map((head) => tableLayer(functions, rank, random.bits(), `functions_${head}`));
    this.mixtures = every.map((head) => {
      return new Linear({ units: tokens, useBias: false, deviation, seed: random.bits(), name: `mixture_${head}` });
    });
    for (const table of this.tables) this.addPart(table, [null, tokens]);
    for (const mixture of this.mixtures) this.addPart(mixture, [null, rank]);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const [batch, , tokens] = x.shape;
      const { causal, projection } = this.args;
      const past = causal ? tf.linalg.bandPart(tf.ones([tokens, tokens]), -1, 0) : undefined;
      const seen = (rows: tf.Tensor): tf.Tensor => (past ? tf.mul(rows, past) : rows);
      const scores = seen(x);
      // slices: in tfjs 4.22 tf.unstack has no gradient where there is one head
      const weights = this.tables.map((table, head) => {
        const rows = tf.reshape(tf.slice(scores, [0, head, 0, 0], [-1, 1, -1, -1]), [batch * tokens, tokens]);
        const told = this.mixtures[head].apply(table.apply(rows) as tf.Tensor) as tf.Tensor;
        const visible = seen(tf.reshape(told, [batch, 1, tokens, tokens]));
        if (projection === 'none') return visible;
        // what is not seen lies so low that the simplex leaves it at 0
        const lowered = past ? tf.add(visible, tf.mul(tf.sub(past, 1), 1e6)) : visible;
        const flat = tf.reshape(lowered, [batch * tokens, tokens]) as tf.Tensor2D;
        return tf.reshape(projectSimplex(flat), [batch, 1, tokens, tokens]);
      });
      return tf.concat(weights, 1);
    });
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    const shape = singleShape('KArAtOperators', inputShape);
    const [, heads, tokens, others] = shape;
    const { sizes = [heads, tokens] } = this;
    if (shape.length === 4 && heads && tokens && heads === sizes[0] && tokens === sizes[1] && tokens === others)
      return shape;
    const wanted = this.sizes ? [...this.sizes, this.sizes[1]] : ['heads', 'tokens', 'tokens'];
    throw expected('KArAtOperators', `scores of shape [batch, ${wanted.join(', ')}]`, shape);
  }

  /** What was asked for, as plain data. */
  options(): KArAtOperatorsArgs {
    return { ...this.args, functions: verbatim(this.functions) };
  }

  override getConfig() {
    return { ...super.getConfig(), ...this.options() } as never;
  }
}

/** The table Φ of an operator, tokens → rank. */
function tableLayer(functions: AttentionFunctions, units: number, seed: number, name: string) {
  if (functions.name === 'fourier') return new FourierTable({ units, frequencies: functions.frequencies, seed, name });
  const { name: _, ...options } = functions;
  const start = { thetaInitializer: 'smallGaussian', baseActivation: 'none' } as const;
  return new QKANLayer({ ...start, ...options, units, seed, name });
}
