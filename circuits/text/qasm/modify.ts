import { type Angle, multiply } from '../../angle/expression.js';
import { type Operation, op, placeStep } from '../../circuit.js';
import { type Gate, gates } from '../../gates.js';

/** The inverse of operations. */
export const inverted = (operations: readonly Operation[]): Operation[] =>
  [...operations].reverse().flatMap((o) => o.gate.inverse(...o.angles).map((step) => placeStep(step, o)));

/**
 * Operations to a power: whole powers of anything, and powers of a single operation that turns by an angle or is x, z, s
 * or t or an inverse of these, the principal ones. Undefined for any other.
 */
export function raised(operations: readonly Operation[], exponent: Angle, limit: number): Operation[] | undefined {
  const [first, ...others] = operations;
  if (first === undefined) return [];
  if (others.length === 0 && first.gate.generator) {
    return [{ ...first, angles: [multiply(exponent, first.angles[0])] }];
  }
  if (typeof exponent !== 'number') return undefined;
  if (Number.isInteger(exponent)) {
    const once = exponent < 0 ? inverted(operations) : operations;
    if (once.length * Math.abs(exponent) > limit) return undefined;
    return Array.from({ length: Math.abs(exponent) }, () => once).flat();
  }
  return others.length === 0 ? fraction(first, exponent) : undefined;
}

/** Rows that are p(λ), or that between two h. */
const phases = new Map<Gate, number>([
  [gates.z, Math.PI],
  [gates.s, Math.PI / 2],
  [gates.sdg, -Math.PI / 2],
  [gates.t, Math.PI / 4],
  [gates.tdg, -Math.PI / 4],
]);
const betweenH = new Map<Gate, number>([
  [gates.x, Math.PI],
  [gates.sx, Math.PI / 2],
  [gates.sxdg, -Math.PI / 2],
]);

function fraction(operation: Operation, exponent: number): Operation[] | undefined {
  const { gate, targets, controls } = operation;
  if (gate === gates.id) return [operation];
  if (gate === gates.x && exponent === 0.5) return [{ ...operation, gate: gates.sx }];
  if (gate === gates.x && exponent === -0.5) return [{ ...operation, gate: gates.sxdg }];
  const [inside, between] = [phases.get(gate), betweenH.get(gate)];
  if (inside === undefined && between === undefined) return undefined;
  const p = { ...op('p', targets, (inside ?? between ?? 0) * exponent), controls };
  return inside === undefined ? [op('h', targets), p, op('h', targets)] : [p];
}
