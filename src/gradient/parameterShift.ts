import type { Angles } from '../../kernels/backend.js';
import { dependsOn, pullback, slotAngles } from '../compile/slots.js';
import { withColumn } from '../compile/values.js';
import { checkChoice } from '../foundation/checks.js';
import { reachable, rotationFrequencies } from './frequencies.js';
import { type GradientOptions, gradientMethod, type Problem } from './method.js';
import { type ShiftRule, shiftRule } from './shiftRule.js';

export interface ParameterShiftOptions extends GradientOptions {
  /**
   * `gate` (default) shifts every rotation by itself and applies the chain rule, so any angle expression is right.
   * `joint` shifts a symbol as a whole, by the rule for all frequencies that the circuit reaches in it; angles must be
   * affine in it, with slopes that all samples share.
   */
  readonly rule?: 'gate' | 'joint';
}

/**
 * Parameter shift: exact derivatives from expectation values alone, as a quantum computer can measure them.
 *
 * ∂f/∂θ = Σ_j c_j f(θ + s_j), the rule made for the gaps between the eigenvalues of the gate's generator: two terms for
 * a rotation, four for a controlled one; then ∂f/∂symbol = Σ_gates ∂θ/∂symbol · ∂f/∂θ.
 *
 * Cost: 2 simulations a rotation, 4 a controlled one (`gate`); 2R for a symbol with R frequencies (`joint`).
 * Sources: Schuld et al., Phys. Rev. A 99, 032331 (2019); Wierichs et al., Quantum 6, 677 (2022).
 * @example parameterShift.jacobian(circuit({ numQubits: 1, operations: [op('ry', [0], 'theta')] }), 'Z', { theta: 0.3 })
 */
export const parameterShift = gradientMethod<ParameterShiftOptions>('parameterShift', true, {
  jacobian(problem, { rule = 'gate' }) {
    checkChoice(problem.where, 'rule', rule, ['gate', 'joint']);
    const values = run(problem, problem.angles);
    return { values, columns: rule === 'gate' ? gateByGate(problem) : jointly(problem) };
  },
});

const run = ({ backend, compiled, bound, observables }: Problem, angles: Angles): Float64Array =>
  backend.expectation(compiled.program, angles, bound.batch, observables);

function gateByGate(problem: Problem): Float64Array[] {
  const { where, compiled, bound, angles, observables, wrt } = problem;
  const ruleOf = memo();
  const slotGradients = compiled.slots.map((slot, index) => {
    if (!dependsOn(slot, wrt)) return undefined;
    const frequencies = rotationFrequencies(slot.rotation);
    return applyRule(ruleOf(frequencies), bound.batch * observables.length, (shift) =>
      run(problem, shifted(angles, index, shift)),
    );
  });
  return pullback(where, compiled, bound, slotGradients, observables.length, wrt);
}

function jointly(problem: Problem): Float64Array[] {
  const { where, compiled, bound, observables, wrt } = problem;
  const ruleOf = memo();
  return wrt.map((symbol) => {
    const column = bound.columns[symbol];
    return applyRule(ruleOf(reachable(where, compiled, bound, symbol)), bound.batch * observables.length, (shift) =>
      run(
        problem,
        slotAngles(
          where,
          compiled,
          withColumn(
            bound,
            symbol,
            column.map((x) => x + shift),
          ),
        ),
      ),
    );
  });
}

/** The angle table with one slot shifted. */
export const shifted = (angles: Angles, slot: number, shift: number): Angles =>
  angles.map((column, index) => (index === slot ? column.map((angle) => angle + shift) : column));

/** Σ_j coefficient_j · f(shift_j), entry by entry; zeros for a constant function, which has no rule. */
export function applyRule(
  rule: ShiftRule | undefined,
  length: number,
  evaluate: (shift: number) => Float64Array,
): Float64Array {
  const result = new Float64Array(length);
  rule?.shifts.forEach((shift, j) => {
    const values = evaluate(shift);
    for (let i = 0; i < length; i++) result[i] += rule.coefficients[j] * values[i];
  });
  return result;
}

/** The rule for each set of frequencies, made once; undefined for the empty set. */
export function memo(): (frequencies: readonly number[]) => ShiftRule | undefined {
  const rules = new Map<string, ShiftRule>();
  return (frequencies) => {
    if (frequencies.length === 0) return undefined;
    const key = frequencies.join();
    const rule = rules.get(key) ?? shiftRule(frequencies);
    rules.set(key, rule);
    return rule;
  };
}
