import * as tf from '@tensorflow/tfjs-core';
import { takeColumns } from '../columns.js';
import { apply } from '../differentiable.js';
import { onHost } from '../host.js';
import { filledTensor } from '../numbers.js';

// The rows of a layer's matrix, one an edge. On the host in one loop each way: tfjs would make each part with operations of
// its own, and copy narrow columns row by row. Derivatives of each operation are others of them, so that they are exact to any order.

/**
 * [scale ⊙ rows | last]: each row times its number, and a last column beside them where there is one.
 *
 * @param rows   shape [edges, K]
 * @param scale  shape [edges, 1]
 * @param last   shape [edges, 1]
 */
export function edgeMatrix(rows: tf.Tensor2D, scale: tf.Tensor2D, last?: tf.Tensor2D): tf.Tensor2D {
  const [edges, size] = rows.shape;
  if (!onHost()) {
    const scaled = tf.mul(rows, scale) as tf.Tensor2D;
    return last ? tf.concat2d([scaled, last], 1) : scaled;
  }
  const width = size + (last ? 1 : 0);
  return apply<tf.Tensor2D>(
    {
      forward: (...inputs) =>
        filledTensor([edges, width], inputs, (out, values, factors, beside) => {
          for (let edge = 0, from = 0, at = 0; edge < edges; edge++) {
            for (let k = 0; k < size; k++) out[at++] = values[from++] * factors[edge];
            if (beside) out[at++] = beside[edge];
          }
        }),
      gradient: (dy, values, factors) => [
        () => scaledRows(dy, factors as tf.Tensor2D, size),
        () => rowSums(dy, values as tf.Tensor2D),
        () => takeColumns(dy, size, 1),
      ],
    },
    rows,
    scale,
    ...(last ? [last] : []),
  );
}

/** scale ⊙ the first `size` columns, shape [edges, size]. */
function scaledRows(matrix: tf.Tensor2D, scale: tf.Tensor2D, size: number): tf.Tensor2D {
  const [edges, width] = matrix.shape;
  return apply<tf.Tensor2D>(
    {
      forward: (...inputs) =>
        filledTensor([edges, size], inputs, (out, values, factors) => {
          for (let edge = 0, at = 0; edge < edges; edge++) {
            for (let k = 0; k < size; k++) out[at++] = values[edge * width + k] * factors[edge];
          }
        }),
      gradient: (dy, values, factors) => [
        () => edgeMatrix(dy, factors as tf.Tensor2D, width > size ? tf.zeros([edges, 1]) : undefined),
        () => rowSums(values as tf.Tensor2D, dy),
      ],
    },
    matrix,
    scale,
  );
}

/** Σ_k matrix_k rows_k over the columns of `rows`, the first of the matrix; shape [edges, 1]. */
function rowSums(matrix: tf.Tensor2D, rows: tf.Tensor2D): tf.Tensor2D {
  const [edges, width] = matrix.shape;
  const size = rows.shape[1];
  return apply<tf.Tensor2D>(
    {
      forward: (...inputs) =>
        filledTensor([edges, 1], inputs, (out, left, right) => {
          for (let edge = 0; edge < edges; edge++) {
            let sum = 0;
            for (let k = 0; k < size; k++) sum += left[edge * width + k] * right[edge * size + k];
            out[edge] = sum;
          }
        }),
      gradient: (dy, left, right) => [
        () => edgeMatrix(right as tf.Tensor2D, dy, width > size ? tf.zeros([edges, 1]) : undefined),
        () => scaledRows(left as tf.Tensor2D, dy, size),
      ],
    },
    matrix,
    rows,
  );
}
