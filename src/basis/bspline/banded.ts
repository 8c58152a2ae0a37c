/** A symmetric positive definite band matrix: entry [row·(width + 1) + d] stands at (row, row − d). */
export interface Band {
  readonly size: number;
  readonly width: number;
  readonly entries: Float64Array;
}

/** Solves A X = B by Cholesky's factorisation, for B of shape [size, columns]. A and B are overwritten; returns B. */
export function solveBand({ size, width, entries }: Band, right: Float64Array): Float64Array {
  const row = width + 1;
  const columns = right.length / size;
  for (let i = 0; i < size; i++) {
    for (let j = Math.max(0, i - width); j <= i; j++) {
      let sum = entries[i * row + i - j];
      for (let k = Math.max(0, i - width, j - width); k < j; k++) {
        sum -= entries[i * row + i - k] * entries[j * row + j - k];
      }
      entries[i * row + i - j] = i === j ? Math.sqrt(sum) : sum / entries[j * row];
    }
  }
  for (let i = 0; i < size; i++) {
    for (let c = 0; c < columns; c++) {
      let sum = right[i * columns + c];
      for (let k = Math.max(0, i - width); k < i; k++) sum -= entries[i * row + i - k] * right[k * columns + c];
      right[i * columns + c] = sum / entries[i * row];
    }
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let c = 0; c < columns; c++) {
      let sum = right[i * columns + c];
      for (let k = i + 1; k <= Math.min(size - 1, i + width); k++) {
        sum -= entries[k * row + k - i] * right[k * columns + c];
      }
      right[i * columns + c] = sum / entries[i * row];
    }
  }
  return right;
}
