import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { checkFinite, checkInteger } from '../../foundation/checks.js';
import { DaruanError, expected } from '../../foundation/errors.js';
import { type Random, randomFrom } from '../../foundation/random.js';
import { PositionEmbedding } from '../layers/PositionEmbedding.js';
import { checkTokens } from './loss.js';

export interface GenerateOptions {
  /** Number of tokens to add. */
  readonly length: number;
  /** Divides the logits: 0 always takes the likeliest token, 1 (default) draws from the model's distribution. */
  readonly temperature?: number;
  /** Draw among the k likeliest tokens only. Default: all. */
  readonly top?: number;
  /** Default 0. */
  readonly seed?: number | Random;
}

/**
 * Continues a text, token by token, from what a language model says of its last `context` tokens.
 *
 * @param start  tokens, at least one
 * @returns the new tokens
 * @throws if the start is empty or holds what is no token, or an option is out of range
 * @cost one evaluation of the model on at most `context` tokens a new token
 */
export async function generate(
  model: tfl.LayersModel,
  start: ArrayLike<number>,
  options: GenerateOptions,
): Promise<Int32Array> {
  const { length, temperature = 1, top = Infinity, seed = 0 } = options;
  checkInteger('generate', 'length', length, 0);
  checkFinite('generate', 'temperature', temperature);
  if (temperature < 0) throw expected('generate', 'temperature ≥ 0', temperature);
  if (top !== Infinity) checkInteger('generate', 'top', top, 1);
  checkTokens('generate', model, start);
  if (!(start?.length > 0)) throw new DaruanError('generate', 'there is no text to continue', 'Start with one token.');
  const context = contextOf(model);
  const random = randomFrom(seed);
  const text = Array.from(start);
  for (let k = 0; k < length; k++) {
    const past = text.slice(-context);
    const last = tf.tidy(() => {
      const all = model.apply(tf.tensor2d(past, [1, past.length], 'int32')) as tf.Tensor3D;
      return tf.slice(all, [0, past.length - 1, 0], [1, 1, -1]);
    });
    text.push(draw((await last.data()) as Float32Array, temperature, top, random));
    last.dispose();
  }
  return Int32Array.from(text.slice(start.length));
}

/** The most tokens that a model takes. */
export function contextOf(model: tfl.LayersModel): number {
  const positions = model.layers.find((layer) => layer instanceof PositionEmbedding);
  return positions ? positions.context : Infinity;
}

/** A token by its logit. */
function draw(logits: Float32Array, temperature: number, top: number, random: Random): number {
  const likeliest = Array.from(logits.keys()).sort((a, b) => logits[b] - logits[a] || a - b);
  if (!Number.isFinite(logits[likeliest[0]])) {
    throw new DaruanError('generate', 'the model says what is not finite', 'Train it anew with a lower learning rate.');
  }
  if (temperature === 0) return likeliest[0];
  const among = likeliest.slice(0, Math.min(top, logits.length));
  const weights = among.map((token) => Math.exp((logits[token] - logits[among[0]]) / temperature));
  let rest = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [k, weight] of weights.entries()) {
    rest -= weight;
    if (rest < 0) return among[k];
  }
  return among[0];
}
