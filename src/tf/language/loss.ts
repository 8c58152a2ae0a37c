import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { consecutiveWindows, type Windows } from '../../data/windows.js';
import { checkInteger } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import { apply } from '../differentiable.js';
import { oneHotRows } from '../oneHot.js';
import { softmax } from '../smooth.js';

/**
 * The mean of −log softmax(logits)[label], in nats.
 *
 * @param logits  shape [..., vocabulary]
 * @param labels  int32, shape [...]
 */
export function crossEntropy(logits: tf.Tensor, labels: tf.Tensor): tf.Scalar {
  const vocabulary = logits.shape[logits.rank - 1];
  const chosen = (places: tf.Tensor) => oneHotRows(places, vocabulary);
  const rows = tf.reshape(logits, [-1, vocabulary]) as tf.Tensor2D;
  return apply<tf.Scalar>(
    {
      forward: (x, places) => {
        const most = tf.max(x, 1, true);
        const size = tf.add(tf.squeeze(most, [1]), tf.log(tf.sum(tf.exp(tf.sub(x, most)), 1)));
        return tf.mean(tf.sub(size, tf.sum(tf.mul(x, chosen(places)), 1))) as tf.Scalar;
      },
      gradient: (dy, x, places) => [() => tf.mul(tf.sub(softmax(x), chosen(places)), tf.div(dy, x.shape[0]!))],
    },
    rows,
    labels,
  );
}

/** The loss of a language model on windows, differentiable in its weights. */
export function windowsLoss(model: tfl.LayersModel, { count, context, tokens, labels }: Windows): tf.Scalar {
  const x = tf.tensor2d(tokens, [count, context], 'int32');
  return crossEntropy(model.apply(x) as tf.Tensor, tf.tensor2d(labels, [count, context], 'int32'));
}

export interface LanguageEvaluation {
  /** Mean −log P(next token), in nats. */
  readonly loss: number;
  /** exp(loss): of how many equally likely tokens the model would have to choose. */
  readonly perplexity: number;
  /** Number of tokens that were predicted. */
  readonly tokens: number;
}

/**
 * How well a language model predicts a text, window by window, each from its beginning.
 *
 * @param text     tokens
 * @param context  tokens a window, at most those of the model
 * @throws if the text is not longer than a window
 */
export async function evaluateLanguageModel(
  model: tfl.LayersModel,
  text: Int32Array,
  { context, batchSize = 32 }: { readonly context: number; readonly batchSize?: number },
): Promise<LanguageEvaluation> {
  checkInteger('evaluateLanguageModel', 'batchSize', batchSize, 1);
  checkTokens('evaluateLanguageModel', model, text);
  const all = consecutiveWindows(text, context);
  let sum = 0;
  for (let from = 0; from < all.count; from += batchSize) {
    const count = Math.min(batchSize, all.count - from);
    const part = (array: Int32Array) => array.subarray(from * context, (from + count) * context);
    const windows = { count, context, tokens: part(all.tokens), labels: part(all.labels) };
    const mean = tf.tidy(() => windowsLoss(model, windows));
    sum += count * (await mean.data())[0];
    mean.dispose();
  }
  const loss = sum / all.count;
  return { loss, perplexity: Math.exp(loss), tokens: all.count * context };
}

/** Throws unless all tokens of a text are in the vocabulary of a model. */
export function checkTokens(where: string, model: tfl.LayersModel, text: ArrayLike<number>): void {
  const size = vocabularySizeOf(where, model);
  for (let at = 0; at < (text?.length ?? 0); at++) {
    if (!Number.isInteger(text[at]) || text[at] < 0 || text[at] >= size) {
      throw expected(where, `token ${at} to be an integer in 0 … ${size - 1}`, text[at]);
    }
  }
}

/** The number of different tokens of a language model. */
export function vocabularySizeOf(where: string, model: tfl.LayersModel): number {
  const [input, output] = [model?.inputs?.[0]?.shape, model?.outputs?.[0]?.shape];
  if (input?.length !== 2 || output?.length !== 3) {
    throw expected(where, 'a language model, tokens [batch, time] → logits [batch, time, vocabulary]', model?.name);
  }
  return output[2]!;
}
