import { affineIn } from '../../circuits/angle/affine.js';
import { type Angle, add, type Expression, evaluate, multiply, symbolsOf } from '../../circuits/angle/expression.js';
import { formatAngle } from '../../circuits/angle/format.js';

/** A real linear combination of expressions, which are named by their text. The number 1 is one of them. */
export type LinearForm = ReadonlyMap<string, { readonly unit: Angle; readonly factor: number }>;

/**
 * Reads an expression as a combination of its symbols, where it is linear in them, and of whole expressions elsewhere:
 * 2·w + 3 is {w: 2, 1: 3}, and a·b is a unit of its own.
 */
export function linearForm(angle: Angle): LinearForm {
  const form = new Map<string, { unit: Angle; factor: number }>();
  collect(angle, 1, form);
  for (const [name, { factor }] of form) if (factor === 0) form.delete(name);
  return form;
}

function collect(angle: Angle, factor: number, into: Map<string, { unit: Angle; factor: number }>): void {
  const symbols = symbolsOf(angle);
  if (symbols.length === 0) {
    put(into, '1', 1, factor * evaluate(angle, {}));
    return;
  }
  const affine = affineIn(angle, symbols[0]);
  if (affine && symbolsOf(affine.slope).length === 0) {
    put(into, symbols[0], { kind: 'symbol', name: symbols[0] }, factor * evaluate(affine.slope, {}));
    collect(affine.intercept, factor, into);
  } else {
    put(into, formatAngle(angle), angle, factor);
  }
}

function put(into: Map<string, { unit: Angle; factor: number }>, name: string, unit: Angle, factor: number): void {
  into.set(name, { unit, factor: (into.get(name)?.factor ?? 0) + factor });
}

/** Σ factor · unit as an expression; a number where no symbol is left. */
export const combine = (units: readonly Angle[], factors: ArrayLike<number>): Angle =>
  units.reduce<Angle>((sum, unit, k) => (factors[k] === 0 ? sum : plus(sum, factors[k], unit)), 0);

/** a − 2·b rather than a + −2·b. */
function plus(sum: Angle, factor: number, unit: Angle): Angle {
  if (typeof sum === 'number' || typeof unit === 'number' || factor > 0) return add(sum, multiply(factor, unit));
  const right = multiply(-factor, unit) as Expression;
  return { kind: 'binary', operator: '-', left: sum, right };
}
