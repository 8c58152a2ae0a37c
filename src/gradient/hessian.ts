import { formatAngle } from '../../circuits/angle/format.js';
import type { Circuit } from '../../circuits/circuit.js';
import type { ObservableLike } from '../../circuits/pauli.js';
import type { Angles } from '../../kernels/backend.js';
import type { CompiledCircuit } from '../compile/compile.js';
import { dependsOn, pullback, slotSlopes } from '../compile/slots.js';
import type { Values } from '../compile/values.js';
import { DaruanError } from '../foundation/errors.js';
import { angleCurvature } from './angleCurvature.js';
import { rotationFrequencies } from './frequencies.js';
import { type GradientOptions, named, type Problem, pose } from './method.js';
import { memo, shifted } from './parameterShift.js';

export interface Hessian {
  /** The symbols in the order of the Hessian's rows. */
  readonly symbols: readonly string[];
  /** ⟨O⟩, shape [batch]. */
  readonly values: Float64Array;
  /** ∂⟨O⟩/∂symbol, shape [batch] each. */
  readonly gradient: Readonly<Record<string, Float64Array>>;
  /** ∂²⟨O⟩/∂symbol_i ∂symbol_j, shape [batch, symbols, symbols], symmetric. */
  readonly hessian: Float64Array;
}

/**
 * All second derivatives of ⟨O⟩, by parameters and by data, per sample; exact up to rounding.
 *
 * With angles a_s(symbols): H_ij = Σ_st (∂²f/∂a_s∂a_t)(∂_i a_s)(∂_j a_t) + Σ_s (∂f/∂a_s)(∂_i∂_j a_s).
 * Row s of ∂²f is the shift rule of angle s applied to the adjoint gradient, Σ_k c_k ∇f(a + s_k e_s): a derivative of f has
 * no other frequencies than f. Angles need not be affine.
 *
 * @param observable  a word, a weighted sum of words, or an `Observable`
 * @param values  one number (shared) or [batch] numbers for each symbol, radians
 * @throws as `adjoint.jacobian`; if an angle has no finite second derivative
 * Cost: 2 adjoint sweeps for every rotation with a symbol (4 for a controlled one); memory batch · symbols².
 * Sources: Wierichs et al., Quantum 6, 677 (2022), section 4; Jones & Gacon, arXiv:2009.02823.
 * @example hessian(circuit({ numQubits: 1, operations: [op('ry', [0], 'w*x')], data: ['x'] }), 'Z', { w: 2, x: [0.1, 0.2] })
 */
export function hessian(
  circuit: Circuit | CompiledCircuit,
  observable: ObservableLike,
  values: Values = {},
  options: GradientOptions = {},
): Hessian {
  const problem = pose('hessian', circuit, [observable], values, options);
  const { where, compiled, bound, angles, wrt } = problem;
  const size = wrt.length;
  const result = new Float64Array(bound.batch * size * size);
  const centre = sweep(problem, angles);
  const ruleOf = memo();
  compiled.slots.forEach((slot, index) => {
    if (!dependsOn(slot, wrt)) return;
    const slopes = slotSlopes(where, compiled, slot, bound, wrt);
    const perSample = slopes.length === size ? 0 : size;
    const rule = ruleOf(rotationFrequencies(slot.rotation));
    rule?.shifts.forEach((shift, k) => {
      const { gradients } = sweep(problem, shifted(angles, index, shift));
      const rows = pullback(where, compiled, bound, gradients, 1, wrt);
      forEachEntry(bound.batch, size, (b, i, j, at) => {
        result[at] += rule.coefficients[k] * slopes[b * perSample + i] * rows[j][b];
      });
    });
    addCurvature(problem, index, centre.gradients[index], result);
  });
  return {
    symbols: wrt.map((symbol) => compiled.symbols[symbol]),
    values: centre.values,
    gradient: named(problem, pullback(where, compiled, bound, centre.gradients, 1, wrt)),
    hessian: symmetrised(result, bound.batch, size),
  };
}

const sweep = ({ backend, compiled, bound, observables }: Problem, angles: Angles) =>
  backend.adjoint(compiled.program, angles, bound.batch, observables, new Float64Array(bound.batch).fill(1));

/** Adds ∂f/∂a · ∂_i∂_j a of one slot. */
function addCurvature(
  { where, compiled, bound, wrt }: Problem,
  index: number,
  gradient: Float64Array,
  into: Float64Array,
): void {
  const { expression, label } = compiled.slots[index];
  const names = wrt.map((symbol) => compiled.symbols[symbol]);
  for (let b = 0; b < bound.batch; b++) {
    const valueAt = (name: string): number => {
      const column = bound.columns[compiled.symbols.indexOf(name)];
      return column[column.length === 1 ? 0 : b];
    };
    const curvature = angleCurvature(expression, names, valueAt);
    curvature?.forEach((entry, k) => {
      if (!Number.isFinite(entry)) {
        throw new DaruanError(
          where,
          `the second derivative of the angle ${formatAngle(expression)} of ${label} is ${entry}`,
          'Keep the values inside the domain of the angle.',
        );
      }
      into[b * curvature.length + k] += gradient[b] * entry;
    });
  }
}

function forEachEntry(batch: number, size: number, visit: (b: number, i: number, j: number, at: number) => void): void {
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) visit(b, i, j, (b * size + i) * size + j);
    }
  }
}

/** The mean of H and its transpose: they differ by rounding only. */
function symmetrised(matrix: Float64Array, batch: number, size: number): Float64Array {
  const result = new Float64Array(matrix.length);
  forEachEntry(batch, size, (b, i, j, at) => {
    result[at] = (matrix[at] + matrix[(b * size + j) * size + i]) / 2;
  });
  return result;
}
