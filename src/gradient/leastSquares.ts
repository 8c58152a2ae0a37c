/** Dense least squares for the few equations of a shift rule. A matrix is a list of columns. */
export type Columns = readonly Float64Array[];

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, entry, i) => sum + entry * b[i], 0);

/**
 * The x of least norm that minimises |A x − b|, and the condition number σ_max/σ_min of A,
 * by the one-sided Jacobi singular value decomposition (Hestenes 1958), with one step of iterative refinement.
 */
export function leastSquares(columns: Columns, target: Float64Array): { solution: number[]; conditionNumber: number } {
  const { rotated, basis } = jacobi(columns);
  const sigmas = rotated.map((column) => Math.sqrt(dot(column, column)));
  const largest = Math.max(...sigmas);
  const solve = (b: Float64Array): number[] => {
    const weights = rotated.map((column, k) =>
      sigmas[k] <= 1e-15 * largest ? 0 : dot(column, b) / (sigmas[k] * sigmas[k]),
    );
    return columns.map((_, i) => weights.reduce((sum, weight, k) => sum + weight * basis[k][i], 0));
  };
  const first = solve(target);
  const correction = solve(residual(columns, first, target));
  return { solution: first.map((x, i) => x + correction[i]), conditionNumber: largest / Math.min(...sigmas) };
}

/** The singular values of a matrix, descending. */
export const singularValues = (columns: Columns): Float64Array =>
  Float64Array.from(jacobi(columns).rotated, (column) => Math.sqrt(dot(column, column)))
    .sort()
    .reverse();

/** b − A x. */
export function residual(columns: Columns, x: readonly number[], target: Float64Array): Float64Array {
  return target.map((entry, row) => entry - columns.reduce((sum, column, i) => sum + column[row] * x[i], 0));
}

/** Rotates pairs of columns until all are orthogonal: A V = U Σ; `basis[k]` is column k of V. */
function jacobi(columns: Columns): { rotated: Float64Array[]; basis: Float64Array[] } {
  const rotated = columns.map((column) => column.slice());
  const basis = columns.map((_, k) => Float64Array.from(columns, (_, i) => (i === k ? 1 : 0)));
  for (let sweep = 0, turned = true; turned && sweep < 60; sweep++) {
    turned = false;
    for (let p = 0; p < rotated.length; p++) {
      for (let q = p + 1; q < rotated.length; q++) {
        const [alpha, beta] = [dot(rotated[p], rotated[p]), dot(rotated[q], rotated[q])];
        const gamma = dot(rotated[p], rotated[q]);
        if (Math.abs(gamma) <= 1e-16 * Math.sqrt(alpha * beta)) continue;
        turned = true;
        const zeta = (beta - alpha) / (2 * gamma);
        const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const c = 1 / Math.hypot(1, t);
        turn(rotated[p], rotated[q], c, c * t);
        turn(basis[p], basis[q], c, c * t);
      }
    }
  }
  return { rotated, basis };
}

function turn(a: Float64Array, b: Float64Array, c: number, s: number): void {
  for (let i = 0; i < a.length; i++) [a[i], b[i]] = [c * a[i] - s * b[i], s * a[i] + c * b[i]];
}

/**
 * The columns that carry an x ≥ 0 minimising |A x − b|: positions in increasing order, never more than there are rows.
 * Active set method of Lawson & Hanson, "Solving Least Squares Problems" (1974), chapter 23.
 */
export function nonNegativeSupport(columns: Columns, target: Float64Array): number[] {
  const tolerance = 1e-13 * Math.sqrt(dot(target, target));
  const weights = columns.map(() => 0);
  let passive: number[] = [];
  for (let step = 0; step < 30 * target.length && passive.length < target.length; step++) {
    const rest = residual(columns, weights, target);
    const slopes = columns.map((column, i) => (passive.includes(i) ? -Infinity : dot(column, rest)));
    const steepest = slopes.reduce((best, slope, i) => (slope > slopes[best] * (1 + 1e-12) ? i : best), 0);
    if (slopes[steepest] <= tolerance) break;
    passive = [...passive, steepest].sort((a, b) => a - b);
    for (let inner = 0; inner <= columns.length; inner++) {
      const trial = leastSquares(
        passive.map((i) => columns[i]),
        target,
      ).solution;
      if (trial.every((x) => x > 0)) {
        weights.fill(0);
        passive.forEach((i, k) => {
          weights[i] = trial[k];
        });
        break;
      }
      // Go towards the trial until the first weight vanishes, and drop that column.
      const limits = passive.map((i, k) => (trial[k] > 0 ? Infinity : weights[i] / (weights[i] - trial[k])));
      const step = Math.min(...limits);
      passive.forEach((i, k) => {
        weights[i] += step * (trial[k] - weights[i]);
      });
      passive = passive.filter((i, k) => limits[k] > step && weights[i] > 0);
      columns.forEach((_, i) => {
        if (!passive.includes(i)) weights[i] = 0;
      });
    }
  }
  return passive;
}
