import { evaluate } from '../../circuits/angle/expression.js';
import { bind, type Circuit, circuit, type Operation } from '../../circuits/circuit.js';
import { pauliOn } from '../../circuits/pauli.js';
import { type Role, roleOf } from '../../circuits/role.js';
import { type Rotation, rotationOf } from '../activation/bloch.js';
import { checkFinite, checkInteger } from '../foundation/checks.js';
import { DaruanError } from '../foundation/errors.js';
import { expectation } from './simulate.js';

/** Where one gate takes a qubit. */
export interface BlochStep {
  /** Name of the gate. */
  readonly gate: string;
  /** Radians. */
  readonly angles: readonly number[];
  /** What the gate turns by. */
  readonly role: Role;
  /** From the point before the gate to the one after it, shape [points, 3]. */
  readonly points: Float64Array;
}

/** The way of one qubit through a circuit, on the Bloch sphere or, where it is entangled, inside it. */
export interface BlochPath {
  readonly steps: readonly BlochStep[];
}

/** Points on an arc, a full turn. */
const POINTS_A_TURN = 64;

/**
 * The path of one qubit's Bloch vector (⟨X⟩, ⟨Y⟩, ⟨Z⟩) through a circuit, from |0⟩: an arc for each gate on this qubit
 * alone, e^(−isθP/2) for 0 ≤ s ≤ 1 where it is a rotation; a straight line for gates that involve others.
 *
 * @param values  a number for each symbol of the circuit, radians
 * @param qubit   0 by default
 * @throws if a symbol has no value
 * Cost: O(operations), and one simulation for each gate that joins the qubit with others.
 * @example blochPath(circuit({ numQubits: 1, operations: [op('h', [0]), op('rz', [0], 'x')] }), { x: 1 })
 */
export function blochPath(source: Circuit, values: Readonly<Record<string, number>> = {}, qubit = 0): BlochPath {
  const where = 'blochPath';
  checkInteger(where, 'qubit', qubit, 0, source.numQubits - 1);
  for (const name of [...source.data, ...source.parameters]) {
    if (!Object.hasOwn(values, name)) throw new DaruanError(where, `"${name}" has no value`, 'Give every symbol one.');
    checkFinite(where, `values.${name}`, values[name]);
  }
  const bound = bind(source, values);
  let at: readonly number[] = [0, 0, 1];
  const steps = bound.operations.flatMap((operation, k): BlochStep[] => {
    const { gate, targets, controls } = operation;
    const involved = [...targets, ...controls.map((control) => control.qubit)];
    if (!involved.includes(qubit)) return [];
    const angles = source.operations[k].angles.map((angle) => evaluate(angle, values));
    const points = involved.length === 1 ? arc(at, turnOf(operation, angles)) : line(at, reached(bound, k, qubit));
    at = Array.from(points.subarray(points.length - 3));
    return [{ gate: gate.name, angles, role: roleOf(source.operations[k], source.data), points }];
  });
  return { steps };
}

/** (⟨X⟩, ⟨Y⟩, ⟨Z⟩) of a qubit after operation `last`. */
function reached(bound: Circuit, last: number, qubit: number): number[] {
  const begun = circuit({ numQubits: bound.numQubits, operations: bound.operations.slice(0, last + 1) });
  return [
    ...expectation(
      begun,
      ['X', 'Y', 'Z'].map((letter) => pauliOn(letter as 'X', qubit)),
    ),
  ];
}

/** An axis and how far around it, radians. */
interface Turn {
  readonly axis: readonly number[];
  readonly angle: number;
}

const axes: Readonly<Record<string, readonly number[]>> = { X: [1, 0, 0], Y: [0, 1, 0], Z: [0, 0, 1], I: [0, 0, 1] };

/** Rotations turn by their angle, several times if it is large; other gates by the shorter way, at most π. */
function turnOf({ gate, targets, controls }: Operation, angles: readonly number[]): Turn {
  // A phase under one control turns the controlling qubit.
  if (targets.length === 0) return { axis: axes.Z, angle: controls[0].value === 1 ? angles[0] : -angles[0] };
  if (gate.generator) return { axis: axes[gate.generator.word], angle: gate.generator.word === 'I' ? 0 : angles[0] };
  return axisAngle(rotationOf(gate.matrix(...angles)));
}

/** Rodrigues' formula backwards; near a half turn the axis comes from R + Rᵀ, where R − Rᵀ vanishes. */
function axisAngle(r: Rotation): Turn {
  const skew = [r[7] - r[5], r[2] - r[6], r[3] - r[1]];
  const length = Math.hypot(...skew);
  const angle = Math.atan2(length, r[0] + r[4] + r[8] - 1);
  if (length > 1e-6) return { axis: skew.map((part) => part / length), angle };
  if (angle < 1) return { axis: [0, 0, 1], angle: 0 };
  const largest = [0, 1, 2].reduce((best, k) => (r[4 * k] > r[4 * best] ? k : best), 0);
  const column = [0, 1, 2].map((k) => (r[3 * k + largest] + r[3 * largest + k]) / 2 + (k === largest ? 1 : 0));
  const size = Math.hypot(...column);
  return { axis: column.map((part) => part / size), angle };
}

function arc(from: readonly number[], { axis, angle }: Turn): Float64Array {
  const turns = Math.abs(angle) / (2 * Math.PI);
  // More than one whole turn draws the same circle again.
  const shown = turns > 2 ? Math.sign(angle) * 2 * Math.PI * (1 + (turns % 1)) : angle;
  const count = Math.max(1, Math.ceil((Math.abs(shown) / (2 * Math.PI)) * POINTS_A_TURN));
  const along = axis.reduce((sum, part, k) => sum + part * from[k], 0);
  const cross = [0, 1, 2].map((k) => axis[(k + 1) % 3] * from[(k + 2) % 3] - axis[(k + 2) % 3] * from[(k + 1) % 3]);
  const points = new Float64Array(3 * (count + 1));
  for (let p = 0; p <= count; p++) {
    const at = p === count ? angle : (shown * p) / count;
    const [c, s] = [Math.cos(at), Math.sin(at)];
    for (let k = 0; k < 3; k++) points[3 * p + k] = c * from[k] + s * cross[k] + (1 - c) * along * axis[k];
  }
  return points;
}

const line = (from: readonly number[], to: readonly number[]): Float64Array => Float64Array.of(...from, ...to);
