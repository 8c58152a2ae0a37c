import { checkAllFinite, checkChoice, checkInteger } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import { checkReadout, onEachQubit, type ReadoutError } from '../noise/readout.js';
import { onSimplex } from './simplex.js';

export interface ReadoutMitigationOptions {
  /**
   * `inverse` (default): A⁻¹q, without bias, but entries may be slightly negative.
   * `nearest`: the probabilities nearest to A⁻¹q. `leastSquares`: the probabilities p that minimise |A p − q|.
   */
  readonly method?: 'inverse' | 'nearest' | 'leastSquares';
}

/**
 * Undoes readout errors: from the frequencies q that were read, the distribution p with q = A p, A the confusion matrices of
 * all qubits side by side. Errors of neighbours are taken to be independent.
 *
 * @param frequencies  q, shape [2ⁿ], of sum 1; bit q of an index is qubit q
 * @param errors       one a qubit, p01 + p10 < 1
 * @returns shape [2ⁿ], of the same sum
 * @throws if there are fewer errors than qubits, or an error leaves nothing to invert
 * Cost: O(n · 2ⁿ); `leastSquares` some hundred times that.
 * Sources: Maciejewski, Zimborás, Oszmaniec, Quantum 4, 257 (2020); Smolin, Gambetta, Smith, Phys. Rev. Lett. 108, 070502
 *   (2012) for `nearest`; Beck & Teboulle, SIAM J. Imaging Sci. 2, 183 (2009) for the iteration of `leastSquares`.
 * @example mitigateReadout(Float64Array.of(0.93, 0.07), [{ p01: 0.02, p10: 0.05 }])
 */
export function mitigateReadout(
  frequencies: Float64Array,
  errors: readonly ReadoutError[],
  { method = 'inverse' }: ReadoutMitigationOptions = {},
): Float64Array {
  const where = 'mitigateReadout';
  const numQubits = Math.log2(frequencies?.length);
  checkInteger(where, 'log2 of the number of frequencies', numQubits, 0);
  checkAllFinite(where, 'frequencies', frequencies);
  checkChoice(where, 'method', method, ['inverse', 'nearest', 'leastSquares']);
  checkReadout(where, errors, numQubits);
  for (const [qubit, { p01, p10 }] of errors.entries()) {
    if (p01 + p10 >= 1) throw expected(where, `p01 + p10 < 1 for qubit ${qubit}`, p01 + p10, 'It tells 0 from 1.');
  }
  const inverse = onEachQubit(frequencies.slice(), (qubit) => {
    const { p01, p10 } = errors[qubit];
    const determinant = 1 - p01 - p10;
    return [(1 - p10) / determinant, -p10 / determinant, -p01 / determinant, (1 - p01) / determinant];
  });
  const total = frequencies.reduce((sum, value) => sum + value, 0);
  if (method === 'inverse') return inverse;
  const start = onSimplex(inverse, total);
  return method === 'nearest' ? start : leastSquares(frequencies, errors, start, total);
}

/** Projected gradients with momentum on |A p − q|²/2, restarted where the momentum points uphill. */
function leastSquares(q: Float64Array, errors: readonly ReadoutError[], start: Float64Array, total: number) {
  const forward = (p: Float64Array) =>
    onEachQubit(p.slice(), (k) => [1 - errors[k].p01, errors[k].p10, errors[k].p01, 1 - errors[k].p10]);
  const adjoint = (r: Float64Array) =>
    onEachQubit(r, (k) => [1 - errors[k].p01, errors[k].p01, errors[k].p10, 1 - errors[k].p10]);
  // |A|² ≤ Π |A_k|₁ |A_k|∞, and columns sum to 1
  const numQubits = Math.log2(q.length);
  const bound = errors.slice(0, numQubits).reduce((b, { p01, p10 }) => b * (1 + Math.abs(p10 - p01)), 1);
  let [p, ahead, t] = [start, start, 1];
  for (let step = 0; step < 2000; step++) {
    const gradient = adjoint(forward(ahead).map((value, z) => value - q[z]));
    const next = onSimplex(
      ahead.map((value, z) => value - gradient[z] / bound),
      total,
    );
    const moved = next.map((value, z) => value - p[z]);
    const uphill = moved.reduce((sum, value, z) => sum + value * (ahead[z] - next[z]), 0) > 0;
    const after = uphill ? 1 : (1 + Math.sqrt(1 + 4 * t * t)) / 2;
    ahead = uphill ? next : next.map((value, z) => value + ((t - 1) / after) * moved[z]);
    [p, t] = [next, after];
    if (!uphill && moved.every((value) => Math.abs(value) < 1e-14 * total)) break;
  }
  return p;
}
