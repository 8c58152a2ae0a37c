import type { Backend } from '../../kernels/backend.js';
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
  jacobian: (problem) =>
    gather(
      problem,
      single(problem).map(({ part, ones }) => sweep(part, ones)),
    ),
  vjp: (problem, upstream) => sweep(problem, upstream).columns,
});

/** What one sweep gives: ⟨O_k⟩, shape [batch, observables], and the derivatives by `wrt`, shape [batch] each. */
interface Sweep {
  readonly values: Float64Array;
  readonly columns: Float64Array[];
}

function sweep(problem: Problem, upstream: Float64Array): Sweep {
  const { compiled, bound, angles, backend, observables } = problem;
  return pulledBack(problem, backend.adjoint(compiled.program, angles, bound.batch, observables, upstream));
}

/** What a backend's adjoint method gives for the angles, for the symbols. */
export function pulledBack(
  { where, compiled, bound, wrt }: Problem,
  { values, gradients }: ReturnType<Backend['adjoint']>,
): Sweep {
  return { values, columns: pullback(where, compiled, bound, gradients, 1, wrt) };
}

/** The problem of each observable alone, and its upstream of ones. */
export const single = (problem: Problem): { readonly part: Problem; readonly ones: Float64Array }[] =>
  problem.observables.map((observable) => ({
    part: { ...problem, observables: [observable] },
    ones: new Float64Array(problem.bound.batch).fill(1),
  }));

/** Sweeps of single observables as one Jacobian, shape [batch, observables]. */
export function gather({ bound: { batch }, wrt }: Problem, sweeps: readonly Sweep[]): Sweep {
  const count = sweeps.length;
  const values = new Float64Array(batch * count);
  const columns = wrt.map(() => new Float64Array(batch * count));
  sweeps.forEach((found, k) => {
    for (let b = 0; b < batch; b++) {
      values[b * count + k] = found.values[b];
      columns.forEach((column, i) => {
        column[b * count + k] = found.columns[i][b];
      });
    }
  });
  return { values, columns };
}
