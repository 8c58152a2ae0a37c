import { checkInteger } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import type { Random } from '../foundation/random.js';

/** Pieces of a text, and for each of their tokens the one that follows it. */
export interface Windows {
  readonly count: number;
  /** Tokens a window. */
  readonly context: number;
  /** Shape [count, context]. */
  readonly tokens: Int32Array;
  /** Shape [count, context]: the next tokens. */
  readonly labels: Int32Array;
}

/**
 * Windows at random places of a text, with repetition.
 *
 * @param random  advanced by `count` draws
 * @throws if the text is not longer than a window
 */
export function sampleWindows(text: Int32Array, context: number, count: number, random: Random): Windows {
  checkText('sampleWindows', text, context);
  checkInteger('sampleWindows', 'count', count, 1);
  return windowsAt(
    text,
    context,
    Array.from({ length: count }, () => random.integer(text.length - context)),
  );
}

/**
 * All windows of a text one after the other; what does not fill a window is left out.
 *
 * @throws if the text is not longer than a window
 */
export function consecutiveWindows(text: Int32Array, context: number): Windows {
  checkText('consecutiveWindows', text, context);
  const count = Math.floor((text.length - 1) / context);
  return windowsAt(
    text,
    context,
    Array.from({ length: count }, (_, k) => k * context),
  );
}

function windowsAt(text: Int32Array, context: number, starts: readonly number[]): Windows {
  const [tokens, labels] = [new Int32Array(starts.length * context), new Int32Array(starts.length * context)];
  starts.forEach((start, k) => {
    tokens.set(text.subarray(start, start + context), k * context);
    labels.set(text.subarray(start + 1, start + context + 1), k * context);
  });
  return { count: starts.length, context, tokens, labels };
}

function checkText(where: string, text: Int32Array, context: number): void {
  checkInteger(where, 'context', context, 1);
  if (!(text?.length > context)) throw expected(where, `a text of more than ${context} tokens`, text?.length);
}
