/** More sweeps than commuting matrices ever need: convergence is quadratic. */
const MAX_SWEEPS = 60;

/** What is left beside the diagonal, squared and summed, when entries of size 1 are diagonal to rounding. */
const ROUNDING = 1e-33;

/**
 * The rotation that makes two commuting symmetric matrices diagonal at once, by Jacobi turns that are each chosen for both.
 * Equal or nearly equal eigenvalues of one or of both do no harm: nothing is divided by their gap.
 *
 * @param pair  the two matrices, row-major, shape [size, size]; overwritten by what is diagonal
 * @returns P, row-major, shape [size, size], determinant 1: Pᵀ·matrix·P is diagonal
 * @see J.-F. Cardoso, A. Souloumiac, doi:10.1137/S0895479893259546
 */
export function jointDiagonal(pair: readonly [Float64Array, Float64Array], size: number): Float64Array {
  const rotation = new Float64Array(size * size);
  for (let i = 0; i < size; i++) rotation[i * size + i] = 1;
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let turned = false;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        let [on, off, beside] = [0, 0, 0];
        for (const a of pair) {
          const [gap, both] = [a[p * size + p] - a[q * size + q], 2 * a[p * size + q]];
          on += gap * gap - both * both;
          off += 2 * gap * both;
          beside += both * both;
        }
        if (beside < ROUNDING) continue;
        turned = true;
        const angle = 0.25 * Math.atan2(off, on); // (cos 2t, sin 2t) along the longest axis of what both have
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (const a of pair) {
          turnColumns(a, size, p, q, c, s);
          turnRows(a, size, p, q, c, s);
        }
        turnColumns(rotation, size, p, q, c, s);
      }
    }
    if (!turned) break;
  }
  return rotation;
}

function turnColumns(a: Float64Array, size: number, p: number, q: number, c: number, s: number): void {
  for (let row = 0; row < size * size; row += size) {
    const [x, y] = [a[row + p], a[row + q]];
    a[row + p] = c * x + s * y;
    a[row + q] = c * y - s * x;
  }
}

function turnRows(a: Float64Array, size: number, p: number, q: number, c: number, s: number): void {
  for (let column = 0; column < size; column++) {
    const [x, y] = [a[p * size + column], a[q * size + column]];
    a[p * size + column] = c * x + s * y;
    a[q * size + column] = c * y - s * x;
  }
}
