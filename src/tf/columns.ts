import * as tf from '@tensorflow/tfjs-core';
import { apply } from './differentiable.js';
import { onHost } from './host.js';
import { numbersOf, tensorOf } from './numbers.js';

/**
 * Tensors side by side, as `tf.concat2d(tensors, 1)`. On the host in one loop: tfjs copies such narrow columns row by row, which
 * takes longer than evaluating a layer's circuits.
 *
 * @param tensors  shapes [rows, widths[k]]
 */
export function joinColumns(tensors: readonly tf.Tensor2D[]): tf.Tensor2D {
  if (tensors.length === 1) return tensors[0];
  if (!onHost()) return tf.concat2d([...tensors], 1);
  const rows = tensors[0].shape[0];
  const widths = tensors.map(({ shape }) => shape[1]);
  const starts = widths.map((_, k) => widths.slice(0, k).reduce((sum, width) => sum + width, 0));
  const total = starts[starts.length - 1] + widths[widths.length - 1];
  return apply<tf.Tensor2D>(
    {
      forward: (...parts) => {
        const joined = new Float32Array(rows * total);
        numbersOf(...parts).forEach((values, k) => {
          copyColumns(values, 0, widths[k], joined, starts[k], total, rows, widths[k]);
        });
        return tensorOf(joined, [rows, total]);
      },
      gradient: (dy) => starts.map((start, k) => () => takeColumns(dy, start, widths[k])),
    },
    ...tensors,
  );
}

/** Columns start … start + width. */
export function takeColumns(tensor: tf.Tensor2D, start: number, width: number): tf.Tensor2D {
  const [rows, total] = tensor.shape;
  return apply<tf.Tensor2D>(
    {
      forward: (input) => {
        const [values] = numbersOf(input);
        const taken = new Float32Array(rows * width);
        copyColumns(values, start, total, taken, 0, width, rows, width);
        return tensorOf(taken, [rows, width]);
      },
      gradient: (dy) => [
        () =>
          tf.pad2d(dy, [
            [0, 0],
            [start, total - start - width],
          ]),
      ],
    },
    tensor,
  );
}

/** Copies `width` columns, column by column, between matrices whose rows are `fromTotal` and `toTotal` long. */
function copyColumns(
  from: Float32Array,
  fromColumn: number,
  fromTotal: number,
  to: Float32Array,
  toColumn: number,
  toTotal: number,
  rows: number,
  width: number,
): void {
  for (let first = 0; first < rows; first += BLOCK) {
    const end = Math.min(first + BLOCK, rows);
    for (let column = 0; column < width; column++) {
      let i = first * fromTotal + fromColumn + column;
      let j = first * toTotal + toColumn + column;
      for (let row = first; row < end; row++, i += fromTotal, j += toTotal) to[j] = from[i];
    }
  }
}

/** Rows that stay in the cache while one column after the other is copied. */
const BLOCK = 256;
