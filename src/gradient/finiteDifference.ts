import { slotAngles } from '../compile/slots.js';
import { expanded, withColumn } from '../compile/values.js';
import { checkChoice } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import { type GradientOptions, gradientMethod } from './method.js';

export interface FiniteDifferenceOptions extends GradientOptions {
  /** `central` (default) or `forward`. */
  readonly stencil?: 'central' | 'forward';
  /** h, in the unit of the symbols; by default that of the least error in the backend's precision. */
  readonly step?: number;
}

/** h that balances truncation and rounding: ε^(1/3) for central, 2√ε for forward differences. */
const defaultSteps = {
  float64: { central: 6e-6, forward: 3e-8 },
  float32: { central: 5e-3, forward: 7e-4 },
} as const;

/**
 * Finite differences: a check that knows nothing of gates, not a way to train.
 *
 * central: [f(x + h) − f(x − h)] / 2h, error h²|f‴|/6 + ε/h, about 1e−11 in float64;
 * forward: [f(x + h) − f(x)] / h, error h|f″|/2 + 2ε/h, about 1e−8.
 *
 * @throws if `step` is not positive
 * Cost: 2 (central) or 1 (forward) simulations a symbol.
 * Source: Press et al., Numerical Recipes, section 5.7.
 * @example finiteDifference.jacobian(circuit({ numQubits: 1, operations: [op('ry', [0], 'a')] }), 'Z', { a: 0.3 }, { step: 1e-5 })
 */
export const finiteDifference = gradientMethod<FiniteDifferenceOptions>('finiteDifference', false, {
  jacobian(problem, options) {
    const { where, compiled, bound, angles, backend, observables, wrt } = problem;
    const stencil = options.stencil ?? 'central';
    checkChoice(where, 'stencil', stencil, ['central', 'forward']);
    const step = options.step ?? defaultSteps[backend.precision][stencil];
    if (!(step > 0) || !Number.isFinite(step)) throw expected(where, 'a positive step', step);
    const values = backend.expectation(compiled.program, angles, bound.batch, observables);
    const columns = wrt.map((symbol) => {
      const column = expanded(bound, symbol);
      const at = (points: Float64Array): Float64Array => {
        const moved = slotAngles(where, compiled, withColumn(bound, symbol, points));
        return backend.expectation(compiled.program, moved, bound.batch, observables);
      };
      const above = column.map((x) => x + step);
      const below = stencil === 'central' ? column.map((x) => x - step) : column;
      const [high, low] = [at(above), stencil === 'central' ? at(below) : values];
      // Divide by the distance of the points as they were rounded.
      return high.map((value, i) => {
        const sample = Math.floor(i / observables.length);
        return (value - low[i]) / (above[sample] - below[sample]);
      });
    });
    return { values, columns };
  },
});
