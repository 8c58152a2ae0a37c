import type { Angle } from '../../circuits/angle/expression.js';
import { controlled, type Operation, op } from '../../circuits/circuit.js';
import { type Matrix, product } from '../../circuits/matrix.js';
import { eulerAngles } from './euler.js';
import { angleOf, type Frame, noFrame, oneQubitStyles, reversed, withAngle } from './oneQubit.js';
import { type PairStyle, pairStyles } from './pairs.js';
import { exchanged, type Pair, type Piece } from './pieces.js';
import type { Target } from './targets.js';
import { NEGLIGIBLE } from './weyl.js';

/** What the writing of native gates needs to know beside the pieces. */
export interface NativeOptions {
  readonly target: Target;
  /** Whether the device has the pair in this order, where order matters. */
  readonly hasDirection: (first: number, second: number) => boolean;
  /** What becomes of turns about Z after the last gate of a qubit, which no measurement along Z can see. */
  readonly finalPhases: 'keep' | 'drop';
}

/**
 * Pieces as gates of the target, up to a global phase. Each qubit carries a frame, a turn about Z that is still to be done:
 * it passes through entangling gates, into the axes of later pulses, or into one rz before the next pulse.
 */
export function nativeOperations(pieces: readonly Piece[], numQubits: number, options: NativeOptions): Operation[] {
  const { target, hasDirection, finalPhases } = options;
  const { anyAxis, anyTurn, pulse, phase } = oneQubitStyles[target.style];
  const result: Operation[] = [];
  const frames: Frame[] = Array.from({ length: numQubits }, () => noFrame);
  const turns = new Map<number, Matrix>();

  const addPhase = (qubit: number, angle: Angle): void => {
    frames[qubit] = withAngle(frames[qubit], angle);
  };
  /** Writes the frame out. */
  const settlePhase = (qubit: number): void => {
    const angle = angleOf(frames[qubit]);
    frames[qubit] = noFrame;
    if (typeof angle !== 'number' || Math.abs(angle) > NEGLIGIBLE) result.push(...phase(qubit, angle));
  };
  const addPulse = (qubit: number, turn: number): void => {
    if (!anyAxis) settlePhase(qubit);
    result.push(pulse(qubit, turn, anyAxis ? angleOf(reversed(frames[qubit])) : 0));
  };
  /** Writes the collected turns out, but for their frame. */
  const settle = (qubit: number): void => {
    const matrix = turns.get(qubit);
    if (!matrix) return;
    turns.delete(qubit);
    const { before, turn, after } = eulerAngles(matrix);
    addPhase(qubit, before);
    const near = [0, Math.PI / 2, Math.PI].find((known) => Math.abs(turn - known) < NEGLIGIBLE);
    if (near === undefined && !anyTurn) {
      // RX(θ) = RZ(π/2) RX(π/2) RZ(θ + π) RX(π/2) RZ(π/2)
      addPhase(qubit, Math.PI / 2);
      addPulse(qubit, Math.PI / 2);
      addPhase(qubit, turn + Math.PI);
      addPulse(qubit, Math.PI / 2);
      addPhase(qubit, Math.PI / 2);
    } else if (near !== 0) addPulse(qubit, near ?? turn);
    addPhase(qubit, after);
  };
  const addTurn = (qubit: number, matrix: Matrix): void => {
    const before = turns.get(qubit);
    turns.set(qubit, before ? product(matrix, before) : matrix);
  };

  const entangle = (pair: Pair, angle: Angle): void => {
    for (const qubit of pair) settle(qubit);
    result.push(passes[target.pairStyle](pair, angle, frames, settlePhase));
  };

  for (const piece of pieces) {
    if (piece.kind === 'turn') addTurn(piece.qubits[0], piece.matrix);
    else if (piece.kind === 'phase') {
      settle(piece.qubits[0]);
      addPhase(piece.qubits[0], piece.angle);
    } else if (piece.kind === 'pairPhase') entangle(piece.qubits, piece.angle);
    else {
      const [a, b] = piece.qubits;
      const [pair, matrix]: [Pair, Matrix] = hasDirection(a, b)
        ? [[a, b], piece.matrix]
        : [[b, a], exchanged(piece.matrix)];
      for (const step of pairStyles[target.pairStyle](matrix)) {
        if (step.kind === 'turn') addTurn(pair[step.on], step.matrix);
        else entangle(pair, step.angle);
      }
    }
  }
  for (let qubit = 0; qubit < numQubits; qubit++) {
    settle(qubit);
    if (finalPhases === 'keep') settlePhase(qubit);
  }
  return result;
}

type Pass = (pair: Pair, angle: Angle, frames: Frame[], settlePhase: (qubit: number) => void) => Operation;

/** The entangling gate of a style on a pair, and what becomes of the frames that pass through it. */
const passes: Readonly<Record<PairStyle, Pass>> = {
  cz: ([a, b]) => controlled(op('z', [b]), a),
  rzz: (pair, angle) => op('rzz', pair, angle),
  ms: ([a, b], angle, frames) => {
    const [first, second] = [a, b].map((qubit) => angleOf(reversed(frames[qubit])));
    return op('ms', [a, b], first, second, angle);
  },
  iswap: ([a, b], _, frames) => {
    [frames[a], frames[b]] = [frames[b], frames[a]];
    return op('iswap', [a, b]);
  },
  ecr: ([a, b], _, frames, settlePhase) => {
    settlePhase(b);
    frames[a] = reversed(frames[a]); // ecr flips its first qubit
    return op('ecr', [a, b]);
  },
};
