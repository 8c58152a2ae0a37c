import { type Angle, add, multiply, negate } from '../../circuits/angle/expression.js';
import { type Operation, op } from '../../circuits/circuit.js';

/** How a family of devices writes one-qubit gates. */
export type OneQubitStyle = 'sx' | 'rx' | 'gpi' | 'prx' | 'prxAndRz';

interface Pulses {
  /** Whether one pulse turns by any angle, or by quarters and halves of a turn only. */
  readonly anyTurn: boolean;
  /** Whether a pulse chooses its axis: turns about Z then cost nothing, as they turn the axes of all later pulses. */
  readonly anyAxis: boolean;
  /** RX(turn) about an axis in the plane, at angle `axis` from X; 0 unless `anyAxis`. */
  readonly pulse: (qubit: number, turn: number, axis: Angle) => Operation;
  /** RZ(angle). */
  readonly phase: (qubit: number, angle: Angle) => readonly Operation[];
}

const HALF = Math.PI;
const rz = (qubit: number, angle: Angle): Operation[] => [op('rz', [qubit], angle)];
const prx = (qubit: number, turn: number, axis: Angle): Operation => op('prx', [qubit], turn, axis);

/** One row a style. Two half turns about axes apart by an angle are a turn about Z by twice that angle. */
export const oneQubitStyles: Readonly<Record<OneQubitStyle, Pulses>> = {
  sx: {
    anyTurn: false,
    anyAxis: false,
    pulse: (qubit, turn) => op(turn === HALF ? 'x' : 'sx', [qubit]),
    phase: rz,
  },
  rx: {
    anyTurn: false,
    anyAxis: false,
    pulse: (qubit, turn) => op('rx', [qubit], turn),
    phase: rz,
  },
  gpi: {
    anyTurn: false,
    anyAxis: true,
    pulse: (qubit, turn, axis) => op(turn === HALF ? 'gpi' : 'gpi2', [qubit], axis),
    phase: (qubit, angle) => [op('gpi', [qubit], 0), op('gpi', [qubit], multiply(0.5, angle))],
  },
  prx: {
    anyTurn: true,
    anyAxis: true,
    pulse: prx,
    phase: (qubit, angle) => [prx(qubit, HALF, 0), prx(qubit, HALF, multiply(0.5, angle))],
  },
  prxAndRz: { anyTurn: true, anyAxis: true, pulse: prx, phase: rz },
};

/** A turn about Z that is still to be done: a number of radians and a formula. */
export interface Frame {
  readonly number: number;
  readonly formula: Angle;
}

export const noFrame: Frame = { number: 0, formula: 0 };

/** The number of radians between −π and π: a whole turn about Z is a global phase. */
const wrapped = (angle: number): number => {
  const rest = angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
  return rest === 0 ? 0 : rest; // no minus zero
};

export const withAngle = ({ number, formula }: Frame, angle: Angle): Frame =>
  typeof angle === 'number' ? { number: number + angle, formula } : { number, formula: add(formula, angle) };

export const reversed = ({ number, formula }: Frame): Frame => ({ number: -number, formula: negate(formula) });

export const angleOf = ({ number, formula }: Frame): Angle => add(formula, wrapped(number));
