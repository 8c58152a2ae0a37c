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

export interface KArAtArgs {
  /** Number of heads, a divisor of the features. */
  readonly heads: number;
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
 * Kolmogorov-Arnold attention, [batch, tokens, features] → the same shape: the softmax of every row a of scores gives way to
 * σ(a) = W·Φ(a), (Φ a)_p = Σ_q φ_pq(a_q) for p = 1 … r with learnable functions φ_pq and W of shape [tokens, r], one operator a head. The
 * number of tokens is fixed. Fourier functions have 2·tokens·r·G numbers an operator, DARUANs 2·tokens·r·(reps + 1), W tokens·r.
 *
 * A reconstruction where the paper is silent: W starts normal with a deviation that gives outputs the variance of values; `causal` (scores
 * of later tokens count as 0, and they get no weight) and the quantum functions are ours. Its mode of one operator for all layers is
 * not offered.
 *
 * @throws if heads do not divide the features, or the number of tokens is open
 * @cost batch · heads · tokens² · r functions
 * @see arXiv:2503.10632
 * @example new KArAt({ heads: 4, functions: { name: 'daruan', reps: 2 }, rank: 4, inputShape: [16, 32] })
 */
export class KArAt extends CompositeLayer {
  static readonly className = 'KArAt';
  private readonly functions: AttentionFunctions;
  private readonly args: Required<Pick<KArAtArgs, 'heads' | 'rank' | 'causal' | 'projection' | 'seed'>>;
  private project!: Linear;
  private tables: readonly (FourierTable | QKANLayer)[] = [];
  private mixtures: readonly Linear[] = [];
  private combine!: Linear;

  constructor(args: KArAtArgs) {
    super(args as object);
    const { heads, functions = 'fourier', rank = 12, causal = false, projection = 'none', seed = 0 } = args ?? {};
    this.args = { heads, rank, causal, projection, seed };
    checkInteger('KArAt', 'heads', heads, 1);
    checkInteger('KArAt', 'rank', rank, 1);
    checkInteger('KArAt', 'seed', seed, 0, 0xffffffff);
    checkChoice('KArAt', 'projection', projection, ['none', 'simplex']);
    if (typeof causal !== 'boolean') throw expected('KArAt', 'causal to be a boolean', causal);
    const kept = isKeptObject(functions) ? fromVerbatim<AttentionFunctions>(functions) : functions;
    this.functions = (typeof kept === 'string' ? { name: kept } : kept) as AttentionFunctions;
    checkChoice('KArAt', 'functions', this.functions?.name, ['fourier', 'daruan']);
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const shape = singleShape('KArAt', inputShape);
    const [tokens, width] = [shape[1], shape[2]];
    const { heads, rank, seed } = this.args;
    if (shape.length !== 3 || !tokens || !width) {
      throw expected('KArAt', 'an input of shape [batch, tokens, features] with a fixed number of tokens', shape);
    }
    if (width % heads !== 0) throw expected('KArAt', `heads to divide ${width} features`, heads);
    const random = new Random(seed);
    const deviation = 1 / Math.sqrt(width);
    const { functions } = this;
    const strength = functions.name === 'fourier' ? (functions.frequencies ?? 3) : 1; // ⟨φ²⟩ of a function
    const every = Array.from({ length: heads }, (_, head) => head);
    this.project = new Linear({ units: 3 * width, deviation, seed: random.bits(), name: 'project' });
    this.tables = every.map((head) => tableLayer(functions, rank, random.bits(), `functions_${head}`));
    this.mixtures = every.map(
      (head) =>
        new Linear({
          units: tokens,
          useBias: false,
          deviation: 1 / (tokens * Math.sqrt(rank * strength)),
          seed: random.bits(),
          name: `mixture_${head}`,
        }),
    );
    this.combine = new Linear({ units: width, deviation, seed: random.bits(), name: 'combine' });
    this.addPart(this.project, [null, width]);
    for (const table of this.tables) this.addPart(table, [null, tokens]);
    for (const mixture of this.mixtures) this.addPart(mixture, [null, rank]);
    this.addPart(this.combine, [null, width]);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const [batch, tokens, width] = x.shape;
      const { heads, causal, projection } = this.args;
      const size = width / heads;
      const split = tf.reshape(this.project.apply(x) as tf.Tensor, [batch, tokens, 3, heads, size]);
      const [queries, keys, values] = tf.unstack(tf.transpose(split, [2, 3, 0, 1, 4])); // [heads, batch, tokens, size]
      const past = causal ? tf.linalg.bandPart(tf.ones([tokens, tokens]), -1, 0) : undefined;
      const seen = (rows: tf.Tensor): tf.Tensor => (past ? tf.mul(rows, past) : rows);
      const scores = seen(tf.mul(tf.matMul(queries, keys, false, true), 1 / Math.sqrt(size)));
      // slices: in tfjs 4.22 tf.unstack has no gradient where there is one head
      const weights = this.tables.map((table, head) => {
        const rows = tf.reshape(tf.slice(scores, [head, 0, 0, 0], [1, -1, -1, -1]), [batch * tokens, tokens]);
        const told = this.mixtures[head].apply(table.apply(rows) as tf.Tensor) as tf.Tensor;
        const visible = seen(tf.reshape(told, [1, batch, tokens, tokens]));
        if (projection === 'none') return visible;
        // what is not seen lies so low that the simplex leaves it at 0
        const lowered = past ? tf.add(visible, tf.mul(tf.sub(past, 1), 1e6)) : visible;
        const flat = tf.reshape(lowered, [batch * tokens, tokens]) as tf.Tensor2D;
        return tf.reshape(projectSimplex(flat), [1, batch, tokens, tokens]);
      });
      const mixed = tf.matMul(tf.concat(weights, 0), values); // [heads, batch, tokens, size]
      const joined = tf.reshape(tf.transpose(mixed, [1, 2, 0, 3]), [batch, tokens, width]);
      return this.combine.apply(joined) as tf.Tensor;
    });
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    return singleShape('KArAt', inputShape);
  }

  override getConfig() {
    return { ...super.getConfig(), ...this.args, functions: verbatim(this.functions) } as never;
  }
}

/** The table Φ of an operator, tokens → rank. */
function tableLayer(functions: AttentionFunctions, units: number, seed: number, name: string) {
  if (functions.name === 'fourier') return new FourierTable({ units, frequencies: functions.frequencies, seed, name });
  const { name: _, ...options } = functions;
  const start = { thetaInitializer: 'smallGaussian', baseActivation: 'none' } as const;
  return new QKANLayer({ ...start, ...options, units, seed, name });
}
