import { slotAngles } from '../compile/slots.js';
import { expanded } from '../compile/values.js';
import { checkInteger } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';
import { type Random, randomFrom } from '../foundation/random.js';
import { type GradientOptions, gradientMethod } from './method.js';

export interface SpsaOptions extends GradientOptions {
  /** Required: a seed, or a generator that is advanced by directions · batch · symbols signs. */
  readonly seed?: number | Random;
  /** Independent directions that are averaged; 1 by default. */
  readonly directions?: number;
  /** h, in the unit of the symbols; 1e-3 in float64, 5e-3 in float32. */
  readonly step?: number;
}

/**
 * Simultaneous perturbation: all symbols are moved at once along random signs Δ ∈ {−1, 1}ᴾ.
 *
 * g_i = [f(x + hΔ) − f(x − hΔ)] / (2hΔ_i), averaged over directions. Its mean is the gradient up to O(h²); its variance
 * is Σ_{j≠i} (∂_j f)² / directions. Every sample has directions of its own.
 *
 * @throws if `seed` is missing: randomness is always an argument
 * Cost: 1 + 2 · directions simulations, whatever the number of symbols.
 * Source: Spall, IEEE Trans. Autom. Control 37, 332 (1992).
 * @example spsa.jacobian(circuit({ numQubits: 1, operations: [op('ry', [0], 'a')] }), 'Z', { a: 0.3 }, { seed: 7, directions: 10 })
 */
export const spsa = gradientMethod<SpsaOptions>('spsa', false, {
  jacobian(problem, options) {
    const { where, compiled, bound, angles, backend, observables, wrt } = problem;
    const { directions = 1, step = backend.precision === 'float64' ? 1e-3 : 5e-3, seed } = options;
    if (seed === undefined) throw new DaruanError(where, 'no seed is given', 'Pass { seed: 7 } or a Random.');
    checkInteger(where, 'directions', directions, 1);
    if (!(step > 0) || !Number.isFinite(step)) throw expected(where, 'a positive step', step);
    const random = randomFrom(seed);
    const { batch } = bound;
    const width = observables.length;
    const columns = wrt.map(() => new Float64Array(batch * width));
    for (let direction = 0; direction < directions; direction++) {
      const signs = Int8Array.from({ length: batch * wrt.length }, () => random.sign());
      const at = (distance: number): Float64Array => {
        const moved = bound.columns.slice();
        wrt.forEach((symbol, k) => {
          moved[symbol] = expanded(bound, symbol).map((x, b) => x + distance * signs[b * wrt.length + k]);
        });
        const table = slotAngles(where, compiled, { batch, columns: moved });
        return backend.expectation(compiled.program, table, batch, observables);
      };
      const [high, low] = [at(step), at(-step)];
      columns.forEach((column, k) => {
        for (let i = 0; i < column.length; i++) {
          const sign = signs[Math.floor(i / width) * wrt.length + k];
          column[i] += (sign * (high[i] - low[i])) / (2 * step * directions);
        }
      });
    }
    return { values: backend.expectation(compiled.program, angles, batch, observables), columns };
  },
});
