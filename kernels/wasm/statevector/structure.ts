/** Whether a matrix on one qubit, interleaved, is [[0, 1], [1, 0]] to the last bit. */
export function isFlip(entries: Float64Array): boolean {
  return entries.every((value, k) => value === (k === 2 || k === 4 ? 1 : 0));
}

/** Whether all imaginary parts are 0. */
export function isRealMatrix(entries: Float64Array): boolean {
  return entries.every((value, k) => k % 2 === 0 || value === 0);
}

/** A†, row-major, interleaved. */
export function adjointOf(entries: Float64Array): Float64Array {
  const size = Math.sqrt(entries.length / 2);
  const result = new Float64Array(entries.length);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      result[2 * (column * size + row)] = entries[2 * (row * size + column)];
      result[2 * (column * size + row) + 1] = -entries[2 * (row * size + column) + 1];
    }
  }
  return result;
}

/** AB of two square matrices, row-major, interleaved. */
export function product(a: Float64Array, b: Float64Array): Float64Array {
  const size = Math.sqrt(a.length / 2);
  const result = new Float64Array(a.length);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      for (let k = 0; k < size; k++) {
        const from = 2 * (row * size + k);
        const to = 2 * (k * size + column);
        result[2 * (row * size + column)] += a[from] * b[to] - a[from + 1] * b[to + 1];
        result[2 * (row * size + column) + 1] += a[from] * b[to + 1] + a[from + 1] * b[to];
      }
    }
  }
  return result;
}

/** A matrix on one of several targets, as a matrix on all of them; `position` counts from the least significant. */
export function widen(entries: Float64Array, position: number, numTargets: number): Float64Array {
  const size = 2 ** numTargets;
  const result = new Float64Array(2 * size * size);
  for (let row = 0; row < size; row++) {
    for (const bit of [0, 1]) {
      const column = (row & ~(1 << position)) | (bit << position);
      const from = 2 * (2 * ((row >> position) & 1) + bit);
      result[2 * (row * size + column)] = entries[from];
      result[2 * (row * size + column) + 1] = entries[from + 1];
    }
  }
  return result;
}
