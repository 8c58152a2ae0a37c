import * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import { Random } from '../../foundation/random.js';
import { CausalAttention } from '../layers/CausalAttention.js';
import { LayerNorm } from '../layers/LayerNorm.js';
import { Linear } from '../layers/Linear.js';
import { PositionEmbedding } from '../layers/PositionEmbedding.js';
import { TokenEmbedding } from '../layers/TokenEmbedding.js';
import { buildFeedForward, type FeedForward, mlpBlock } from './feedForward.js';

export interface LanguageModelArgs {
  /** Number of different tokens. */
  readonly vocabularySize: number;
  /** The most tokens that it looks back on, the one at hand included. */
  readonly context: number;
  /** Features of a token. Default 64. */
  readonly width?: number;
  /** Number of attention heads, a divisor of the width. Default 4. */
  readonly heads?: number;
  /** Number of blocks: attention and feed-forward. Default 2. */
  readonly blocks?: number;
  /** The feed-forward block. Default `mlpBlock()`. */
  readonly feedForward?: FeedForward;
  /** Whether the output map is the table of token vectors. Default false. */
  readonly tieWeights?: boolean;
  /** Seed of the initial values. Default 0. */
  readonly seed?: number;
  readonly name?: string;
}

/**
 * A GPT-style transformer, tokens [batch, time] → logits [batch, time, vocabularySize] of the next token, time ≤ context:
 * token and position vectors; blocks x ← x + attention(norm(x)), x ← x + feedForward(norm(x)); a last norm and linear map.
 * Its feed-forward block is a value, so that an MLP and quantum or classical KANs stand on equal terms.
 *
 * @returns an ordinary tfjs model: save and load it as such, train it with `trainLanguageModel`
 * @throws if a size is out of range
 * @see Radford et al., Language models are unsupervised multitask learners (2019)
 * @example languageModel({ vocabularySize: 16, context: 32, feedForward: hqkanBlock({ latent: 16 }), seed: 1 })
 */
export function languageModel(args: LanguageModelArgs): tfl.LayersModel {
  const { vocabularySize, context, width = 64, heads = 4, blocks = 2, feedForward = mlpBlock() } = args ?? {};
  const { tieWeights = false, seed = 0, name } = args ?? {};
  const sizes = { vocabularySize, context, width, heads };
  for (const [size, value] of Object.entries(sizes)) checkInteger('languageModel', size, value, 1);
  checkInteger('languageModel', 'blocks', blocks, 0);
  checkInteger('languageModel', 'seed', seed, 0, 0xffffffff);
  if (width % heads !== 0) throw expected('languageModel', `heads to divide the width ${width}`, heads);

  const random = new Random(seed);
  const tokens = tfl.input({ shape: [null], dtype: 'int32', name: 'tokens' });
  const embedding = new TokenEmbedding({ vocabularySize, width, seed: random.bits(), name: 'embedding' });
  const positions = new PositionEmbedding({ context, seed: random.bits(), name: 'positions' });
  let x = positions.apply(embedding.apply(tokens)) as tfl.SymbolicTensor;
  const residual = (block: string, layer: tfl.layers.Layer): void => {
    const change = layer.apply(new LayerNorm({ name: `${block}_norm` }).apply(x)) as tfl.SymbolicTensor;
    x = tfl.layers.add({ name: `${block}_sum` }).apply([x, change]) as tfl.SymbolicTensor;
  };
  const outputScale = 1 / Math.sqrt(2 * Math.max(1, blocks)); // so that a deep stack starts near the identity
  for (let k = 0; k < blocks; k++) {
    const [mixing, feeding] = [`attention_${k}`, `feed_forward_${k}`];
    residual(mixing, new CausalAttention({ heads, outputScale, seed: random.bits(), name: mixing }));
    residual(feeding, buildFeedForward(feedForward, width, random.bits(), feeding));
  }
  const head = tieWeights
    ? embedding
    : new Linear({ units: vocabularySize, useBias: false, seed: random.bits(), name: 'head' });
  const logits = head.apply(new LayerNorm({ name: 'last_norm' }).apply(x)) as tfl.SymbolicTensor;
  return tfl.model({ inputs: tokens, outputs: logits, ...(name !== undefined && { name }) });
}
