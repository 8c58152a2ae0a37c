import { pullback } from '../compile/slots.js';
import { gradientMethod, type Problem } from './method.js';

/**
 * The adjoint method: one run forward, one back, whatever the number of symbols.
 *
 * With ⟨λ| = ⟨ψ|O carried back through the circuit, a rotation exp(−iθP/2) has ∂⟨O⟩/∂θ = Im⟨λ|P|ψ⟩ right after it;
 * the chain rule leads from angles to symbols. Exact up to rounding; needs the state, so it is for simulators only.
 *
 * Cost: vjp about 3 simulations, two states of memory; jacobian that for each observable.
 * Source: Jones & Gacon, arXiv:2009.02823.
 * @example adjoint.jacobian(circuit({ numQubits: 1, operations: [op('ry', [0], 'theta')] }), 'Z', { theta: 0.3 })
 *          // jacobian.theta = [−sin 0.3]
 */
export const adjoint = gradientMethod('adjoint', true, {
  jacobian(problem) {
    const { batch } = problem.bound;
    const count = problem.observables.length;
    const values = new Float64Array(batch * count);
    const columns = problem.wrt.map(() => new Float64Array(batch * count));
    problem.observables.forEach((observable, k) => {
      const single = sweep({ ...problem, observables: [observable] }, new Float64Array(batch).fill(1));
      for (let b = 0; b < batch; b++) {
        values[b * count + k] = single.values[b];
        columns.forEach((column, i) => {
          column[b * count + k] = single.columns[i][b];
        });
      }
    });
    return { values, columns };
  },
  vjp: (problem, upstream) => sweep(problem, upstream).columns,
});

function sweep(
  { where, compiled, bound, angles, backend, observables, wrt }: Problem,
  upstream: Float64Array,
): { values: Float64Array; columns: Float64Array[] } {
  const { values, gradients } = backend.adjoint(compiled.program, angles, bound.batch, observables, upstream);
  return { values, columns: pullback(where, compiled, bound, gradients, 1, wrt) };
}
